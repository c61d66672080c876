import { parseMessage } from '@aliquot/hl7'
import { describe, expect, it } from 'vitest'
import { cobasC311 } from '../profiles/cobas-c311.ts'
import { geneXpert } from '../profiles/genexpert.ts'
import { genericHl7 } from '../profiles/generic-hl7.ts'
import { mindrayBc } from '../profiles/mindray-bc.ts'
import { sysmexXn } from '../profiles/sysmex-xn.ts'
import { answerQuery, ordersMessage } from './answer-query.ts'
import type { HostOrder } from './host-order.ts'
import { astm, hl7, latin1, lines, read, recordsOf, textOf } from './testing/messages.ts'

const at = new Date('2026-11-21T02:45:00Z')
const zone = { timeZone: 'Asia/Kolkata' }
const order: HostOrder = {
  sampleId: 'S1', codes: ['GLU', 'A^B'], specimenType: 'serum', patient: { number: 'P-7', fullName: 'O|Neil & Co', sex: 'female',
    birthDate: '1980-02-29' },
}
const header = 'H|\\^&|||cobas^1|||||host||P|1394-97|20261121081500'

describe('ASTM', () => {
  it('answers in the records, delimiters and escapes of the query', () => {
    const [answer, ...more] = answerQuery(astm(), lines(header, 'Q|1|^S1||ALL', 'L|1|N'), [order], at, zone)
    expect(more).toEqual([])
    expect(recordsOf(answer)).toEqual([
      'H|\\^&|||Aliquot|||||cobas^1||P|1394-97|20261121081500',
      'P|1|P-7|||O&F&Neil &E& Co||19800229|F',
      'O|1|S1||^^^GLU\\^^^A&S&B|R|20261121081500|||||A||||serum||||||||||Q',
      'L|1|N',
    ])
    const [other] = answerQuery(geneXpert, lines('H|@^\\|1||GeneXpert', 'Q|1|@^S1', 'L|1'), [order], at, zone)
    expect(recordsOf(other).filter((record) => record.startsWith('O'))).toEqual([
      'O|1|S1||^^^GLU|R|20261121081500|||||A||||ORH||||||||||Q', 'O|2|S1||^^^A\\S\\B|R|20261121081500|||||A||||ORH||||||||||Q',
    ])
  })

  it.each([
    ['terminator' as const, ['L|1|I']],
    ['order_y' as const, ['P|1', `O|1|S9${'|'.repeat(23)}Y`, 'L|1|N']],
    ['order_z' as const, ['P|1', `O|1|S9${'|'.repeat(23)}Z`, 'L|1|N']],
    ['empty' as const, ['L|1|N']],
  ])('says that there is no order: %s', (noOrder, records) => {
    const definition = astm()
    const query = definition.query && { ...definition.query, noOrder }
    for (const orders of [[], [order], [{ ...order, sampleId: 'S9', codes: [] }]]) {
      expect(recordsOf(answerQuery({ ...definition, query }, lines(header, 'Q|1|^S9', 'L|1'), orders, at)[0]).slice(1)).toEqual(records)
    }
  })

  it('copies what the profile puts from the query: rack and position', () => {
    const asked = lines('H|\\^&|||XN-550', 'Q|1|2^1^     S1^B\\2^2^  S9^B||||20261121', 'L|1|N')
    expect(recordsOf(answerQuery(sysmexXn, asked, [order], at, zone)[0]).filter((record) => record.startsWith('O'))).toEqual([
      'O|1|2^1^     S1^B||^^^^GLU\\^^^^A&S&B|R|20261121081500|||||N||||serum||||||||||Q', `O|1|2^2^  S9^B${'|'.repeat(23)}Y`,
    ])
    const cobas = lines('H|\\^&|||c311^1|||||host|TSREQ^REAL|P|1', 'Q|1|^^  S1^0^50001^1^^S1^SC||ALL||||||||O', 'L|1|N')
    expect(recordsOf(answerQuery(cobasC311, cobas, [order], at, zone)[0])).toEqual([
      'H|\\^&|||Aliquot|||||c311^1|TSDWN^REPLY|P|1|20261121081500', 'P|1|P-7|||O&F&Neil &E& Co||19800229|F',
      'O|1|S1|0^50001^1^^S1^SC|^^^GLU\\^^^A&S&B|R|20261121081500|||||A||||1||||||||||O', 'L|1|N',
    ])
  })

  it('names go as well as the character set allows, sample ids as they are or not at all', () => {
    const named = { ...order, patient: { number: '1', fullName: 'Zoë Łąka', sex: 'x', birthDate: '' } }
    const query = lines(header, 'Q|1|^S1', 'L|1')
    expect(textOf(answerQuery(astm({ charset: 'us-ascii' }), query, [named], at)[0])).toContain('P|1|1|||Zoe ?aka|||U')
    expect(textOf(answerQuery(astm({ charset: 'utf-8' }), query, [named], at)[0])).toContain('Zoë Łąka')
    expect(() => answerQuery(astm({ charset: 'us-ascii' }), query, [{ ...named, codes: ['µ'] }], at)).toThrow('character set')
  })

  it('orders that nobody asked for, in the delimiters of the profile', () => {
    const [message] = ordersMessage(geneXpert, [order, { ...order, sampleId: 'S2', codes: [] }], at, zone)
    expect(recordsOf(message)).toEqual(['H|@^\\|||Aliquot|||||||P|LIS2-A2|20261121081500', 'P|1|P-7|||O\\F\\Neil & Co||19800229|F',
      'O|1|S1||^^^GLU|R|20261121081500|||||A||||ORH||||||||||O', 'O|2|S1||^^^A\\S\\B|R|20261121081500|||||A||||ORH||||||||||O', 'L|1|N'])
    expect([ordersMessage(geneXpert, [], at), ordersMessage(astm({ query: null }), [order], at), answerQuery(astm({ query: null }), lines(header,
      'Q|1|^S1'), [order], at)])
      .toEqual([[], [], []])
  })
})

const msh = (type: string) => `MSH|^~\\&|BC|LAB|LIS|HOSP|20261121081500||${type}|m-1|P|2.3.1||||||UNICODE UTF-8`
const segments = (bytes: Uint8Array | undefined, ...without: string[]): string[] => recordsOf(bytes).filter((line) => !without.includes(line.slice(0,
  3)))

describe('HL7', () => {
  it('ORM^O01 has ORR^O02', () => {
    const [answer, ...more] = answerQuery(mindrayBc, lines(msh('ORM^O01'), 'ORC|RF||S1||IP'), [order], at, zone)
    expect(more).toEqual([])
    const message = parseMessage(answer ?? '')
    expect([message.type, message.get('MSH-3'), message.get('MSH-5'), message.get('MSA-2'), message.get('MSH-10') !== 'm-1']).toEqual([{ code: 'ORR',
      trigger: 'O02' }, 'LIS', 'BC', 'm-1', true])
    expect(segments(answer, 'MSH')).toEqual(['MSA|AA|m-1', 'PID|1||P-7||O\\F\\Neil \\T\\ Co||19800229|F', 'ORC|AF|S1|||||||20261121081500',
      'OBR|1|S1||GLU|||||||||||serum',
      'ORC|AF|S1|||||||20261121081500', 'OBR|2|S1||A\\S\\B|||||||||||serum'])
    expect(segments(answerQuery(mindrayBc, lines(msh('ORM^O01'), 'ORC|RF||S9||IP'), [order], at)[0], 'MSH')).toEqual(['MSA|AR|m-1'])
  })

  it('QBP has RSP with the orders; of IHE LAW, RSP and OML^O33', () => {
    const [answer] = answerQuery(genericHl7, lines(msh('QBP^Z03^QBP_Q11'), 'QPD|Z03^Orders|q-1|S1'), [order], at, zone)
    expect(segments(answer, 'ORC').map((line) => line.slice(0, 40))).toEqual([
      'MSH|^~\\&|LIS|HOSP|BC|LAB|20261121081500|', 'MSA|AA|m-1', 'QAK|q-1|OK|Z03^Orders', 'QPD|Z03^Orders|q-1|S1',
        'PID|1||P-7||O\\F\\Neil \\T\\ Co||19800229|F',
      'OBR|1|S1||GLU|||||||||||serum', 'OBR|2|S1||A\\S\\B|||||||||||serum',
    ])
    const law = lines(msh('QBP^Q11^QBP_Q11'), 'QPD|WOS^Work Order Step^IHE_LABTF|q-1|S1')
    const both = answerQuery(genericHl7, law, [order], at, zone)
    expect(both.map((one) => parseMessage(one).get('MSH-9'))).toEqual(['RSP^K11^RSP_K11', 'OML^O33^OML_O33'])
    expect(segments(both[1], 'MSH', 'PID', 'ORC')).toEqual(['SPM|1|S1||serum', 'SAC|||S1', 'OBR|1|S1||GLU', 'OBR|2|S1||A\\S\\B'])
    expect(answerQuery(genericHl7, law, [], at).map((one) => parseMessage(one).get('QAK-2'))).toEqual(['NF'])
  })

  it('QRY^Q02 has QCK^Q02 and DSR^Q03, other QRY ORF^R04', () => {
    const definition = hl7({ query: { dialect: 'hl7_qry', sample: { from: ['QRD-8'] }, testCode: '{code}^^^', noOrder: 'empty', actionCode: '' } })
    const qrd = 'QRD|20261121081500|R|D|1|||RD|S1|OTH|||T'
    const [check, display] = answerQuery(definition, lines(msh('QRY^Q02'), qrd, 'QRF|BS'), [order], at, zone)
    expect(segments(check, 'MSH')).toEqual(['MSA|AA|m-1', 'ERR|0', 'QAK|SR|OK'])
    expect(segments(display).filter((line) => /^QR|^DSP\|(?:1|3|21|29|30)\|/.test(line))).toEqual([
      qrd, 'QRF|BS', 'DSP|1||P-7', 'DSP|3||O\\F\\Neil \\T\\ Co', 'DSP|21||S1', 'DSP|29||GLU', 'DSP|30||A\\S\\B',
    ])
    expect(answerQuery(definition, lines(msh('QRY^Q02'), qrd), [], at).map((one) => segments(one, 'MSH'))).toEqual([['MSA|AA|m-1', 'ERR|0',
      'QAK|SR|NF']])
    const [orf] = answerQuery(definition, lines(msh('QRY^R02'), qrd), [order], at, zone)
    expect(segments(orf, 'MSH', 'PID')).toEqual(['MSA|AA|m-1', qrd, 'OBR|1|S1||GLU|||||||||||serum', 'OBR|2|S1||A\\S\\B|||||||||||serum'])
  })

  it('in the separators and character set of the query', () => {
    const query = latin1('MSH#$*!%#BC#LAB#LIS#HOSP#2026##QBP$Z03#m#P#2.5######8859/1\rQPD#Z03#q-1#S1\r')
    const [answer] = answerQuery(genericHl7, query, [{ ...order, patient: { number: '1', fullName: 'Zoë $#', sex: 'male', birthDate: '' } }], at)
    const message = parseMessage(answer ?? '')
    expect([message.separators.field, message.charset, message.get('PID-5'), message.get('PID-8')]).toEqual(['#', 'windows-1252', 'Zoë $#', 'M'])
  })

  it('orders that nobody asked for: a message for each sample, each with an id of its own', () => {
    const sent = ordersMessage(mindrayBc, [order, { ...order, sampleId: 'S2', patient: null }], at, zone)
    expect(sent.map((one) => parseMessage(one).get('MSH-9'))).toEqual(['ORM^O01', 'ORM^O01'])
    expect(new Set(sent.map((one) => parseMessage(one).get('MSH-10'))).size).toBe(2)
    const [law] = ordersMessage(genericHl7, [order], at, zone)
    expect([parseMessage(law ?? '').get('MSH-9'), parseMessage(law ?? '').get('SPM-2'), read(genericHl7,
      law ?? new Uint8Array()).kind]).toEqual(['OML^O33^OML_O33', 'S1', 'other'])
  })
})
