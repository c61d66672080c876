import { DeviceProfile } from '@aliquot/contracts'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { shippedProfiles } from '../profiles/index.ts'
import { profileProblems } from './check-profile.ts'
import { expressionProblem } from './expression.ts'
import { astm, hl7, lines, read } from './testing/messages.ts'

const schema = Compile(DeviceProfile)

describe('shipped profiles', () => {
  it.each(shippedProfiles)('$name is a profile, and nothing is wrong with it', ({ definition, note }) => {
    expect([...schema.Errors(JSON.parse(JSON.stringify(definition)))]).toEqual([])
    expect(profileProblems(definition)).toEqual([])
    expect(note).toContain('must validate')
  })
})

describe('what is wrong with a profile', () => {
  it('is said all at once, each with its path', () => {
    const definition = astm({
      charset: 'klingon', sample: { from: ['OBR-3', 'O-0', 'O-3.1.1'], match: '(' }, sender: { at: { from: ['P-2'] }, matches: '[' },
      skip: [{ path: 'R-3' }, { path: 'R-3', matches: '(a+)+$', and: [{ path: 'OBX-1', empty: true }] }],
      alarms: [{ when: { path: 'OBX-5', equals: ['T'] }, flag: { from: ['OBX-3'] } }],
      qc: { when: [{ path: 'MSH-11', equals: ['Q'], where: { path: 'OBX-3', empty: true } }], control: { from: ['SPM-2'] }, level: null, lot: null },
      tests: [{ code: 'A', parameter: 'HB' }, { code: 'A', parameter: null }, { code: 'A', parameter: 'GLU_F', test: 'GLUF' }],
      words: [{ from: 'x', to: null }, { from: 'x', to: 'y' }],
      query: { dialect: 'hl7_qbp', sample: { from: ['O-3'] }, testCode: '^^^', noOrder: 'order_y', actionCode: '', delimiters: '||^&',
        put: [{ at: 'R-3.1', text: '{who}' }, { at: 'O-4.1', text: '' }] },
    })
    expect(profileProblems(definition).map(({ path }) => path).toSorted()).toEqual([
      '/alarms/0/flag/from/0', '/alarms/0/when/path', '/charset', '/qc/control/from/0', '/qc/when/0/path', '/qc/when/0/where/path',
      '/query/delimiters', '/query/dialect', '/query/put/0/at', '/query/put/0/text', '/query/put/1/at', '/query/sample/from/0', '/query/testCode',
      '/sample/from/0', '/sample/from/1', '/sample/from/2', '/sample/match', '/sender/at/from/0', '/sender/matches',
      '/skip/0', '/skip/1/and/0/path', '/skip/1/matches', '/tests/1/code', '/words/1/from',
    ])
    expect(() => read(definition, lines('H|\\^&', 'P|1', 'O|1|S', 'R|1|^^^A|1', 'L|1'))).not.toThrow()
  })

  it('records of ASTM in HL7, and an answer to an instrument that has no line for it', () => {
    expect(profileProblems(hl7({ sample: { from: ['O-3'] } })).map(({ path }) => path)).toEqual(['/sample/from/0'])
    expect(profileProblems(astm({ protocol: 'astm_unframed' })).map(({ path }) => path)).toEqual(['/query'])
    expect(profileProblems(astm({ charset: 'utf-16le' })).map(({ path }) => path)).toEqual(['/charset'])
  })
})

describe('expressions', () => {
  it.each(['^\\s*(.*?)\\s*$', '^LAB-(\\d+)$', '^(?!(?:N|0)$).+', '[^/]+', '(?:QC|CTRL)-(\\w{2,10})', 'a|b|c', '\\(\\d+\\)', '[(+*)]+',
    '^(?:X[NP]-?\\d)?'])('%s may be used', (pattern) => {
    expect(expressionProblem(pattern)).toBeNull()
  })
  it.each(['(', '(a+)+$', '(a|a)*b', '(?:a?){30}', '.*.*.*.*.*x', `${'a?'.repeat(40)}b`, '(\\w+\\s?)+$', '((ab)*c)*', '(.{1,9}){1,9}'])('%s may not',
    (pattern) => {
    expect(expressionProblem(pattern)).not.toBeNull()
  })
})
