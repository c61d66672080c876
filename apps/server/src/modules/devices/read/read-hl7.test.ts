import { describe, expect, it } from 'vitest'
import { mindrayBc } from '../profiles/mindray-bc.ts'
import { matchesSender, senderOf } from './read-message.ts'
import { hl7, latin1, lines, read, results, utf8 } from './testing/messages.ts'

const msh = 'MSH|^~\\&|XN|LAB|LIS|L|20261121081500||ORU^R01|m-1|P|2.3.1'

describe('results keep their own order and patient', () => {
  it('in three patients of one message, with a rerun', () => {
    const message = read(hl7(), lines(msh, 'PID|1||A', 'OBR|1||S1', 'OBX|1|NM|WBC||5.1|10*9/L', 'PID|2||B', 'OBR|1||S2', 'OBX|1|NM|WBC||6',
      'OBX|2|NM|WBC||6.1',
      'PID|3||C', 'OBR|1||S3', 'OBX|1|NM|WBC||7', 'OBR|2||S1', 'OBX|1|NM|WBC||5.2'))
    expect(results(message)).toEqual(['S1 WBC 5.1', 'S2 WBC 6', 'S2 WBC 6.1', 'S3 WBC 7', 'S1 WBC 5.2'])
    expect(message).toMatchObject({ kind: 'results', sender: 'XN', controlId: 'm-1', lossy: false, problems: [] })
  })

  it('by the patient, where the profile says so', () => {
    const definition = hl7({ sample: { from: ['PID-2', 'PID-3.1'] } })
    expect(results(read(definition, lines(msh, 'PID|1|S1', 'OBR|1', 'OBX|1|NM|X||1', 'PID|2||S2', 'OBR|1', 'OBX|1|NM|X||2')))).toEqual(['S1 X 1',
      'S2 X 2'])
  })

  it('after a line that is no segment there is no sample, until the next order', () => {
    const message = read(hl7(), lines(msh, 'PID|1', 'OBR|1||S1', 'OBX|1|NM|X||1', 'QBR|2||S2', 'OBX|1|NM|X||2', 'OBR|3||S3', 'OBX|1|NM|X||3'))
    expect([results(message), message.problems]).toEqual([['S1 X 1', ' X 2', 'S3 X 3'], ['lines that are no segments']])
    const byPatient = hl7({ sample: { from: ['PID-3'] } })
    expect(results(read(byPatient, lines(msh, 'PID|1||A', 'OBR|1', 'OBX|1|NM|X||1', ' PID|2||B', 'OBR|1', 'OBX|1|NM|X||2', 'PID|3||C', 'OBR|1',
      'OBX|1|NM|X||3'))))
      .toEqual(['A X 1', ' X 2', 'C X 3'])
  })

  it('orders of one specimen share its container', () => {
    const definition = hl7({ sample: { from: ['SAC-3'] } })
    const message = read(definition, lines(msh.replace('ORU^R01', 'OUL^R22'), 'PID|1', 'SPM|1', 'SAC|||C1', 'OBR|1|||A', 'OBX|1|NM|A||1',
      'OBR|2|||B', 'OBX|1|NM|B||2', 'SPM|2', 'SAC|||C2',
      'OBR|1|||A', 'OBX|1|NM|A||3'))
    expect(results(message)).toEqual(['C1 A 1', 'C1 B 2', 'C2 A 3'])
  })

  it('in a batch of messages', () => {
    const message = read(hl7(), lines('FHS|^~\\&', 'BHS|^~\\&', msh, 'OBR|1||S1', 'OBX|1|NM|X||1', msh.replace('m-1', 'm-2'), 'OBR|1||S2',
      'OBX|1|NM|X||2', 'BTS|2', 'FTS|1'))
    expect([results(message), message.controlId]).toEqual([['S1 X 1', 'S2 X 2'], 'm-1'])
  })

  it('of two messages in one frame neither is read', () => {
    const message = read(hl7(), lines(msh, 'OBR|1||S1', msh, 'OBR|1||S2', 'OBX|1|NM|X||2'))
    expect([message.kind, message.samples, message.problems.length]).toEqual(['other', [], 1])
  })
})

describe('what instruments do otherwise', () => {
  it('other separators, escapes, repeated flags, notes', () => {
    const message = read(hl7(), lines('MSH#$*!%#XN#LAB#######ORU$R01#m#P', 'OBR#1##S1', 'OBX#1#ST#X$Text##a!F!b!S!c!E!F##4$5#H*A*N',
      'NTE#1##first*second', 'NTE#2##third'))
    expect(message.samples[0]?.results[0]).toMatchObject({ testCode: 'X', value: 'a#b$c!F', flags: ['H', 'A'], comments: ['first*second', 'third'] })
  })

  it('character sets by MSH-18, or by the profile where MSH-18 is wrong', () => {
    const message = (charset: string) => `${msh}||||||${charset}\rOBR|1||S1\rOBX|1|ST|X||M\u00fcller\r`
    expect(results(read(hl7(), latin1(message('8859/1'))))).toEqual(['S1 X M\u00fcller'])
    expect(results(read(hl7(), utf8(message('UNICODE UTF-8'))))).toEqual(['S1 X M\u00fcller'])
    expect(results(read(hl7({ charset: 'latin1' }), latin1(message('UNICODE UTF-8'))))).toEqual(['S1 X M\u00fcller'])
    expect(read(hl7(), latin1(message('ASCII')))).toMatchObject({ lossy: true, problems: ['a character set that is not declared'] })
  })

  it('times of the device, and times that name their offset', () => {
    const message = read(hl7(), lines(msh, 'OBR|1||S1||||20261121081500', 'OBX|1|NM|X||1', 'OBX|2|NM|Y||1|||||||||20261121081500+0100',
      'OBX|3|NM|Z||1|||||||||yesterday'))
    expect(message.samples[0]?.results.map(({ measuredAt }) => measuredAt?.toISOString() ?? null))
      .toEqual(['2026-11-21T02:45:00.000Z', '2026-11-21T07:15:00.000Z', null])
  })

  it('files in ED, and one that is damaged', () => {
    const pdf = Buffer.from('%PDF-1.4').toString('base64')
    const message = read(hl7(), lines(msh, 'OBR|1||S1', `OBX|1|ED|GRAPH||^Application^PDF^Base64^${pdf}~^Image^PNG^Base64^${pdf}`,
      'OBX|2|ED|BAD||^Image^PNG^Base64^%%%', 'OBX|3|NM|X||1'))
    expect(message.samples[0]?.files.map(({ mime, testCode, bytes }) => [mime, testCode, Buffer.from(bytes).toString()]))
      .toEqual([['application/pdf', 'GRAPH', '%PDF-1.4'], ['image/png', 'GRAPH', '%PDF-1.4']])
    expect([results(message).map((text) => text.slice(0, 6)), message.problems]).toEqual([['S1 BAD', 'S1 X 1'], ['a file that is damaged']])
  })

  it('Mindray: alarms, parameters of the run, levels of controls', () => {
    const head = 'MSH|^~\\&|BC-5380|Mindray|||20261121081500||ORU^R01|1|P|2.3.1||||||UNICODE'
    const message = read(mindrayBc, lines(head, 'PID|1', 'OBR|1||S1|00001^Automated Count^99MRC', 'OBX|1|IS|08001^Take Mode^99MRC||O',
      'OBX|2|NM|6690-2^WBC^LN||9.55|10*9/L||N|||F',
      'OBX|3|IS|17790-7^WBC Left Shift?^LN||T', 'OBX|4|ED|15056^RBC Histogram. BMP^99MRC||^Image^BMP^Base64^AAAA'))
    expect(message.samples[0]?.results.map(({ testCode, skipped, flags }) => [testCode, skipped, flags])).toEqual([
      ['08001', true, ['WBC Left Shift?']], ['6690-2', false, ['WBC Left Shift?']], ['17790-7', true, ['WBC Left Shift?']],
    ])
    expect(message.samples[0]?.files).toEqual([])
    const control = read(mindrayBc, lines(head.replace('|P|2.3.1', '|Q|2.3.1'), 'OBR|1||QC7|00003^LJ QCR^99MRC', 'OBX|1|IS|05001^Qc Level^99MRC||M',
      'OBX|2|NM|6690-2^WBC^LN||9'))
    expect([control.kind, control.samples.map(({ qc, control: name, level }) => [qc, name, level])]).toEqual(['qc', [[true, 'QC7', 'M']]])
    expect([senderOf(mindrayBc, lines(head)), matchesSender(mindrayBc, lines(head)), matchesSender(mindrayBc,
      lines(msh))]).toEqual(['Mindray BC-5380', true, false])
  })
})

describe('controls and queries', () => {
  it.each([
    ['MSH-11', lines(msh.replace('|P|', '|Q|'), 'OBR|1||C1', 'OBX|1|NM|X||1')],
    ['OBR-4', lines(msh, 'OBR|1||C1|LQC^quality', 'OBX|1|NM|X||1')],
  ])('a control by %s', (_, bytes) => {
    const message = read(hl7(), bytes)
    expect([message.kind, message.samples.map(({ qc, control }) => [qc, control])]).toEqual(['qc', [[true, 'C1']]])
  })

  it.each([
    ['hl7_qry' as const, 'QRD-8', 'QRY^R02', 'QRD|20261121|R|I|7|||10|S1~S2'],
    ['hl7_qbp' as const, 'QPD-3', 'QBP^Q11^QBP_Q11', 'QPD|WOS^x^IHE|7|S1~S2'],
    ['hl7_orm' as const, 'ORC-3', 'ORM^O01', 'ORC|RF||S1~S2||IP'],
  ])('%s asks by %s', (dialect, path, type, segment) => {
    const definition = hl7({ query: { dialect, sample: { from: [`${path}.1`] }, testCode: '{code}', noOrder: 'empty', actionCode: '' } })
    const message = read(definition, lines(msh.replace('ORU^R01', type), segment))
    expect([message.kind, message.queried, message.samples]).toEqual(['query', [{ sampleId: 'S1', raw: 'S1' }, { sampleId: 'S2', raw: 'S2' }], []])
  })
})
