import ipaddr from 'ipaddr.js'

/**
 * Whether an address is on the public internet: not of this machine, a private or link-local network (cloud metadata), carrier NAT, multicast, or a
 * range that only wraps such an address (IPv4-mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  return ipaddr.process(text).range() === 'unicast'
}
