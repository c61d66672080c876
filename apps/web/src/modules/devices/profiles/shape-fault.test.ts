import { DeviceProfile } from '@aliquot/contracts'
import { describe, expect, it } from 'vitest'
import { blankProfiles } from './blank-profile.ts'
import { shapeFault } from './shape-fault.ts'

describe('shapeFault', () => {
  it.each(Object.values(blankProfiles))('is content with what a new profile begins with: $protocol', (profile) => {
    expect(shapeFault(DeviceProfile, profile)).toBeNull()
  })

  it.each([
    [{ ...blankProfiles.hl7, protocol: 'xml' }, '/protocol'],
    [{ ...blankProfiles.hl7, sample: null }, '/sample'],
    [{ ...blankProfiles.hl7, sample: { from: 'OBR-3' } }, '/sample/from'],
    [{ ...blankProfiles.hl7, sampel: 1 }, '/sampel'],
    [{ ...blankProfiles.hl7, tests: [{ code: 'A', parameter: null }, { parameter: null }] }, '/tests/1/code'],
    [{ ...blankProfiles.hl7, link: { ...blankProfiles.hl7.link, maxMessage: 1.5 } }, '/link/maxMessage'],
    ['text', '/'],
  ])('names the place', (profile, path) => {
    expect(shapeFault(DeviceProfile, profile)).toBe(path)
  })
})
