/** A web address and the key that opens it. */
export interface Address {
  url: string
  key: string
}

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
