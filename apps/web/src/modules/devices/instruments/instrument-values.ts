import type { BodyOf, Instrument, createInstrument } from '@aliquot/contracts'

export interface InstrumentValues {
  code: string
  name: string
  model: string
  serial: string
  departmentId: string | null
  profileId: string | null
  port: number | ''
  peers: string[]
  autoRelease: boolean
  autoComplete: boolean
  autoVerify: boolean
  autoSignBy: string | null
  deltaPercent: number | ''
  disabled: boolean
}

export const blankInstrument: InstrumentValues = {
  code: '', name: '', model: '', serial: '', departmentId: null, profileId: null, port: '', peers: [], autoRelease: false, autoComplete: false,
  autoVerify: false, autoSignBy: null,
  deltaPercent: 20, disabled: false,
}

export function valuesOf(instrument: Instrument): InstrumentValues {
  const { code, name, model, serial, port, peers, autoRelease, autoComplete, autoVerify, deltaPercent, disabled } = instrument
  return {
    code, name, model, serial, port, peers, autoRelease, autoComplete, autoVerify, deltaPercent, disabled,
    departmentId: textOf(instrument.departmentId), profileId: String(instrument.profileId), autoSignBy: textOf(instrument.autoSignBy),
  }
}

/** Each step of the automation needs the one before it. */
export function bodyOf(values: InstrumentValues): BodyOf<typeof createInstrument> {
  const autoComplete = values.autoRelease && values.autoComplete
  const autoVerify = autoComplete && values.autoVerify
  return {
    ...values,
    code: values.code.trim(), name: values.name.trim(), model: values.model.trim(), serial: values.serial.trim(), port: Number(values.port),
    profileId: Number(values.profileId),
    departmentId: numberOf(values.departmentId), autoComplete, autoVerify, autoSignBy: autoVerify ? numberOf(values.autoSignBy) : null,
    deltaPercent: Number(values.deltaPercent),
  }
}

const textOf = (id: number | null) => (id === null ? null : String(id))
const numberOf = (text: string | null) => (text === null ? null : Number(text))
