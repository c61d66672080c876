import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { createTransport, type SMTPPoolOptions, type Transporter } from 'nodemailer'
import { isPublicAddress } from '#platform/outbound'
import type { Account, Driver, Outcome } from './driver.ts'

interface Pool {
  version: number
  transport: Transporter
}

/** A pool of connections for each account, as it is set up now. */
const pools = new Map<number, Pool>()

async function poolOf({ id, version, config, secrets, allowedHosts }: Account): Promise<Transporter> {
  const known = pools.get(id)
  if (known?.version === version) return known.transport
  known?.transport.close()
  const host = config.host ?? ''
  const transport = createTransport({
    pool: true, maxConnections: 3, host: await guarded(host, config.port ?? 587, allowedHosts), port: config.port ?? 587,
    secure: config.security === 'tls', requireTLS: config.security === 'starttls', ignoreTLS: config.security === 'none',
    tls: { servername: isIP(host) ? '' : host }, ...(config.username ? { auth: { user: config.username, pass: secrets.password ?? '' } } : {}),
    connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true,
  } as SMTPPoolOptions)
  pools.set(id, { version, transport })
  return transport
}

/** The address that is connected to: judged once, so that a name cannot mean another by the time it is used. */
async function guarded(host: string, port: number, allowedHosts: readonly string[]): Promise<string> {
  const name = host.toLowerCase()
  if (allowedHosts.includes(name) || allowedHosts.includes(`${name}:${port}`)) return host
  const addresses = isIP(host) ? [{ address: host }] : await lookup(host, { all: true })
  const inside = addresses.find(({ address }) => !isPublicAddress(address))
  if (inside) throw new Error(`${host} is a private address; the administrator of this server can allow it (OUTBOUND_HOSTS)`)
  return addresses[0]?.address ?? host
}

const beforeSending = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EAUTH', 'ECONNREFUSED'])

/** E-mail by any SMTP server. The key is the Message-ID, by which mail systems drop a second copy. */
export const smtp: Driver = {
  async send({ key, to, subject, body, attachments }, account): Promise<Outcome> {
    const { from = '', fromName, replyTo } = account.config
    const transport = await poolOf(account)
    try {
      const sent = await transport.sendMail({
        messageId: `<${key}@${from.split('@')[1] ?? 'aliquot'}>`, to: [{ name: '', address: to }], from: { name: fromName ?? '', address: from },
        subject: subject ?? '', text: body, ...(replyTo ? { replyTo } : {}), headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: attachments.map(({ fileName, contentType, bytes }) => ({ filename: fileName, contentType, content: Buffer.from(bytes) })),
      })
      return { outcome: 'accepted', messageId: sent.messageId ?? null, answer: sent.response ?? '' }
    } catch (error) {
      const { code = '', responseCode = 0, response, message } = error as Error & { code?: string; responseCode?: number; response?: string }
      if (responseCode === 0 && !beforeSending.has(code) && code !== 'EENVELOPE') throw error
      const permanent = code !== 'EAUTH' && (responseCode >= 500 || (code === 'EENVELOPE' && responseCode === 0))
      return { outcome: 'refused', retry: !permanent, answer: response ?? message }
    }
  },
  receipts: () => null,
}

/** Closes idle connections: at the end of a process, or of a test. */
export function closeSmtp(): void {
  for (const { transport } of pools.values()) transport.close()
  pools.clear()
}
