import { openImageUploads, resolvePatients } from '@aliquot/contracts'
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { bucketOf, problemsOf, resolverOf, SettingsError, sourceOf } from '../config/check-values.ts'
import type { Values } from '../config/setting-list.ts'
import type { S3Settings } from '../config/settings.ts'
import { askAddress, askServer, Refused } from '../server/ask.ts'
import { openSource } from '../source/source.ts'
import { scanFolders } from '../source/scan.ts'
import { failure, openClient } from '../upload/s3.ts'

export const connections = ['database', 'folder', 'resolver', 'bucket'] as const
export type Connection = (typeof connections)[number]

/** What a connection said when it was tried; nothing is changed by trying, but for one object that is put and removed in a bucket of one's own. */
export interface TryOut {
  ok: boolean
  says: string
}

/** Tries one connection with these settings, saved or not. Throws a {@link SettingsError} when they are not complete. */
export async function tryPart(part: Connection, data: string, values: Values): Promise<TryOut> {
  const problems = problemsOf(values, [part])
  if (problems.length > 0) throw new SettingsError(problems)
  try {
    return { ok: true, says: await tries[part](values, data) }
  } catch (error) {
    return { ok: false, says: (error as Error).message }
  }
}

const tries: Record<Connection, (values: Values, data: string) => Promise<string>> = {
  database: async (values, data) => {
    const source = await openSource(sourceOf(values), data)
    try {
      const { patients, withCard, images } = await source.count()
      return `${count(patients, 'patient')}, ${number(withCard)} of them with a card id, and ${count(images, 'image')} can be read.`
    } finally {
      await source.close()
    }
  },
  folder: async ({ pdata }) => {
    const seen = { folders: 0, files: 0, strays: 0 }
    for await (const { folder, files, strays } of scanFolders(pdata)) {
      if (folder !== '') seen.folders++
      seen.files += files.length
      seen.strays += strays.length
      if (seen.folders >= 200) break
    }
    if (seen.folders === 0) throw new Error('There is no folder such as P_0000123 in it. Is this pdata?')
    const many = seen.folders >= 200 ? 'The first 200 folders were looked at: ' : ''
    const strays = seen.strays > 0 ? `; ${count(seen.strays, 'entry', 'entries')} will be left alone` : ''
    return `${many}${count(seen.folders, 'patient folder')} with ${count(seen.files, 'image')}${strays}.`
  },
  resolver: async (values) => {
    const { unresolved } = await askAddress('resolver', resolverOf(values), resolvePatients,
      { cardIds: ['aliquot-connection-test'], clinicId: Number(values.clinicId) })
    return unresolved.length === 1 ? 'It answers and takes the key.' : 'It answers and takes the key, but claims to know a card that cannot be.'
  },
  bucket: async (values) => {
    const bucket = bucketOf(values)
    return bucket.kind === 's3' ? tryStore(bucket) : tryForms(values)
  },
}

/** Asks for a form for nobody: a server that says "no such patient" understood clinic and key. */
async function tryForms(values: Values): Promise<string> {
  const nobody = { patientGuid: '00000000-0000-0000-0000-000000000000', imageId: '1', size: 1, sha256: '0'.repeat(64) }
  try {
    await askServer('bucket', { url: values.server.replace(/\/+$/, ''), key: values.serverKey }, openImageUploads,
      { clinicId: Number(values.clinicId), files: [nobody] })
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'imaging.unknown_patient') throw error
  }
  return 'The server signs forms for this clinic.'
}

async function tryStore(settings: S3Settings): Promise<string> {
  const client = openClient(settings)
  const object = { Bucket: settings.bucket, Key: 'images/connection-test' }
  try {
    await client.send(new PutObjectCommand({ ...object, Body: 'written by the imaging agent to see whether it may', ContentType: 'text/plain' }))
    const removed = await client.send(new DeleteObjectCommand(object)).then(() => true, () => false)
    return removed ? 'It takes objects below images/.'
      : `It takes objects below images/. These credentials may not remove: ${object.Key} was left there.`
  } catch (error) {
    throw failure(error, settings)
  } finally {
    client.destroy()
  }
}

const number = (n: number): string => n.toLocaleString('en')
const count = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`
