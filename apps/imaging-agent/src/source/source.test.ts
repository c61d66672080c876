import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqlServer, type SqlServer } from '../testing/sql-server.ts'
import { writeExports, type MadeImage, type MadePatient } from '../testing/practice.ts'
import { dayOf } from './rows.ts'
import { imageIdOf, patientIdOf } from './names.ts'
import { openSource, type Source } from './source.ts'
import type { SqlSettings } from '../config/settings.ts'

const patients: MadePatient[] = [
  { id: 1, card: 'C-1', last: 'Müller; geb. "Groß"', first: 'Änne', born: '1980-02-29' },
    { id: 2, card: ' C-2 ', last: '山田', first: '太郎', born: null },
  { id: 3, card: '   ', last: 'Blank', first: 'Card', born: '1975-12-31' }, { id: 4, card: null, last: 'No', first: 'Card', born: '2001-01-01' },
  { id: 5, card: 'C-1', last: 'Twin', first: 'Card', born: '1999-09-09' },
    { id: 6, card: 'C-6', last: 'Gone', first: 'Away', born: '1999-09-09', deleted: true },
]
const images: MadeImage[] = [
  { id: 10, of: 1, name: 'Zahn 46, "bukkal"' }, { id: 11, of: 1, deleted: true }, { id: 12, of: 2, hidden: true },
    { id: 13, of: 2, outsourced: 'X:\\old\\13.dcm' }, { id: 14, of: 3, owner: null },
]
let folder = ''
let server: SqlServer
let database: DatabaseSync
const login = (): SqlSettings => ({
  kind: 'sql', host: '127.0.0.1', instance: null, port: server.port, database: 'SIDEXIS', user: 'reader', password: 'pässwörd', encrypt: false,
    trustCertificate: false, readOnly: true,
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aliquot-source-'))
  database = new DatabaseSync(':memory:')
  database.exec(`attach ':memory:' as dbo;
    create table dbo.Patient (PatientId integer, CardId nvarchar, LastName nvarchar, FirstName nvarchar, Birthday datetime, IsDeleted bit);
    create table dbo.MediaBase (MediaBaseId integer, PatientId integer, Name nvarchar, IsDeleted bit, IsHidden bit, OutsourcedFile nvarchar)`)
  const patient = database.prepare('insert into dbo.Patient values (?, ?, ?, ?, ?, ?)')
  for (const { id, card, last, first, born, deleted } of patients) patient.run(id, card, last, first, born, deleted ? 1 : 0)
  const image = database.prepare('insert into dbo.MediaBase values (?, ?, ?, ?, ?, ?)')
  for (const one of images) image.run(one.id, one.owner === undefined ? one.of : one.owner, one.name ?? `Image ${one.id}`, one.deleted ? 1 : 0,
    one.hidden ? 1 : 0, one.outsourced ?? null)
  server = await openSqlServer(database, 'reader', 'pässwörd')
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const sources: [string, () => Promise<Source>][] = [
  ['SQL Server', () => openSource(login(), folder)],
  ['two CSV exports', async () => {
    const files = await writeExports(folder, patients, images)
    return openSource({ kind: 'csv', patients: files.patientsCsv, mediabase: files.mediabaseCsv }, folder)
  }],
]

describe.each(sources)('a practice in %s', (_name, open) => {
  it('says who the patients are and which images there are', async () => {
    const source = await open()
    try {
      expect(await source.patients([1, 2, 3, 6, 99])).toEqual([
        { patientId: 1, cardId: 'C-1', lastName: 'Müller; geb. "Groß"', firstName: 'Änne', birthDate: '1980-02-29', isDeleted: false },
        { patientId: 2, cardId: 'C-2', lastName: '山田', firstName: '太郎', birthDate: null, isDeleted: false },
        { patientId: 3, cardId: null, lastName: 'Blank', firstName: 'Card', birthDate: '1975-12-31', isDeleted: false },
        { patientId: 6, cardId: 'C-6', lastName: 'Gone', firstName: 'Away', birthDate: '1999-09-09', isDeleted: true },
      ])
      expect(await source.images([10, 11, 12, 13, 14, 99])).toEqual([
        { imageId: 10, patientId: 1, name: 'Zahn 46, "bukkal"', isDeleted: false, isHidden: false, isOutsourced: false },
        { imageId: 11, patientId: 1, name: 'Image 11', isDeleted: true, isHidden: false, isOutsourced: false },
        { imageId: 12, patientId: 2, name: 'Image 12', isDeleted: false, isHidden: true, isOutsourced: false },
        { imageId: 13, patientId: 2, name: 'Image 13', isDeleted: false, isHidden: false, isOutsourced: true },
        { imageId: 14, patientId: null, name: 'Image 14', isDeleted: false, isHidden: false, isOutsourced: false },
      ])
      expect((await source.cardOwners(['C-1', 'C-2', 'C-6', "'; drop table dbo.Patient --"])).sort((a, b) => a.patientId - b.patientId)).toEqual([
        { cardId: 'C-1', patientId: 1 }, { cardId: 'C-2', patientId: 2 }, { cardId: 'C-1', patientId: 5 },
      ])
      expect(await source.patients([])).toEqual([])
      expect(await source.count()).toEqual({ patients: 5, withCard: 3, images: 3 })
      expect((await source.patients(Array.from({ length: 500 }, (_, at) => at + 1))).length).toBe(6)
    } finally {
      await source.close()
    }
  })
})

describe('a SQL Server', () => {
  it('is asked for nothing but rows, by a login that says it only reads', () => {
    expect(server.statements.length).toBeGreaterThan(5)
    for (const statement of server.statements) expect(statement).toMatch(/^select /i)
    expect(server.logins.at(-1)).toEqual({ user: 'reader', password: 'pässwörd', database: 'SIDEXIS', readOnly: true })
  })

  it('says what to do about a wrong password, no encryption, other tables and a closed port', async () => {
    await expect(openSource({ ...login(), password: 'wrong' }, folder)).rejects.toThrow(/refuses this user and password/)
    await expect(openSource({ ...login(), encrypt: true }, folder)).rejects.toThrow(/does not encrypt/)
    await expect(openSource({ ...login(), port: 9 }, folder)).rejects.toThrow(/cannot be reached/)
    database.exec('alter table dbo.MediaBase rename to Other')
    const source = await openSource(login(), folder)
    await expect(source.images([1])).rejects.toThrow(/not a Sidexis 4 database/)
    await source.close()
    database.exec('alter table dbo.Other rename to MediaBase')
  })
})

it('says which column an export lacks, and reads it again when it changed', async () => {
  const files = await writeExports(folder, patients.slice(0, 1), images)
  const source = await openSource({ kind: 'csv', patients: files.patientsCsv, mediabase: files.mediabaseCsv }, folder)
  expect((await source.count()).patients).toBe(1)
  await writeExports(folder, patients.slice(0, 2), images)
  expect((await source.count()).patients).toBe(2)
  await writeFile(files.patientsCsv, 'PatientId,LastName\n1,Rao')
  await expect(source.count()).rejects.toThrow(/no column CardId, FirstName, Birthday, IsDeleted/)
  await source.close()
})

it.each([['P_0000123', 123], ['P_7', 7], ['P_', null], ['P_0', null], ['p_1', null], ['P_1 ', null], ['P_1_old', null], ['P_99999999999', null],
  ['P_00001a', null]])('%s is the folder of %s', (name, id) => {
  expect(patientIdOf(name)).toBe(id)
})
it.each([['0000_4711.dcm', 4711], ['0001_1.dcm', 1], ['000_1.dcm', null], ['0000_1.DCM', null], ['0000_1.dcm.tmp', null], ['0000_.dcm', null],
  ['0000_-1.dcm', null]])('%s is the file of %s', (name, id) => {
  expect(imageIdOf(name)).toBe(id)
})
it.each([['1985-03-12 00:00:00.000', '1985-03-12'], ['19850312', '1985-03-12'], ['1.3.1985', '1985-03-01'], ['', null],
  ['12/03/1985', null]])('%s is the day %s', (text, day) => {
  expect(dayOf(text)).toBe(day)
})
