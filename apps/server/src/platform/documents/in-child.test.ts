import { readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { composePdf } from '../typeset/index.ts'
import { damagedSamples } from './damage/index.ts'
import { packed, plainPdf } from './damage/write-pdf.ts'
import { closeDocuments, describePdf, stampPdf, toPdf } from './index.ts'
import { limits } from './limits.ts'

afterAll(closeDocuments)
const usual = { ...limits }
const slow = plainPdf(4, { content: () => packed('0 0 m 9 9 l S\n'.repeat(300_000)) })

/** Empty where the process is gone. */
const procfs = (pid: number | string, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')

/** The child's process id: the only child of this process that runs `child.ts`. */
const childId = async (): Promise<number | undefined> => {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const [status = '', command = ''] = await Promise.all(['status', 'cmdline'].map((file) => procfs(entry, file)))
    if (status.includes(`PPid:\t${process.pid}\n`) && command.includes('documents/child.ts')) return Number(entry)
  }
  return undefined
}

const peakOf = async (pid: number): Promise<number> => Number(/VmHWM:\s+(\d+)/.exec(await procfs(pid, 'status'))?.[1] ?? 0) * 1024

describe.skipIf(process.platform !== 'linux')('the child process', () => {
  it('is killed when it hangs, and the next file gets another', async () => {
    await describePdf(plainPdf(1))
    const first = await childId()
    limits.milliseconds = 1500
    const hanging = toPdf(slow, 'application/pdf')
    await pause(100)
    process.kill(first!, 'SIGSTOP')
    const start = performance.now()
    // the second attempt works, or takes too long itself
    await hanging.catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'took_too_long' })
    })
    expect(performance.now() - start).toBeLessThan(usual.milliseconds)
    Object.assign(limits, usual)
    expect((await describePdf(plainPdf(2))).pages).toBe(2)
    expect(await childId()).not.toBe(first)
  })

  it('takes only its own file with it when it crashes', async () => {
    await describePdf(plainPdf(1))
    const jobs = [describePdf(slow), describePdf(plainPdf(3))]
    await pause(100)
    process.kill((await childId())!, 'SIGSEGV')
    await expect(jobs[0]).rejects.toMatchObject({ code: 'too_damaged' })
    expect(await jobs[1]).toMatchObject({ pages: 3 })
  })

  it('goes on with the next rung where one of them died', async () => {
    await describePdf(plainPdf(1))
    const job = toPdf(slow, 'application/pdf')
    await pause(150)
    process.kill((await childId())!, 'SIGSEGV')
    expect(await job).toMatchObject({ pages: 4 })
  })

  it('ends when memory runs out, before the machine or the server feel it', async () => {
    const bomb = (await damagedSamples()).find(({ name }) => name === 'a gigabyte of nothing as content')!
    await describePdf(plainPdf(1))
    const before = process.memoryUsage.rss()
    let [peak, over] = [0, false]
    const watching = (async () => {
      while (!over) {
        const pid = await childId()
        if (pid) peak = Math.max(peak, await peakOf(pid))
        await pause(50)
      }
    })()
    const start = performance.now()
    await expect(toPdf(bomb.bytes, 'application/pdf')).rejects.toMatchObject({ code: 'too_large' })
    expect(performance.now() - start).toBeLessThan(limits.milliseconds)
    over = true
    await watching
    expect(peak).toBeGreaterThan(100e6)
    expect(peak).toBeLessThan(limits.rss * 1.5)
    expect(process.memoryUsage.rss() - before).toBeLessThan(64e6)
  })

  it.each([['the same shape', { width: 595, height: 842 }], ['another shape', { width: 842, height: 595 }]])(
    'stamps five hundred pages with bands of their own well within its memory: bands of %s', async (_name, { width, height }) => {
      const pdf = await composePdf({ title: '', subject: '', author: '', at: new Date(0), language: 'en' }, (sheet) => {
        for (let page = 1; page <= limits.pages; page++) {
          sheet.page(width, height)
          sheet.text(`Header ${page}`, 40, 40, { size: 18 })
          sheet.text(`Footer ${page}`, 40, height - 20, { size: 12 })
        }
      })
      await closeDocuments()
      await describePdf(plainPdf(1))
      const start = performance.now()
      const stamped = await stampPdf(plainPdf(limits.pages), { pdf, headerHeight: 60, footerHeight: 40 })
      expect(performance.now() - start).toBeLessThan(limits.milliseconds)
      expect(await peakOf((await childId())!)).toBeLessThan(limits.rss / 2)
      expect((await describePdf(stamped)).pages).toBe(limits.pages)
    })

  it('refuses ten thousand pages at once', async () => {
    const many = plainPdf(10_000, { content: () => '' })
    await describePdf(plainPdf(1))
    const start = performance.now()
    await expect(toPdf(many, 'application/pdf')).rejects.toMatchObject({ code: 'too_many_pages' })
    expect(performance.now() - start).toBeLessThan(limits.milliseconds / 2)
  })

  it('is told nothing of the environment and leaves no file', async () => {
    process.env.ALIQUOT_TEST_SECRET = 'not for the child'
    await closeDocuments()
    await describePdf(plainPdf(1))
    const pid = await childId()
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain('not for the child')
    const folder = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').find((part) => part.startsWith(join(tmpdir(), 'aliquot-documents-')))!
    expect(await readdir(folder)).toEqual([])
    await closeDocuments()
    expect(await childId()).toBeUndefined()
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
  })

  it('rests a while after its work and is then gone', async () => {
    limits.idle = 2000
    await describePdf(plainPdf(1))
    expect(await childId()).toBeDefined()
    await expect.poll(childId).toBeUndefined()
    Object.assign(limits, usual)
  })

  it('keeps readers of PDFs and pictures out of this process', () => {
    const loaded = process.report.getReport() as unknown as { sharedObjects: string[] }
    expect(loaded.sharedObjects.filter((file) => /sharp|vips/.test(file))).toEqual([])
  })
})
