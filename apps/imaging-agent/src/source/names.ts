/** `P_0000123`: 123. Null for anything else, which is reported and never guessed. */
export const patientIdOf = (folder: string): number | null => idOf(/^P_0*(\d+)$/.exec(folder)?.[1])

/** `0000_4711.dcm`: 4711. Null for anything else. */
export const imageIdOf = (file: string): number | null => idOf(/^\d{4}_(\d+)\.dcm$/.exec(file)?.[1])

/** Ids are of SQL Server's type int, from 1. */
const idOf = (digits: string | undefined): number | null => {
  const id = Number(digits ?? 0)
  return id >= 1 && id <= 2_147_483_647 ? id : null
}
