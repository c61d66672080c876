import { bytesOfLatin1, latin1 } from '../bytes.ts'
import { encodeFrame } from '../frame.ts'
import { newLink } from '../link-state.ts'
import type { LinkAction, LinkOptions, LinkState } from '../link-state.ts'
import { step } from '../link.ts'

const names: Record<string, string> = { '\x04': 'EOT', '\x05': 'ENQ', '\x06': 'ACK', '\x15': 'NAK' }
const control = (name: string): string | undefined => Object.keys(names).find((byte) => names[byte] === name)

/** One side of a link by hand: what happens is told in words, and what it does is shown in words. Times are in seconds. */
export class Side {
  state: LinkState
  clock = 0

  constructor(options: Partial<LinkOptions> = {}) {
    this.state = newLink(options)
  }

  /** Control bytes by name, frames as `2:text.` with ETX or `2:text` with ETB, `!` in front for a wrong checksum, several divided by spaces. */
  hears(words: string): string[] {
    const bytes = words.split(' ').map((word) => control(word) ?? frame(word)).join('')
    return this.#step({ kind: 'bytes', bytes: bytesOfLatin1(bytes) })
  }

  hearsBytes(bytes: Uint8Array): string[] {
    return this.#step({ kind: 'bytes', bytes })
  }

  sends(id: string, text: string): string[] {
    return this.#step({ kind: 'send', id, text: bytesOfLatin1(text) })
  }

  stored(ok = true): string[] {
    return this.#step({ kind: 'stored', ok })
  }

  ready(ready: boolean): string[] {
    return this.#step({ kind: 'ready', ready })
  }

  closed(): string[] {
    return this.#step({ kind: 'closed' })
  }

  /** Lets time pass, with a tick at the end only. */
  waits(seconds: number): string[] {
    this.clock += seconds
    return this.#step({ kind: 'tick' })
  }

  /** Hears a frame, stores it, and shows what it answers. */
  takes(words: string): string[] {
    return [...this.hears(words), ...this.stored()].filter((said) => !said.startsWith('store'))
  }

  #step(event: { kind: 'bytes'; bytes: Uint8Array } | { kind: 'send'; id: string; text: Uint8Array } | { kind: 'stored'; ok: boolean }
    | { kind: 'ready'; ready: boolean } | { kind: 'tick' | 'closed' }): string[] {
    const { state, actions } = step(this.state, { ...event, at: this.clock * 1000 })
    this.state = state
    return actions.filter((action) => action.kind !== 'wake' && action.kind !== 'note').map(show)
  }
}

const frame = (word: string): string => {
  const match = /^(!?)(\d):(.*?)(\.?)$/s.exec(word)
  if (!match) return word
  const [, wrong, number, text = '', last] = match
  const sound = latin1(encodeFrame(Number(number), bytesOfLatin1(text), last === '.'))
  return wrong ? sound.replace(/..\r\n$/, '--\r\n') : sound
}

const show = (action: LinkAction): string => {
  switch (action.kind) {
    case 'send': {
      const text = latin1(action.bytes)
      return names[text] ?? `${text[1]}:${text.slice(2, -5)}${text.at(-5) === '\x03' ? '.' : ''}`
    }
    case 'store': return ['store', ...action.messages.map(({ text, terminated }) => `[${latin1(text)}${terminated ? '' : '…'}]`)].join(' ')
    case 'message': return `message [${latin1(action.message.text)}${action.message.terminated ? '' : '…'}]`
    case 'incomplete': return `incomplete [${latin1(action.text)}] ${action.reason}`
    case 'sent': return `sent ${action.id}`
    case 'failed': return `failed ${action.id}: ${action.reason}`
    default: return action.kind
  }
}
