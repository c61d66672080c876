import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MessageChannel, MessageDriver, ProviderConfig, ProviderSecrets } from '@aliquot/contracts'
import { SMTPServer } from 'smtp-server'
import { signatureOf } from '#platform/outbound'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Account, Outgoing } from './driver.ts'
import { drivers } from './index.ts'
import { closeSmtp } from './smtp.ts'

interface Asked {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}
const asked: Asked[] = []
const mails: { to: string[]; text: string }[] = []
/** What the servers answer next. */
let answer = { status: 200, body: '{}', headers: {} as Record<string, string> }
let mailAnswer: number | null = null
const http = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    asked.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
})
const smtp = new SMTPServer({
  authOptional: false, disabledCommands: ['STARTTLS'], allowInsecureAuth: true, disableReverseLookup: true,
  onAuth: ({ username, password }, _session, done) =>
    (username === 'lab' && password === 'hush-hush' ? done(null, { user: username }) : done(Object.assign(new Error('no hush-hush'), { responseCode: 535 }))),
  onData: (stream, { envelope }, done) => {
    let text = ''
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
    stream.on('end', () => {
      if (mailAnswer !== null) return done(Object.assign(new Error('not now'), { responseCode: mailAnswer }))
      mails.push({ to: envelope.rcptTo.map(({ address }) => address), text })
      done(null)
    })
  },
})
let base: string
let mailPort: number

beforeAll(async () => {
  const port = await new Promise<number>((resolve) => http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port)))
  mailPort = await new Promise<number>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve((smtp.server.address() as AddressInfo).port)))
  base = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  closeSmtp()
  await new Promise((resolve) => http.close(resolve))
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
})
beforeEach(() => {
  asked.length = mails.length = 0
  answer = { status: 200, body: '{}', headers: {} }
  mailAnswer = null
})

interface Case {
  driver: MessageDriver
  channel: MessageChannel
  config: () => ProviderConfig
  secrets: ProviderSecrets
  accepts: typeof answer
  messageId: string | null
}
const cases: Case[] = [
  {
    driver: 'sendgrid', channel: 'email', config: () => ({ from: 'lab@example.org', baseUrl: base }), secrets: { apiKey: 'SG.hush-hush' },
    accepts: { status: 202, body: '', headers: { 'x-message-id': 'sg1' } }, messageId: 'sg1',
  },
  {
    driver: 'twilio', channel: 'sms', config: () => ({ accountSid: 'AC1', from: '+15550001111', baseUrl: base }), secrets: { authToken: 'hush-hush' },
    accepts: { status: 201, body: '{"sid":"SM1","status":"queued"}', headers: {} }, messageId: 'SM1',
  },
  {
    driver: 'twilio', channel: 'whatsapp', config: () => ({ accountSid: 'AC1', messagingServiceSid: 'MG1', baseUrl: base }),
    secrets: { authToken: 'hush-hush' }, accepts: { status: 201, body: '{"sid":"SM2"}', headers: {} }, messageId: 'SM2',
  },
  {
    driver: 'pinnacle', channel: 'whatsapp', config: () => ({ phoneNumberId: '1099', baseUrl: base }), secrets: { apiKey: 'hush-hush' },
    accepts: { status: 200, body: '{"messages":[{"id":"wamid.1"}]}', headers: {} }, messageId: 'wamid.1',
  },
  {
    driver: 'interakt', channel: 'whatsapp', config: () => ({ baseUrl: base }), secrets: { apiKey: 'hush-hush' },
    accepts: { status: 200, body: '{"result":true,"id":"i1"}', headers: {} }, messageId: 'i1',
  },
  {
    driver: 'http', channel: 'sms', secrets: { apiKey: 'hush-hush' }, accepts: { status: 200, body: '{"data":[{"id":7}]}', headers: {} }, messageId: '7',
    config: () => ({ method: 'GET', url: `${base}/send?to={number}&text={body}&key={secret}`, idPath: 'data.0.id' }),
  },
]
const accountOf = ({ config, secrets }: Pick<Case, 'config' | 'secrets'>): Account =>
  ({ id: 1, version: 1, config: config(), secrets, callbackUrl: 'https://lab.example/api/message-callbacks/k', allowedHosts: ['127.0.0.1'] })
const aMessage = (channel: MessageChannel, more: Partial<Outgoing> = {}): Outgoing => ({
  channel, key: 'key-1', to: channel === 'email' ? 'asha@example.org' : '+919845055555', subject: channel === 'email' ? 'Your report' : null,
  body: 'Für Asha & "co" <b>\nसादर', attachments: [],
  whatsapp: channel === 'whatsapp' ? { name: 'report_ready', language: 'en', parameters: ['Asha', 'https://lab.example/r/1'] } : null, ...more,
})
const title = ({ driver, channel }: Case) => `${driver} (${channel})`

describe.each(cases.map((each) => [title(each), each] as const))('%s', (_, each) => {
  const send = (message = aMessage(each.channel)) => drivers[each.driver].send(message, accountOf(each))

  it('hands a message over with our key and answers the provider\'s number', async () => {
    answer = each.accepts
    expect(await send()).toMatchObject({ outcome: 'accepted', messageId: each.messageId })
    expect(asked).toHaveLength(1)
    expect(asked[0]?.headers['idempotency-key']).toBe('key-1')
    const said = `${decodeURIComponent(asked[0]!.path)} ${asked[0]!.body}`
    for (const words of each.channel === 'whatsapp' ? ['Asha'] : ['Asha', 'co']) expect(said).toContain(words)
  })

  it.each([429, 500, 503, 401])('may be asked again after %d', async (status) => {
    answer = { status, body: 'later', headers: {} }
    expect(await send()).toMatchObject({ outcome: 'refused', retry: true, answer: `${status} later` })
  })

  it('is not asked again after a refusal', async () => {
    answer = { status: 400, body: 'bad number', headers: {} }
    expect(await send()).toMatchObject({ outcome: 'refused', retry: false })
  })

  it('throws where nobody answers', async () => {
    const dead = { ...accountOf(each), config: { ...each.config(), baseUrl: 'http://127.0.0.1:1', url: 'http://127.0.0.1:1/' } }
    await expect(drivers[each.driver].send(aMessage(each.channel), dead)).rejects.toThrow('No response')
  })

  it('believes no report of a stranger', () => {
    const account = { ...accountOf(each), secrets: { ...each.secrets, webhookKey: 'agreed' } }
    const url = 'https://lab.example/api/message-callbacks/k'
    for (const headers of [{}, { 'x-twilio-signature': 'x', 'interakt-signature': 'sha256=x', 'x-webhook-token': 'other', 'x-aliquot-signature': 't=1,v1=00' }]) {
      expect(drivers[each.driver].receipts({ url, headers, body: Buffer.from('{}'), now: new Date() }, account)).toBeNull()
      expect(drivers[each.driver].receipts({ url, headers, body: Buffer.from('{}'), now: new Date() }, { ...account, secrets: {} })).toBeNull()
    }
  })
})

describe('what each provider is told', () => {
  const send = async (index: number, more: Partial<Outgoing> = {}) => {
    const each = cases[index]!
    answer = each.accepts
    await drivers[each.driver].send(aMessage(each.channel, more), accountOf(each))
    return asked[0]!
  }

  it('SendGrid: text, attachment, no tracking of who reads', async () => {
    const { path, headers, body } = await send(0, { attachments: [{ fileName: 'r.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF') }] })
    expect([path, headers.authorization]).toEqual(['/v3/mail/send', 'Bearer SG.hush-hush'])
    expect(JSON.parse(body)).toMatchObject({
      personalizations: [{ to: [{ email: 'asha@example.org' }], custom_args: { delivery: 'key-1' } }], subject: 'Your report',
      attachments: [{ filename: 'r.pdf', content: Buffer.from('%PDF').toString('base64') }], tracking_settings: { click_tracking: { enable: false } },
    })
  })

  it('Twilio: a form, with the address for its reports; a content template by its number', async () => {
    const sms = new URLSearchParams((await send(1)).body)
    expect(Object.fromEntries(sms)).toMatchObject({ To: '+919845055555', From: '+15550001111', StatusCallback: 'https://lab.example/api/message-callbacks/k?delivery=key-1' })
    asked.length = 0
    const whatsapp = new URLSearchParams((await send(2, { whatsapp: { name: 'HX1', language: 'en', parameters: ['Asha'] } })).body)
    expect(Object.fromEntries(whatsapp)).toMatchObject({ To: 'whatsapp:+919845055555', MessagingServiceSid: 'MG1', ContentSid: 'HX1', ContentVariables: '{"1":"Asha"}' })
  })

  it('Pinnacle and Interakt: the approved template and what fills it', async () => {
    expect(JSON.parse((await send(3)).body)).toMatchObject({ to: '919845055555', template: { name: 'report_ready', components: [{ parameters: [{ text: 'Asha' }, {}] }] } })
    asked.length = 0
    expect(JSON.parse((await send(4)).body)).toMatchObject({ fullPhoneNumber: '919845055555', callbackData: 'key-1', template: { bodyValues: ['Asha', 'https://lab.example/r/1'] } })
    answer = { status: 200, body: '{"result":false,"message":"no such template"}', headers: {} }
    expect(await drivers.interakt.send(aMessage('whatsapp'), accountOf(cases[4]!))).toMatchObject({ outcome: 'refused', retry: false })
  })

  it('a gateway: what the lab described, written as each place needs', async () => {
    const secrets = { apiKey: 'a&b' }
    const ask = async (contentType: string, body: string) => {
      asked.length = 0
      answer = { status: 200, body: 'OK 1', headers: {} }
      await drivers.http.send(aMessage('sms', { body: 'a&b="c"\n<d>' }), accountOf({ secrets, config: () => ({ method: 'POST', url: `${base}/x`, contentType, body, headers: [{ name: 'X-Key', value: '{secret} {body}' }] }) }))
      return asked[0]!
    }
    expect(JSON.parse((await ask('application/json', '{"t":"{body}","k":"{key}"}')).body)).toEqual({ t: 'a&b="c"\n<d>', k: 'key-1' })
    expect(new URLSearchParams((await ask('application/x-www-form-urlencoded', 't={body}&k={secret}')).body).get('t')).toBe('a&b="c"\n<d>')
    expect((await ask('text/xml', '<t>{body}</t>')).body).toBe('<t>a&#38;b=&#34;c&#34;\n&#60;d&#62;</t>')
    expect(asked[0]?.headers['x-key']).toBe('a&b a&b="c" <d>')
    answer = { status: 200, body: 'ERROR 12', headers: {} }
    const strict = accountOf({ secrets, config: () => ({ method: 'POST', url: `${base}/x`, body: 'x', successText: 'OK' }) })
    expect(await drivers.http.send(aMessage('sms'), strict)).toMatchObject({ outcome: 'refused', retry: false })
  })
})

describe('SMTP', () => {
  const account = (more: Partial<Account> = {}): Account => ({
    ...accountOf({ config: () => ({ host: '127.0.0.1', port: mailPort, security: 'none', from: 'lab@example.org', fromName: 'The Lab', username: 'lab' }), secrets: { password: 'hush-hush' } }), id: 9, ...more,
  })
  it('sends an e-mail with its attachment, under our key as Message-ID', async () => {
    const message = aMessage('email', { attachments: [{ fileName: 'r.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF') }] })
    expect(await drivers.smtp.send(message, account())).toMatchObject({ outcome: 'accepted', messageId: '<key-1@example.org>' })
    expect(mails[0]?.to).toEqual(['asha@example.org'])
    for (const words of ['Message-ID: <key-1@example.org>', 'From: The Lab <lab@example.org>', 'filename=r.pdf']) expect(mails[0]?.text).toContain(words)
  })
  it('tries again after 4xx and a wrong password, not after 5xx', async () => {
    mailAnswer = 451
    expect(await drivers.smtp.send(aMessage('email'), account())).toMatchObject({ outcome: 'refused', retry: true })
    mailAnswer = 550
    expect(await drivers.smtp.send(aMessage('email'), account())).toMatchObject({ outcome: 'refused', retry: false })
    expect(await drivers.smtp.send(aMessage('email'), account({ id: 10, secrets: { password: 'wrong' } }))).toMatchObject({ outcome: 'refused', retry: true })
  })
  it('reaches no private host that the administrator did not allow', async () => {
    await expect(drivers.smtp.send(aMessage('email'), account({ id: 11, allowedHosts: [] }))).rejects.toThrow('private address')
  })
})

describe('reports of providers', () => {
  const url = 'https://lab.example/api/message-callbacks/k?delivery=key-1'
  const now = new Date()
  const receipts = (driver: MessageDriver, secrets: ProviderSecrets, headers: Record<string, string>, body: string) =>
    drivers[driver].receipts({ url, headers, body: Buffer.from(body), now }, { ...accountOf({ config: () => ({}), secrets }) })

  it('Twilio, signed over address and fields', () => {
    const body = new URLSearchParams({ MessageStatus: 'undelivered', MessageSid: 'SM1', ErrorCode: '30003' })
    const text = url + [...body].sort().map(([name, value]) => name + value).join('')
    const headers = { 'x-twilio-signature': createHmac('sha1', 't').update(text).digest('base64') }
    expect(receipts('twilio', { authToken: 't' }, headers, body.toString())).toEqual([{ key: 'key-1', messageId: 'SM1', state: 'failed', words: 'undelivered 30003' }])
    expect(receipts('twilio', { authToken: 't' }, headers, body.toString().replace('undelivered', 'delivered'))).toBeNull()
  })

  it('SendGrid, signed by its key, of now', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const webhookKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    const body = JSON.stringify([{ event: 'delivered', delivery: 'key-1' }, { event: 'open', delivery: 'key-1' }, { event: 'bounce', delivery: 'key-2', reason: '550' }])
    const signed = (stamp: number) => ({
      'x-twilio-email-event-webhook-timestamp': String(stamp),
      'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(stamp + body), privateKey).toString('base64'),
    })
    const seconds = Math.floor(now.getTime() / 1000)
    expect(receipts('sendgrid', { webhookKey }, signed(seconds), body)?.map(({ key, state }) => [key, state])).toEqual([['key-1', 'delivered'], ['key-2', 'failed']])
    expect(receipts('sendgrid', { webhookKey }, signed(seconds), body.replace('key-2', 'key-3'))).toBeNull()
    expect(receipts('sendgrid', { webhookKey }, signed(seconds - 3600), body)).toBeNull()
  })

  it('Interakt, Pinnacle and a gateway', () => {
    const interakt = JSON.stringify({ type: 'message_api_read', data: { message: { id: 'i1' } } })
    const headers = { 'interakt-signature': `sha256=${createHmac('sha256', 'w').update(interakt).digest('hex')}` }
    expect(receipts('interakt', { webhookKey: 'w' }, headers, interakt)).toMatchObject([{ messageId: 'i1', state: 'delivered' }])
    const meta = JSON.stringify({ entry: [{ changes: [{ value: { statuses: [{ id: 'wamid.1', status: 'failed', errors: [{ title: 'not on WhatsApp' }] }, { id: 'x', status: 'sent' }] } }] }] })
    expect(receipts('pinnacle', { webhookKey: 'w' }, { 'x-webhook-token': 'w' }, meta)).toEqual([{ key: null, messageId: 'wamid.1', state: 'failed', words: 'not on WhatsApp' }])
    const form = 'status=DELIVRD&id=7'
    expect(receipts('http', { webhookKey: 'w' }, { 'x-aliquot-signature': signatureOf(form, now, 'w') }, form)).toMatchObject([{ key: 'key-1', messageId: '7', state: 'delivered' }])
    expect(receipts('http', { webhookKey: 'w' }, { 'x-aliquot-signature': signatureOf(form, now, 'v') }, form)).toBeNull()
  })
})
