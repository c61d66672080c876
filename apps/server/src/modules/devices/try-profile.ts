import type { BodyOf, ResponseOf, tryProfile as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Reader } from '#platform/unit-of-work'
import { deviceErrors } from './errors.ts'
import { profileProblems } from './read/check-profile.ts'
import { readMessage } from './read/read-message.ts'

/** What a definition would make of a message of the inbox, or of a text; nothing is stored. */
export async function tryProfile(db: Reader, labId: number, { definition, messageId, text }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  refuseIf(profileProblems(definition).map(({ path, message }) => ({ path: `/definition${path}`, message, code: 'devices.profile_invalid' })))
  if ((messageId === undefined) === (text === undefined)) refuseIf([{ path: '/messageId', message: 'give either this or a text', code: 'devices.one_source' }])
  const { timezone } = await labProfile(labId)
  const bytes = text === undefined ? await bytesOf(db, messageId ?? 0) : Buffer.from(lines(text))
  const { kind, sender, samples, queried, problems } = readMessage(definition, bytes, { timeZone: timezone })
  if (kind === 'other' && samples.length === 0) throw deviceErrors.unreadable({ because: problems[0] ?? 'nothing was found in it' })
  return {
    kind, sender, problems, queried: queried.map(({ sampleId }) => sampleId),
    samples: samples.map(({ files: _, results, ...sample }) => ({
      ...sample,
      results: results.map(({ measuredAt, ...result }) => ({
        ...result, measuredAt: measuredAt?.toISOString() ?? null, parameter: definition.tests.find(({ code }) => code === result.testCode)?.parameter ?? null,
      })),
    })),
  }
}

/** Pasted text has line breaks where messages have carriage returns. */
const lines = (text: string): string => text.replace(/\r?\n/g, '\r')

async function bytesOf(db: Reader, id: number): Promise<Buffer> {
  const { rows: [row] } = await sql<{ bytes: Buffer }>`select bytes from devices.message where id = ${id}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'message' })
  return row.bytes
}
