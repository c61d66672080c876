/**
 * Everything that is asked of a Sidexis database: three lists by id and three counts. Each column has the name that its export to CSV has.
 * In the words that Transact-SQL and SQLite share, so that one text reads both.
 */
const placeholders = (count: number): string => Array.from({ length: count }, (_, at) => `@p${at}`).join(', ')

export const queries = {
  patients: (count: number) =>
    `select PatientId, CardId, LastName, FirstName, Birthday, IsDeleted from dbo.Patient where PatientId in (${placeholders(count)})`,
  images: (count: number) =>
    `select MediaBaseId, PatientId, Name, IsDeleted, IsHidden, OutsourcedFile from dbo.MediaBase where MediaBaseId in (${placeholders(count)})`,
  cardOwners: (count: number) =>
    `select CardId, PatientId from dbo.Patient where IsDeleted = 0 and ltrim(rtrim(CardId)) in (${placeholders(count)})`,
  countPatients: 'select count(*) as n from dbo.Patient where IsDeleted = 0',
  countCards: "select count(*) as n from dbo.Patient where IsDeleted = 0 and CardId is not null and ltrim(rtrim(CardId)) <> ''",
  countImages: 'select count(*) as n from dbo.MediaBase where IsDeleted = 0 and IsHidden = 0',
}

export const patientColumns = ['PatientId', 'CardId', 'LastName', 'FirstName', 'Birthday', 'IsDeleted'] as const
export const imageColumns = ['MediaBaseId', 'PatientId', 'Name', 'IsDeleted', 'IsHidden', 'OutsourcedFile'] as const
