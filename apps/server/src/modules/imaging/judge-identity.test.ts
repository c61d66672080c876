import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeIdentity, type Known } from './judge-identity.ts'

const name = (text: string) => {
  const [family = '', given = ''] = text.split('^')
  return { family, given, middle: '', prefix: '', suffix: '', ideographic: '', phonetic: '', text: [given, family].filter(Boolean).join(' ') }
}
const known = (fullName: string, more: Partial<Known> = {}): Known => ({ fullName, birthDate: '1980-02-29', birthDateEstimated: false, cards: { own: [], others: [] }, ...more })
const reason = (text: string | null, birthDate: string | null, patient: Known, id: string | null = null) =>
  judgeIdentity({ name: text === null ? null : name(text), id, birthDate, sex: null }, patient)?.reason ?? 'filed'

describe('whose image it is', () => {
  it.each([
    ['Müller^Anne', 'Anne Müller', 'filed'], ['MUELLER^ANNE', 'Anne Müller', 'filed'], ['Muller^A', 'Anne Müller', 'filed'], ['Müller', 'Anne Müller', 'filed'],
    ['Anne^Müller', 'Anne Müller', 'filed'], ['Müller-Schmidt^Anne', 'Anne Müller', 'filed'], ["O'Neil^Sean", 'Seán O’Neil', 'filed'],
    ['Müller^Bernd', 'Anne Müller', 'name_differs'], ['Schmidt^Anne', 'Anne Müller', 'name_differs'], ['A^M', 'Anne Müller', 'name_differs'],
  ])('by name: %s against %s', (theirs, ours, verdict) => expect(reason(theirs, null, known(ours))).toBe(verdict))

  it('by birth date, which no name outweighs', () => {
    expect(reason('Müller^Anne', '1980-02-28', known('Anne Müller'))).toBe('birth_date_differs')
    expect(reason('Müller^Anne', '1980-02-28', known('Anne Müller', { birthDateEstimated: true }))).toBe('filed')
    expect(reason(null, '1980-02-29', known('Anne Müller'))).toBe('filed')
    expect(reason('García^María López', '1980-02-29', known('María García Pérez'))).toBe('filed')
    expect(reason('García^María López', null, known('María García Pérez'))).toBe('name_differs')
  })

  it('by card where the header says nothing else, and never by guessing', () => {
    const patient = known('Anne Müller', { cards: { own: ['7'], others: ['8'] } })
    expect(reason(null, null, patient, '7')).toBe('filed')
    expect(reason(null, null, patient, '8')).toBe('card_of_another')
    expect(reason(null, null, patient, '9')).toBe('no_identity')
    expect(reason(null, null, patient)).toBe('no_identity')
    expect(reason('王^小東', null, patient)).toBe('no_identity')
    expect(reason('王^小東', '1980-02-29', patient)).toBe('filed')
  })

  it('files an image under a name with nothing in common for nobody', () => {
    const word = fc.stringMatching(/^[b-df-hj-np-tv-z]{3,8}$/)
    fc.assert(fc.property(fc.uniqueArray(word, { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => reason(`${a}^${b}`, '1980-02-29', known(`${c} ${d}`)) === 'name_differs'))
  })
})
