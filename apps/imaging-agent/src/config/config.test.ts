import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkValues, problemsOf } from './check-values.ts'
import { readValues } from './read-values.ts'
import { flagOf, settingNames, variableOf } from './setting-list.ts'
import { writeSettingsFile } from './settings-file.ts'

let data = ''
beforeAll(() => { data = mkdtempSync(join(tmpdir(), 'aliquot-agent-config-')) })
afterAll(() => rmSync(data, { recursive: true }))

const complete = {
  IMAGING_SOURCE: 'sql', IMAGING_SQL_SERVER: 'pc-1\\SIDEXIS_SQL', IMAGING_SQL_USER: 'reader',
  IMAGING_SQL_PASSWORD: 'a secret word', IMAGING_PDATA: '/pdata',
  IMAGING_SERVER: 'https://lab.example.org/', IMAGING_SERVER_KEY: 'key', IMAGING_CLINIC_ID: '42',
}

it('names flags and variables alike, and none twice', () => {
  expect([flagOf('sqlTrustCertificate'), variableOf('s3AccessKeyId'), flagOf('s3PathStyle')])
    .toEqual(['--sql-trust-certificate', 'IMAGING_S3_ACCESS_KEY_ID', '--s3-path-style'])
  expect(new Set(settingNames.map(variableOf)).size).toBe(settingNames.length)
  const docs = readFileSync(new URL('../../../../docs/imaging-agent.md', import.meta.url), 'utf8')
  for (const name of settingNames) expect(docs).toContain(`\`${variableOf(name)}\``)
})

it('takes flags before the environment, that before the file; a secret may be in a file of its own', () => {
  writeSettingsFile(data, { pdata: '/from-file', clinicId: '7', uploads: '2' })
  writeFileSync(join(data, 'password'), 'from a file\n')
  if (process.platform !== 'win32') expect(statSync(join(data, 'settings.json')).mode & 0o077).toBe(0)
  const { values, origins } = readValues(data, { pdata: '/from-flag' }, { IMAGING_CLINIC_ID: '8', IMAGING_SQL_PASSWORD_FILE: join(data, 'password') })
  expect([values.pdata, values.clinicId, values.uploads, values.sqlPassword, values.bucket])
    .toEqual(['/from-flag', '8', '2', 'from a file', 'server'])
  expect([origins.pdata, origins.clinicId, origins.uploads, origins.bucket]).toEqual(['flag', 'environment', 'file', 'default'])
  rmSync(join(data, 'settings.json'))
})

it('says all that is wrong at once, and repeats no secret', () => {
  const { values } = readValues(data, { sqlPort: '70000', sqlEncrypt: 'yes', server: 'http://me:secretword@lab.example.org' },
    { IMAGING_SQL_PASSWORD: 'secretword' })
  const problems = problemsOf(values)
  expect(problems.map(({ name }) => name).sort())
    .toEqual(['clinicId', 'pdata', 'server', 'serverKey', 'sqlEncrypt', 'sqlPort', 'sqlServer', 'sqlUser'])
  expect(JSON.stringify(problems)).not.toContain('secretword')
  expect(problemsOf({ ...values, server: 'http://lab.example.org' }).find(({ name }) => name === 'server')?.says).toContain('https://')
  expect(() => checkValues(data, values)).toThrow(/--sql-port \(IMAGING_SQL_PORT\): must be a whole number from 1 to 65535/)
})

it('reads what the lab and the practice need from complete settings', () => {
  const settings = checkValues(data, readValues(data, {}, complete).values)
  expect(settings.source).toMatchObject({
    host: 'pc-1', instance: 'SIDEXIS_SQL', port: null, database: 'SIDEXIS', encrypt: true, trustCertificate: false, readOnly: true,
  })
  expect(settings).toMatchObject({
    server: { url: 'https://lab.example.org', key: 'key' },
    resolver: { url: 'https://lab.example.org/api/app/patient-pms-resolver/resolve', key: 'key' }, clinicId: 42,
  })
})
