import { openImageUploads, type ResponseOf } from '@aliquot/contracts'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Address } from '../config/address.ts'
import { askServer, Refused } from '../server/ask.ts'
import type { Addressed } from '../state/images.ts'
import type { BucketDriver, Send } from './bucket.ts'
import { postForm } from './post-form.ts'

type Upload = ResponseOf<typeof openImageUploads>['uploads'][number]

/** Forms that the lab's server signs, posted straight to its bucket: the bytes never pass the server's own memory where that bucket is S3. */
export function serverForms(server: Address, clinicId: number): BucketDriver {
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) }

  const ask = async (images: readonly Addressed[]): Promise<(Upload | Refused)[]> => {
    try {
      const files = images.map(({ patientGuid, imageId, size, sha256 }) => ({ patientGuid, imageId: String(imageId), size, sha256 }))
      const { uploads } = await askServer('bucket', server, openImageUploads, { clinicId, files })
      return images.map(({ key }, at) => checked(uploads[at], key))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (images.length === 1) return [error]
      // One image that the server does not take is no reason to keep back the others.
      const half = Math.ceil(images.length / 2)
      return [...await ask(images.slice(0, half)), ...await ask(images.slice(half))]
    }
  }
  return {
    page: 100,
    prepare: async (images) => (await ask(images)).map((upload): Send | Refused | null => {
      if (upload instanceof Refused || upload.form === null) return upload instanceof Refused ? upload : null
      const { url, fields } = upload.form
      return (size, body) => postForm({ url, fields }, size, body, agents)
    }),
    close: () => {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

/** A form for another key would file the image under somebody else. */
const checked = (upload: Upload | undefined, key: string): Upload | Refused =>
  upload?.key === key ? upload : new Refused(200, 'other_key', `the server answered with the key ${upload?.key ?? 'of nothing'} instead of ${key}`)
