import { readHeader, writeDicom } from '@aliquot/dicom'
import { expect, it } from 'vitest'
import { mayBeSame } from './same-name.ts'

const inFile = (name: string) => {
  const found = readHeader(writeDicom({ elements: [[0x0008_0005, 'CS', 'ISO_IR 192'], [0x0010_0010, 'PN', name]] })).patient.name
  if (!found) throw new Error('The file has no name')
  return found
}

it.each([
  ['Rao^Asha', 'Rao', 'Asha'], ['RAO^ASHA', 'Rao', 'Asha'], ['Rao^A', 'Rao', 'Asha'], ['Asha^Rao', 'Rao', 'Asha'],
  ['Mueller^Hans', 'Müller', 'Hans'],
  ['Muller^Hans', 'Müller', 'Hans'], ['Müller^Hans^Peter', 'Müller', 'Hans'], ['Müller-Groß^Eva', 'Müller', 'Eva'],
  ['Strasse^Eva', 'Straße', 'Eva'],
  ['Rao', 'Rao', 'Asha'], ['Yamada^Taro=山田^太郎', '山田', '太郎'], ['Łukasz^Jan', 'Lukasz', 'Jan'], ['O’Brien^Pat', "O'Brien", 'Pat'],
])('%s may be %s, %s', (name, lastName, firstName) => {
  expect(mayBeSame(inFile(name), { lastName, firstName })).toBe(true)
})

it.each([
  ['Rao^Asha', 'Nair', 'Asha'], ['Rao^Asha', 'Rao', 'Vikram'], ['Rao^B', 'Rao', 'Asha'], ['Rao^Ashok', 'Rao', 'Asha'], ['Anonymous', 'Rao', 'Asha'],
  ['Müller^Hans', 'Miller', 'Hans'], ['^Asha', 'Rao', 'Asha'],
])('%s is not %s, %s', (name, lastName, firstName) => {
  expect(mayBeSame(inFile(name), { lastName, firstName })).toBe(false)
})
