import { describe, expect, it } from 'vitest'
import { newLink } from './link-state.ts'
import { deadlineOf, step } from './link.ts'
import { Side } from './testing/script.ts'

const host = (...received: string[]): Side => {
  const side = new Side()
  received.forEach((words) => side.takes(words))
  return side
}

describe('receiving', () => {
  it('acknowledges a frame when it is stored, not before', () => {
    const side = new Side()
    expect(side.hears('ENQ')).toEqual(['ACK'])
    expect(side.hears('1:H|\\^&\r')).toEqual(['store'])
    expect(side.stored()).toEqual(['ACK'])
    expect(side.hears('2:P|1\rL|1|N\r.')).toEqual(['store [H|\\^&\rP|1\rL|1|N\r]'])
    expect(side.stored()).toEqual(['ACK'])
    expect(side.hears('EOT')).toEqual([])
  })

  it('refuses what could not be stored, and takes it as new when it comes again', () => {
    const side = host('ENQ')
    expect(side.hears('1:H|\\^&\rL|1\r.')).toEqual(['store [H|\\^&\rL|1\r]'])
    expect(side.stored(false)).toEqual(['NAK'])
    expect(side.hears('1:H|\\^&\rL|1\r.')).toEqual(['store [H|\\^&\rL|1\r]'])
    expect(side.stored()).toEqual(['ACK'])
  })

  it('does not take an enquiry while it is not ready', () => {
    const side = new Side()
    expect([side.ready(false), side.hears('ENQ'), side.ready(true), side.hears('ENQ')]).toEqual([[], ['NAK'], [], ['ACK']])
  })

  it.each([
    ['a wrong checksum', '!2:x'], ['a number ahead', '3:x'], ['a number behind', '0:x'],
    ['the last number with another text', '1:x'], ['no number', '\x029x\x17C8'],
  ])('refuses %s', (_, words) => {
    const side = host('ENQ', '1:H|\\^&\r')
    expect(side.hears(words)).toEqual(['NAK'])
    expect(side.takes('2:x')).toEqual(['ACK'])
  })

  it('refuses all that comes in place of a refused frame, even when the number fits again', () => {
    const side = host('ENQ', '1:H|\\^&\r')
    const words = ['!2:P|1\r', ...[3, 4, 5, 6, 7, 0, 1, 2, 3].map((number) => `${number}:R|${number}\r`)]
    expect(words.map((word) => side.hears(word))).toEqual(words.map(() => ['NAK']))
    expect(side.hears('2:L|1\r.')).toEqual(['NAK'])
    expect(side.hears('EOT')).toEqual(['incomplete [H|\\^&\r] ended within a message'])
    const other = new Side({ tolerate: { checksum: false, number: true } })
    ;['ENQ', '1:H|\\^&\r'].forEach((word) => other.takes(word))
    expect(['!2:P|1\r', '3:L|1\r.'].map((word) => other.hears(word))).toEqual([['NAK'], ['NAK']])
  })

  it('acknowledges the last frame again where its ACK was lost, and does not append it', () => {
    const side = host('ENQ', '1:H|\\^&\r', '2:P|1\r')
    expect(side.hears('2:P|1\r')).toEqual(['ACK'])
    expect(side.hears('3:L|1\r.')).toEqual(['store [H|\\^&\rP|1\rL|1\r]'])
    side.stored()
    expect(side.hears('3:L|1\r.')).toEqual(['ACK'])
    expect(side.hears('EOT')).toEqual([])
  })

  it('counts frames modulo 8 through the transfer phase, and from 1 again in the next', () => {
    const side = host('ENQ')
    const numbers = [1, 2, 3, 4, 5, 6, 7, 0, 1, 2]
    expect(numbers.map((number, index) => side.takes(`${number}:H|\\^&|${index}\rL|1\r.`))).toEqual(numbers.map(() => ['ACK']))
    side.hears('EOT')
    side.hears('ENQ')
    expect(side.hears('3:H|\\^&\r')).toEqual(['NAK'])
    expect(side.takes('1:H|\\^&\r')).toEqual(['ACK'])
  })

  it('joins what ETB divides, even inside a value, and what instruments divide by ETX', () => {
    const side = host('ENQ', '1:H|\\', '2:^&\rR|1|^^^GLU|5')
    expect(side.hears('3:.4\rL|1\r.')).toEqual(['store [H|\\^&\rR|1|^^^GLU|5.4\rL|1\r]'])
    const other = host('ENQ', '1:H|\\^&\r.', '2:P|1\r.', '3:R|1|x|5.')
    expect(other.hears('4:R|2|y|6.')).toEqual(['store'])
    other.stored()
    expect(other.hears('5:L|1|N\r.')).toEqual(['store [H|\\^&\rP|1\rR|1|x|5\rR|2|y|6\rL|1|N\r]'])
  })

  it('joins over ETX without an end of record only where the instrument is known to do so', () => {
    const side = new Side({ etxInsideRecord: true })
    ;['ENQ', '1:H|\\^&\rR|1|x|', '2:5'].forEach((words) => side.takes(words))
    expect(side.takes('3:.4.')).toEqual(['ACK'])
    expect(side.hears('4:H\rL|1\r.')).toEqual(['store [H|\\^&\rR|1|x|5.4H\rL|1\r]'])
  })

  it('never merges two messages', () => {
    const side = host('ENQ', '1:H|\\^&|1\r.', '2:R|1\r.')
    expect(side.hears('3:H|\\^&|2\r.')).toEqual(['store [H|\\^&|1\rR|1\r…]'])
    side.stored()
    expect(side.hears('4:L|1\r.')).toEqual(['store [H|\\^&|2\rL|1\r]'])
    side.stored()
    expect(side.takes('5:H|\\^&|3\rL|1\r.')).toEqual(['ACK'])
    expect(side.hears('EOT')).toEqual([])
  })

  it('knows the terminator by the delimiter of the header', () => {
    const side = host('ENQ')
    expect(side.hears('1:H@^\\|\rL@1\r.')).toEqual(['store [H@^\\|\rL@1\r]'])
    side.stored()
    expect(side.hears('2:H|\\^&\rL@1\r.')).toEqual(['store'])
  })

  it('takes EOT for the end of a message without L, and says so', () => {
    expect(host('ENQ', '1:H|\\^&\r', '2:R|1\r.').hears('EOT')).toEqual(['message [H|\\^&\rR|1\r…]'])
    const strict = new Side({ requireTerminator: true })
    ;['ENQ', '1:H|\\^&\rR|1\r.'].forEach((words) => strict.takes(words))
    expect(strict.hears('2:H|\\^&|2\rL|1\r.')).toEqual(['store [H|\\^&|2\rL|1\r]'])
    expect(strict.stored()).toEqual(['incomplete [H|\\^&\rR|1\r] no terminator', 'ACK'])
  })

  it.each([
    ['EOT behind ETB', ['EOT'], ['incomplete [H|\\^&\r] ended within a message']],
    ['EOT behind a refused frame', ['!2:R|1\r.', 'EOT'], ['NAK', 'incomplete [H|\\^&\r] ended within a message']],
    ['a new enquiry', ['ENQ', 'ENQ'], ['NAK', 'incomplete [H|\\^&\r] new enquiry', 'ACK']],
    ['a frame cut by EOT', ['\x022R|1', 'EOT'], ['incomplete [H|\\^&\r] ended within a message']],
  ])('never makes a message of what ends by %s', (_, words, said) => {
    const side = host('ENQ', '1:H|\\^&\r')
    expect(words.flatMap((word) => side.hears(word))).toEqual(said)
    expect(side.waits(60)).toEqual([])
  })

  it('doubts a message without L where its last frame was refused', () => {
    const refused = host('ENQ', '1:H|\\^&\r.')
    expect([...refused.hears('!2:R|1\r.'), ...refused.hears('EOT')]).toEqual(['NAK', 'incomplete [H|\\^&\r] checksum'])
    const cut = host('ENQ', '1:H|\\^&\r.')
    expect([...cut.hears('\x022R|1'), ...cut.hears('EOT')]).toEqual(['incomplete [H|\\^&\r] broken off'])
    const repeated = host('ENQ', '1:H|\\^&\r.')
    expect(['!2:R|1\r.', '1:H|\\^&\r.', 'EOT'].flatMap((words) => repeated.hears(words))).toEqual(['NAK', 'ACK', 'incomplete [H|\\^&\r] checksum'])
    const garbled = host('ENQ', '1:H|\\^&\r.')
    expect(['!1:H|\\^&\r.', '1:H|\\^&\r.', 'EOT'].flatMap((words) => garbled.hears(words))).toEqual(['NAK', 'ACK', 'message [H|\\^&\r…]'])
    const single = host('ENQ')
    expect([...single.hears('!1:H|\\^&\rL|1\r.'), ...single.hears('EOT')]).toEqual(['NAK', 'incomplete [] checksum'])
  })

  it('waits 30 s for a frame or EOT', () => {
    const side = host('ENQ', '1:H|\\^&\r')
    expect(side.waits(29.999)).toEqual([])
    expect(side.waits(0.001)).toEqual(['incomplete [H|\\^&\r] silence'])
    expect(side.hears('2:L|1\r.')).toEqual([])
    expect(side.hears('ENQ')).toEqual(['ACK'])
  })

  it('lets a slow frame come, as long as it comes', () => {
    const side = host('ENQ')
    for (const byte of new TextEncoder().encode('\x021H|\\^&\rL|1\r\x03')) {
      expect(side.hearsBytes(new Uint8Array([byte]))).toEqual([])
      expect(side.waits(20)).toEqual([])
    }
    expect(side.hears('1F')).toEqual(['NAK'])
  })

  it('gives no ACK when storing took longer than the sender waits, and no ACK to what follows before it is stored', () => {
    const side = host('ENQ')
    side.hears('1:H|\\^&\rR|1\r.')
    expect(side.waits(15)).toEqual(['incomplete [H|\\^&\rR|1\r] stored too late'])
    expect(side.hears('EOT ENQ')).toEqual(['NAK'])
    expect(side.stored()).toEqual([])
    expect(side.hears('ENQ')).toEqual(['ACK'])
  })

  it('answers in order a sender that waits for nothing', () => {
    const side = new Side()
    expect(side.hears('ENQ 1:H|\\^&\r 2:L|1\r. EOT ENQ')).toEqual(['ACK', 'store'])
    expect(side.stored()).toEqual(['ACK', 'store [H|\\^&\rL|1\r]'])
    expect(side.closed()).toEqual([])
    expect(side.stored()).toEqual(['ACK', 'ACK'])
  })

  it('acknowledges whole messages only, where the instrument wants it', () => {
    const side = new Side({ acknowledge: 'message' })
    expect(side.hears('ENQ 1:H|\\^&\r 2:L|1\r.')).toEqual(['ACK', 'store [H|\\^&\rL|1\r]'])
    expect(side.stored()).toEqual(['ACK'])
    expect(side.hears('3:H|\\^&|2\r !4:P|1\r.')).toEqual(['NAK', 'incomplete [H|\\^&|2\r] checksum'])
    expect(side.hears('3:H|\\^&|2\r 4:P|1\rL|1\r.')).toEqual(['store [H|\\^&|2\rP|1\rL|1\r]'])
  })

  it('tolerates wrong checksums and numbers only where told to', () => {
    const side = new Side({ tolerate: { checksum: true, number: true } })
    side.hears('ENQ')
    expect(side.takes('!1:H|\\^&\r.')).toEqual(['ACK'])
    expect(side.takes('5:P|1\r.')).toEqual(['ACK'])
    expect(side.hears('5:P|1\r.')).toEqual(['ACK'])
    expect(side.hears('5:L|1\r.')).toEqual(['store [H|\\^&\rP|1\rL|1\r]'])
  })

  it('takes no message longer than its limit', () => {
    for (const [words, answer] of [['2:123456', 'NAK'], ['2:12345', 'ACK']] as const) {
      const side = new Side({ messageLimit: 12 })
      ;['ENQ', '1:H|\\^&\r'].forEach((before) => side.takes(before))
      expect(side.takes(words)).toEqual([answer])
    }
  })

  it('asks the sender to stop after its message, where it may and has something to send', () => {
    const side = new Side({ interrupt: true })
    side.hears('ENQ')
    expect(side.sends('m', 'H|\\^&\rL|1\r')).toEqual([])
    expect(side.takes('1:H|\\^&\r')).toEqual(['ACK'])
    expect(side.takes('2:L|1\r.')).toEqual(['EOT'])
    expect(side.hears('EOT')).toEqual(['ENQ'])
  })

  it('reports what is left when the line closes', () => {
    const side = host('ENQ', '1:H|\\^&\r.')
    expect(side.closed()).toEqual(['incomplete [H|\\^&\r] closed'])
    expect(side.hears('ENQ')).toEqual(['ACK'])
  })
})

describe('the clock', () => {
  it('is told when to tick next, each time that this changes', () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
    const enquired = step(newLink(), { kind: 'bytes', at: 1000, bytes: bytes('\x05') })
    expect(enquired.actions.at(-1)).toEqual({ kind: 'wake', at: 31_000 })
    const framed = step(enquired.state, { kind: 'bytes', at: 2000, bytes: bytes('\x021\x0334') })
    expect(framed.actions.map(({ kind }) => kind)).toEqual(['store', 'wake'])
    expect(deadlineOf(framed.state)).toBe(17_000)
    const late = step(framed.state, { kind: 'tick', at: 17_000 })
    expect([deadlineOf(late.state), late.actions.filter(({ kind }) => kind === 'wake')]).toEqual([null, []])
  })

  it('may be late, or give no tick at all: what is due happens before what is heard', () => {
    const side = host('ENQ', '1:H|\\^&\r')
    side.clock = 100
    expect(side.hears('2:L|1\r.')).toEqual(['incomplete [H|\\^&\r] silence'])
    const other = sender()
    other.clock = 15
    expect(other.hears('ACK')).toEqual(['EOT'])
  })
})

const message = 'H|\\^&\rL|1\r'

const sender = (role: 'host' | 'instrument' = 'host', heard: string[] = ['ACK'], sendLimit = 240): Side => {
  const side = new Side({ role, sendLimit, attempts: 3 })
  side.sends('m', message)
  heard.forEach((words) => side.hears(words))
  return side
}

describe('sending', () => {
  it('enquires, sends, ends', () => {
    const side = new Side()
    expect(side.sends('m', message)).toEqual(['ENQ'])
    expect(side.hears('ACK')).toEqual([`1:${message}.`])
    expect(side.hears('ACK')).toEqual(['sent m', 'EOT'])
    expect(side.waits(100)).toEqual([])
  })

  it('divides by ETB, and sends several messages in one session', () => {
    const side = sender('host', [], 6)
    side.sends('n', 'H|\r')
    expect(side.hears('ACK')).toEqual(['1:H|\\^&\r'])
    expect(side.hears('ACK')).toEqual(['2:L|1\r.'])
    expect(side.hears('ACK')).toEqual(['sent m', '3:H|\r.'])
    expect(side.hears('ACK')).toEqual(['sent n', 'EOT'])
  })

  it('sends a frame again on NAK and on any other character, and ends when it is not accepted six times', () => {
    const side = sender()
    const answers = ['NAK', '?', 'ENQ', 'NAK', 'NAK']
    expect(answers.map((words) => side.hears(words))).toEqual(answers.map(() => [`1:${message}.`]))
    expect(side.hears('NAK')).toEqual(['EOT'])
    expect(side.waits(9.999)).toEqual([])
    expect(side.waits(0.001)).toEqual(['ENQ'])
    expect(side.hears('ACK')).toEqual([`1:${message}.`])
    expect(side.hears('ACK')).toEqual(['sent m', 'EOT'])
  })

  it('fails a message that was tried as often as it may, and sends the next', () => {
    const side = sender('host', [])
    side.sends('n', message)
    expect(side.hears('NAK')).toEqual([])
    expect([side.waits(10), side.hears('NAK'), side.waits(10), side.hears('NAK')]).toEqual([['ENQ'], [], ['ENQ'], ['failed m: busy']])
    expect([side.waits(10), side.hears('ACK')]).toEqual([['ENQ'], [`1:${message}.`]])
  })

  it('takes one chunk for one answer: the second ACK cannot be for a frame that was not yet sent', () => {
    const side = sender('host', ['ACK'], 6)
    expect(side.hears('ACK ACK')).toEqual(['2:L|1\r.'])
    expect(side.hears('ACK')).toEqual(['sent m', 'EOT'])
  })

  it.each([
    ['no answer to ENQ in 15 s', [], 15, ['EOT']], ['no answer to a frame in 15 s', ['ACK'], 15, ['EOT']],
    ['10 s after NAK to ENQ', ['NAK'], 10, ['ENQ']],
  ])('%s', (_, heard, seconds, said) => {
    const side = sender('host', heard)
    expect(side.waits(seconds - 0.001)).toEqual([])
    expect(side.waits(0.001)).toEqual(said)
  })

  it('ignores all but ACK, NAK and ENQ after ENQ', () => {
    expect(sender('host', []).hears('EOT 1:x. ?')).toEqual([])
  })

  it('gives way as a host, for 20 s, and then enquires again', () => {
    const side = sender('host', ['ENQ'])
    expect(side.hears('ENQ')).toEqual(['ACK'])
    expect(side.hears('EOT')).toEqual(['ENQ'])
    const other = sender('host', ['ENQ'])
    expect(other.waits(19.999)).toEqual([])
    expect(other.waits(0.001)).toEqual(['ENQ'])
  })

  it('wins as an instrument, and enquires again after 1 s', () => {
    const side = sender('instrument', ['ENQ'])
    expect(side.waits(0.999)).toEqual([])
    expect(side.waits(0.001)).toEqual(['ENQ'])
    expect(side.hears('ACK')).toEqual([`1:${message}.`])
  })

  it('finishes its message when asked to stop, then waits 15 s or until the other has sent', () => {
    const asked = (): Side => {
      const side = sender('host', ['ACK'], 6)
      side.sends('n', message)
      expect(side.hears('EOT')).toEqual(['2:L|1\r.'])
      expect(side.hears('ACK')).toEqual(['sent m', 'EOT'])
      return side
    }
    const alone = asked()
    expect([alone.waits(14.999), alone.waits(0.001)]).toEqual([[], ['ENQ']])
    const other = asked()
    expect([other.hears('ENQ'), other.hears('EOT')]).toEqual([['ACK'], ['ENQ']])
  })

  it('takes EOT for the acceptance of the last frame', () => {
    expect(sender().hears('EOT')).toEqual(['sent m', 'EOT'])
  })

  it('reports what it has not sent when the line closes, and what it cannot send at once', () => {
    const side = sender()
    side.sends('n', message)
    expect(side.closed()).toEqual(['failed m: closed', 'failed n: closed'])
    expect(side.sends('o', 'H|\x03')).toEqual(['failed o: not sendable'])
  })

  it('does not start while a frame is being stored or a session runs', () => {
    const side = host('ENQ')
    side.hears('1:H|\\^&\rL|1\r.')
    expect([side.sends('m', message), side.stored(), side.hears('EOT')]).toEqual([[], ['ACK'], ['ENQ']])
  })

  it('leaves the state before a step as it was', () => {
    const side = host('ENQ', '1:H|\\^&\r')
    const before = side.state
    expect(side.hears('2:L|1\r.')).toEqual(['store [H|\\^&\rL|1\r]'])
    side.state = before
    expect(side.hears('2:L|2\r.')).toEqual(['store [H|\\^&\rL|2\r]'])
    side.state = before
    expect(side.hears('2:L|3\r.')).toEqual(['store [H|\\^&\rL|3\r]'])
  })
})
