import type { Patient } from '@aliquot/contracts'
import { expect, it } from 'vitest'
import { differing, proposed } from './merge-fields.ts'

const keep = {
  title: null, fullName: 'Asha Rao', sex: 'female', birthDate: '1990-01-01', birthTime: null, phone: null, email: 'a@b.in', address: null, city: 'Pune',
  pincode: null, nationalId: null, nationalIdType: null, notes: null, organisation: null, doctor: { id: 1, name: 'Dr Rao' }, strictFields: [] as string[],
} as unknown as Patient
const merge: Patient = {
  ...keep, fullName: 'Asha R', phone: '98', email: null, city: 'Agra', doctor: { id: 1, name: 'Dr. Rao' }, nationalId: 'X1', nationalIdType: 'passport',
}

it('names what differs, and proposes what only the other record knows', () => {
  expect(differing(keep, merge)).toEqual(['fullName', 'phone', 'email', 'address', 'nationalId'])
  expect(proposed(keep, merge)).toEqual(['phone', 'nationalId'])
  expect(proposed({ ...keep, strictFields: ['nationalId'] }, merge)).toEqual(['phone'])
  expect(differing(keep, keep)).toEqual([])
})
