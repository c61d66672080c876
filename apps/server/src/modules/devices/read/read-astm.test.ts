import { describe, expect, it } from 'vitest'
import { cobasC111 } from '../profiles/cobas-c111.ts'
import { cobasC311 } from '../profiles/cobas-c311.ts'
import { geneXpert } from '../profiles/genexpert.ts'
import { sysmexXn } from '../profiles/sysmex-xn.ts'
import { yumizenH500 } from '../profiles/yumizen-h500.ts'
import { matchesSender, senderOf } from './read-message.ts'
import { astm, capture, latin1, lines, read, results, utf8, withoutCaptures } from './testing/messages.ts'

const header = 'H|\\^&|||XY^1|||||||P|LIS2-A2|20261121081500'

describe('results keep their own order and patient', () => {
  it('in several P and O, with reruns and the same test twice, all in the order sent', () => {
    const message = read(astm(), lines(header, 'P|1|A', 'O|1|S1||^^^GLU', 'R|1|^^^GLU|5.4', 'R|2|^^^GLU|5.5', 'O|2|S2', 'R|1|^^^GLU|7', 'P|2|B',
      'O|1|S3', 'R|1|^^^GLU|9',
      'O|2|S1', 'R|1|^^^GLU|5.6', 'L|1|N'))
    expect(results(message)).toEqual(['S1 GLU 5.4', 'S1 GLU 5.5', 'S2 GLU 7', 'S3 GLU 9', 'S1 GLU 5.6'])
    expect(message).toMatchObject({ kind: 'results', sender: 'XY^1', controlId: null, lossy: false, problems: [] })
  })

  it('a sample that the patient record names is that of the nearest patient', () => {
    const definition = astm({ sample: { from: ['P-2', 'P-3'] } })
    expect(results(read(definition, lines(header, 'P|A', 'O|1', 'R|1|^^^X|1', 'P|B', 'O|1', 'R|1|^^^X|2', 'L|1')))).toEqual(['A X 1', 'B X 2'])
  })

  it('without an order there is no sample; a message without a header has no results', () => {
    const loose = read(astm(), lines(header, 'P|1', 'R|1|^^^X|1', 'L|1'))
    expect([results(loose), loose.problems]).toEqual([[' X 1'], ['result without order']])
    const headless = read(astm(), lines('P|1', 'O|1|S1', 'R|1|^^^X|1', 'L|1'))
    expect([headless.kind, headless.samples, headless.problems]).toEqual(['other', [], ['no header']])
  })

  it('what follows a line that is no record belongs to no order, until the next one', () => {
    const message = read(astm(), lines(header, 'P|1', 'O|1|S1', 'R|1|^^^X|1', ' O|2|S2', 'R|1|^^^X|2', 'O|3|S3', 'R|1|^^^X|3', 'L|1'))
    expect(results(message)).toEqual(['S1 X 1', ' X 2', 'S3 X 3'])
    expect(message.problems).toContain('lines that are no records')
    const byPatient = astm({ sample: { from: ['P-3'] } })
    expect(results(read(byPatient, lines(header, 'P|1|A', 'O|1', 'R|1|^^^X|1', '\0P|2|B', 'O|1', 'R|1|^^^X|2', 'P|3|C', 'O|1', 'R|1|^^^X|3', 'L|1'))))
      .toEqual(['A X 1', ' X 2', 'C X 3'])
  })
})

describe('what instruments do otherwise', () => {
  it('other delimiters, with a backslash as the escape', () => {
    const message = read(geneXpert, lines('H|@^\\|id-7||Lab^GeneXpert^4.7|||||LIS||P|1394-97|20261121081500', 'P|1', 'O|1|S-7||^^^TV|R|20261121',
      'R|1|^TV^^TVRESULT|NOT \\S\\ DETECTED^|||||F||<None>|20261121080000|20261121081500', 'R|2|^TV^^TVRESULT^^Ct|^31.2|||||F',
      'C|1|I|Error^^Error 2008', 'L|1|N'))
    expect(results(message)).toEqual(['S-7 TV/TVRESULT NOT ^ DETECTED', 'S-7 TV/TVRESULT//Ct 31.2'])
    expect(message).toMatchObject({ sender: 'Lab^GeneXpert^4.7', controlId: 'id-7' })
    expect(message.samples[0]?.results.map(({ flags, comments }) => [flags, comments])).toEqual([[[], []], [['Error'], ['Error^^Error 2008']]])
    expect(message.samples[0]?.results[0]?.measuredAt).toEqual(new Date('2026-11-21T02:45:00Z'))
  })

  it('escapes in values, undone once', () => {
    expect(results(read(astm(), lines(header, 'P|1', 'O|1|S1', 'R|1|^^^X|a&R&b&F&c&E&S', 'L|1')))).toEqual(['S1 X a\\b|c&S'])
  })

  it('short records, empty fields, no L', () => {
    const message = read(astm(), lines('H|\\^&', 'P|1', 'O|1|S1', 'R|1|^^^X', 'R|2|^^^Y|', 'R|3'))
    expect([results(message), message.problems]).toEqual([['S1 X ', 'S1 Y ', 'S1  '], ['no terminator']])
    expect(message.samples[0]?.results[0]).toMatchObject({ unit: '', flags: [], status: '', measuredAt: null, comments: [], skipped: false })
  })

  it.each(['***.**', 'LL', '---', '< 1.20', 'NO RESULT', 'ERROR', '-1^0.303', '1\\2'])('the value %s as text', (value) => {
    expect(results(read(astm(), lines(header, 'P|1', 'O|1|S1', `R|1|^^^X|${value}`, 'L|1')))).toEqual([`S1 X ${value}`])
  })

  it('two values in one record', () => {
    const definition = astm({ value: { from: ['R-4.1'] }, also: [{ suffix: ' COI', value: { from: ['R-4.2'] }, unit: { from: ['R-5'] } }] })
    const message = read(definition, lines(header, 'P|1', 'O|1|S1', 'R|1|^^^HIV|-1^0.303|COI', 'R|2|^^^HCV|-1|COI', 'R|3|^^^X|^7', 'L|1'))
    expect(results(message)).toEqual(['S1 HIV -1', 'S1 HIV COI 0.303', 'S1 HCV -1', 'S1 X COI 7'])
  })

  it.each([
    ['O-4.3', 'O|1||^^   27^M', '27'],
    ['O-3.1', 'O|1|S1234^00^00', 'S1234'],
    ['O-3.2', 'O|1|11625^CL-PL-24-0370   ^1^^004', 'CL-PL-24-0370'],
    ['O-4.1', 'O|1||T20 10134GA D28^^6', 'T20 10134GA D28'],
  ])('a sample padded or in a component: %s', (path, order, sampleId) => {
    expect(read(astm({ sample: { from: [path] } }), lines(header, 'P|1', order, 'R|1|^^^X|1',
      'L|1')).samples.map((sample) => sample.sampleId)).toEqual([sampleId])
  })

  it('takes of a sample what the expression matches, and not the next place when it matches nothing', () => {
    const definition = astm({ sample: { from: ['O-3', 'O-4'], match: '^LAB-(\\d+)$', dropLeadingZeros: true } })
    const message = read(definition, lines(header, 'P|1', 'O|1|LAB-0042', 'R|1|^^^X|1', 'O|2|QC-1|LAB-0042', 'R|1|^^^X|2', 'O|3||LAB-7',
      'R|1|^^^X|3', 'L|1'))
    expect(results(message)).toEqual(['42 X 1', ' X 2', '7 X 3'])
  })

  it('flags in R and in comments of the result and of its order', () => {
    const definition = astm({ flags: { from: ['R-7', 'C-4.1'], match: '^(?!(?:N|0)$).+' } })
    const message = read(definition, lines(header, 'P|1', 'O|1|S1', 'C|1|I|PLT_CLUMP^x', 'R|1|^^^A|1|||H\\A', 'C|1|I|43', 'R|2|^^^B|2|||N',
      'C|1|I|0', 'O|2|S2', 'R|1|^^^A|1', 'L|1'))
    expect(message.samples.map((sample) => sample.results.map(({ flags }) => flags))).toEqual([[['H', 'A', '43', 'PLT_CLUMP'], ['PLT_CLUMP']], [[]]])
    expect(message.samples[0]?.results[0]?.comments).toEqual(['43', 'PLT_CLUMP^x'])
  })

  it('alarms that come as results are flags of all results of their order', () => {
    const message = read(sysmexXn, lines('H|\\^&|||XN-550^00-10', 'P|1', 'O|1||^^  27^M', 'R|1|^^^^WBC^1|7.5|10*3/uL||N||F||||20261121081500',
      'R|2|^^^^PLT_Clumps?||||A',
      'R|3|^^^^SCAT_WDF|PNG&R&20261121&R&x.PNG', 'O|2||^^  28^M', 'R|1|^^^^WBC^1|8|10*3/uL||A', 'L|1'))
    expect(message.samples.map(({ sampleId, results: own }) => [sampleId, own.filter(({ skipped }) => !skipped).map(({ testCode,
      flags }) => [testCode, flags])]))
      .toEqual([['27', [['WBC', ['PLT_Clumps?']]]], ['28', [['WBC', ['A']]]]])
    expect(message.samples[0]?.results.map(({ skipped, value }) => [skipped, value])).toEqual([[false, '7.5'], [true, ''], [true,
      'PNG\\20261121\\x.PNG']])
  })

  it('skips what the profile skips, and statuses that do not count', () => {
    const definition = astm({ wantedStatuses: ['F'], skip: [{ path: 'R-3.4', equals: ['HISTO'] }] })
    const message = read(definition, lines(header, 'P|1', 'O|1|S1', 'R|1|^^^X|1|||||F', 'R|2|^^^X|1|||||P', 'R|3|^^^HISTO|1|||||F', 'R|4|^^^X|1',
      'L|1'))
    expect(message.samples[0]?.results.map(({ skipped }) => skipped)).toEqual([false, true, true, false])
  })

  it('characters of one byte, of the profile or told by the bytes', () => {
    const records = [header, 'P|1|||M\u00fcller', 'O|1|S1', 'R|1|^^^X|5|\u00b5mol', 'L|1']
    const [result] = read(astm({ charset: 'latin1' }), lines(...records)).samples[0]?.results ?? []
    expect(result?.unit).toBe('\u00b5mol')
    const guessed = read(astm(), lines(...records))
    expect([guessed.lossy, guessed.samples[0]?.results[0]?.unit]).toEqual([true, '\u00b5mol'])
    const modern = read(astm(), utf8(records.join('\r')))
    expect([modern.lossy, modern.samples[0]?.results[0]?.unit]).toEqual([false, '\u00b5mol'])
    expect(read(astm({ charset: 'gb18030' }),
      latin1(`${header}\rP|1\rO|1|S1\rR|1|^^^X|\xd1\xf4\xd0\xd4\rL|1\r`)).samples[0]?.results[0]?.value).toBe('\u9633\u6027')
  })
})

describe('controls', () => {
  it.each([
    ['H-12', ['H|\\^&||||||||||Q', 'P|1', 'O|1|C1', 'R|1|^^^X|1']],
    ['O-12', [header, 'P|1', 'O|1|C1|||||||||Q', 'R|1|^^^X|1']],
    ['O-4', [header, 'P|1', 'O|1|C1|QC', 'R|1|^^^X|1']],
    ['O-16', [header, 'P|1', 'O|1|C1|||||||||||||CTRL^^HIGH', 'R|1|^^^X|1']],
  ])('marked in %s', (_, records) => {
    const message = read(astm(), lines(...records, 'L|1'))
    expect([message.kind, message.samples.map(({ qc, control }) => [qc, control])]).toEqual(['qc', [[true, 'C1']]])
  })

  it('beside patients: the message has results, and the control is apart', () => {
    const message = read(astm(), lines(header, 'P|1', 'O|1|S1', 'R|1|^^^X|1', 'O|2|C1|||||||||Q', 'R|1|^^^X|2', 'L|1'))
    expect([message.kind, message.samples.map(({ sampleId, qc }) => [sampleId, qc])]).toEqual(['results', [['S1', false], ['C1', true]]])
  })

  it('marked in one of its results: all of the order are of the control', () => {
    const definition = astm({ qc: { when: [{ path: 'C-4', equals: ['QC'] }], control: null, level: { from: ['C-4'], match: '^L\\d$' }, lot: null } })
    const records = [header, 'P|1', 'O|1|C1', 'R|1|^^^X|1', 'R|2|^^^Y|2', 'C|1|I|QC', 'R|3|^^^Z|3', 'C|1|I|L2', 'O|2|S1', 'R|1|^^^X|4', 'L|1']
    expect(read(definition, lines(...records)).samples.map(({ sampleId, qc, level, results: own }) => [sampleId, qc, level, own.length]))
      .toEqual([['C1', true, 'L2', 3], ['S1', false, null, 1]])
  })

  it('with level and lot from other results of the order', () => {
    const where = (code: string) => ({ from: ['R-4'], where: { path: 'R-3.4', equals: [code] } })
    const definition = astm({ qc: { when: [{ path: 'R-4', matches: '^L[123]$', where: { path: 'R-3.4', equals: ['LEVEL'] } }], control: null,
      level: where('LEVEL'), lot: where('LOT') } })
    const message = read(definition, lines(header, 'P|1', 'O|1|C1', 'R|1|^^^X|1', 'R|2|^^^LEVEL|L2', 'R|3|^^^LOT|77', 'O|2|S1', 'R|1|^^^X|2', 'L|1'))
    expect(message.samples.map(({ qc, level, lot, results: own }) => [qc, level, lot, own.length])).toEqual([[true, 'L2', '77', 3], [false, null,
      null, 1]])
  })
})

describe('queries', () => {
  it('name each sample that they ask for; a withdrawn one asks for nothing', () => {
    const message = read(astm(), lines(header, 'Q|1|^S1\\^S2||ALL', 'Q|2|^S3', 'Q|3|^S4||||||||||A', 'L|1'))
    expect([message.kind, message.queried]).toEqual(['query', [{ sampleId: 'S1', raw: '^S1' }, { sampleId: 'S2', raw: '^S2' }, { sampleId: 'S3',
      raw: '^S3' }]])
  })
  it('without a sample, or that the profile knows nothing of', () => {
    expect(read(astm(), lines(header, 'Q|1|', 'L|1')).queried).toEqual([{ sampleId: '', raw: '' }])
    const mute = read(astm({ query: null }), lines(header, 'Q|1|^S1', 'L|1'))
    expect([mute.kind, mute.queried, mute.problems.length]).toEqual(['query', [], 1])
  })
})

describe('senders', () => {
  const bytes = lines('H|\\^&|||c311^1', 'P|1', 'L|1')
  it('are told by the header alone', () => {
    expect([senderOf(astm(), bytes), matchesSender(cobasC311, bytes), matchesSender(cobasC111, bytes), matchesSender(astm(),
      bytes)]).toEqual(['c311^1', true, false, true])
    expect([senderOf(cobasC311, latin1('nonsense')), matchesSender(cobasC311, latin1(''))]).toEqual(['', false])
  })
})

describe.skipIf(withoutCaptures !== '')(`captured sessions${withoutCaptures}`, () => {
  it('cobas c111', () => {
    const message = read(cobasC111, capture('cobas_c111.astm'))
    expect([results(message), message.problems]).toEqual([['T20 10134GA D28 413 40.13'], []])
    expect(message.samples[0]?.results[0]).toMatchObject({ unit: 'g/L', status: 'F', flags: [], measuredAt: new Date('2023-08-03T07:47:00Z') })
  })

  it('cobas c311', () => {
    const message = read(cobasC311, capture('cobas_c311.astm'))
    const id = 'CL-PL-24-0370'
    expect(results(message)).toEqual(['685 22.4', '687 15.0', '712 4.1', '158 301', '735 1.6', '717 5.85', '690 34'].map((text) => `${id} ${text}`))
    expect(message.samples[0]?.results.map(({ flags }) => flags)).toEqual([['A', '43'], [], ['L'], [], [], [], ['A', '43']])
    expect(message.samples[0]?.results[0]?.measuredAt).toEqual(new Date('2024-02-03T07:50:11Z'))
  })

  it('Yumizen H500', () => {
    const message = read(yumizenH500, capture('yumizen_h500.astm'))
    expect([message.kind, message.sender, message.samples.length]).toEqual(['qc', 'H500', 1])
    expect(message.samples[0]).toMatchObject({ sampleId: 'PX440N', qc: true, control: 'CTRL MEDIUM', level: 'MEDIUM', lot: 'PX440N' })
    expect(message.samples[0]?.results.length).toBe(21)
    expect(message.samples[0]?.results.every(({ flags }) => flags.includes('CONTROL_FAILED') && flags.includes('PLT_ABOVE_TOLERANCE'))).toBe(true)
  })

  it.each([['cobas_c111.astm', cobasC111], ['cobas_c311.astm', cobasC311], ['yumizen_h500.astm', yumizenH500]])('every code of %s is mapped', (name,
    definition) => {
    const codes = read(definition, capture(name)).samples.flatMap((sample) => sample.results.map(({ testCode }) => testCode))
    expect(codes.filter((code) => !definition.tests.some((test) => test.code === code))).toEqual([])
  })
})
