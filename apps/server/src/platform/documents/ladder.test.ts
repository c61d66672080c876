import { afterAll, describe, expect, it } from 'vitest'
import { damagedSamples } from './damage/index.ts'
import { signedPdf } from './damage/healthy-files.ts'
import { trySample } from './damage/try-sample.ts'
import { plainPdf } from './damage/write-pdf.ts'
import { closeDocuments, describePdf, toPdf } from './index.ts'
import { limits } from './limits.ts'

// half of what is allowed, so that bombs are done with sooner
limits.rss /= 2
const samples = await damagedSamples()
afterAll(closeDocuments)

describe('the ladder', () => {
  it('is tried on many files, each with a name of its own', () => {
    expect(samples.length).toBeGreaterThanOrEqual(100)
    expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length)
  })

  it.each(samples)('$name', async (sample) => {
    const outcome = await trySample(sample)
    expect(outcome).toMatchObject({ asExpected: true })
    if ('refused' in sample.expect) expect(outcome.milliseconds).toBeLessThan(2 * limits.milliseconds)
  })

  it('gives healthy files back byte for byte, and the same bytes for the same damage', async () => {
    for (const { name, bytes, expect: expected } of samples) {
      if (!('pages' in expected) || bytes.length > 100_000 || name.startsWith('a drawing of many')) continue
      const [once, again] = [await toPdf(bytes, 'application/pdf'), await toPdf(bytes, 'application/octet-stream')]
      expect(Buffer.compare(once.bytes, again.bytes)).toBe(0)
      if (once.step === 'kept') expect(Buffer.compare(once.bytes, bytes)).toBe(0)
    }
  })

  it('says what a person should look at', async () => {
    const notice = async (name: string) => (await toPdf(samples.find((sample) => sample.name === name)!.bytes, '')).notice
    expect(await notice('written by hand')).toBeNull()
    expect(await notice('HTTP header in front')).toBe('Repaired, 3 pages: please look.')
    expect(await notice('script on opening')).toBe('It carries scripts or attached files, which are not opened here.')
    expect(await notice('one content of two cannot be unpacked')).toBe('Parts of page 2 cannot be read.')
    const { notice: ofSigned } = await toPdf(Buffer.concat([Buffer.from('junk\n'), signedPdf()]), '')
    expect(ofSigned).toBe('Repaired, 1 page: please look. Its digital signature is no longer valid.')
  })

  it('leaves no script, program or attachment in what it writes', async () => {
    for (const name of ['script on opening', 'program to start', 'attached file']) {
      const { bytes } = samples.find((sample) => sample.name === name)!
      const { bytes: clean, notice } = await toPdf(Buffer.concat([Buffer.from('junk\n'), bytes]), 'application/pdf')
      expect(Buffer.from(clean).toString('latin1')).not.toMatch(/JavaScript|Launch|EmbeddedFile\b|app\.alert|calc\.exe|not a program/)
      expect(notice).toBe('Repaired, 1 page: please look.')
    }
  })

  it('refuses bytes that are not what they are called', async () => {
    await expect(toPdf(plainPdf(1), 'image/png')).rejects.toMatchObject({ code: 'not_a_document' })
    await expect(toPdf(Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'application/pdf')).rejects.toMatchObject({ code: 'not_a_document' })
    const dicom = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')])
    await expect(toPdf(dicom, 'application/dicom')).rejects.toMatchObject({ code: 'unsupported' })
  })
})

describe('describePdf', () => {
  it('gives sizes as seen, in points', async () => {
    const page = (index: number) => [
      '/MediaBox [0 0 595 842]', '/MediaBox [0 0 595 842] /Rotate 90', '/MediaBox [-50 -50 595 842] /CropBox [30 400 400 800] /Rotate 270',
      '/MediaBox [0 0 300 400] /UserUnit 2', '/MediaBox [595 842 0 0]', '',
    ][index] ?? ''
    expect(await describePdf(plainPdf(6, { page }))).toEqual({
      pages: 6, signed: false,
      sizes: [[595, 842], [842, 595], [400, 370], [600, 800], [595, 842], [612, 792]].map(([width, height]) => ({ width, height })),
    })
    expect((await describePdf(signedPdf())).signed).toBe(true)
  })
})
