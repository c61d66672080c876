import { writeDicom } from '@aliquot/dicom'
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../config/settings.ts'
import { outcomes, runOnce, settingsOf } from '../testing/agent.ts'
import { openLab, type Lab } from '../testing/lab.ts'
import { fileOf, guidOf, makePractice, writeExports, xRayOf, type MadeImage, type MadePatient } from '../testing/practice.ts'
import { State, stateFile } from '../state/state.ts'
import { Runner } from './runner.ts'

let folder = ''
let lab: Lab
const clinicId = 42
const asha: MadePatient = { id: 12, card: 'C-12', last: 'Rao', first: 'Asha', born: '1985-03-12' }
const hans: MadePatient = { id: 13, card: 'C-13', last: 'Müller', first: 'Hans Peter', born: '1970-01-31' }

beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'aliquot-agent-')) })
afterEach(async () => {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

/** A practice with these patients and images, and a lab that knows these cards. */
async function set(patients: MadePatient[], images: MadeImage[], cards: Record<string, string[]> = {}): Promise<Settings> {
  const known = patients.flatMap(({ card }): [string, string[]][] => (card === null ? [] : [[card, [guidOf(card)]]]))
  lab = await openLab({ clinicId, cards: new Map([...known, ...Object.entries(cards)]) })
  const practice = await makePractice(folder, patients, images)
  return settingsOf(join(folder, 'data'), { ...practice, server: lab.url, serverKey: lab.key, clinicId: String(clinicId) })
}
const keysOf = () => [...lab.objects.keys()].sort()

describe('a run', () => {
  it("files images under their patients' GUIDs, tells the lab their names, and does nothing the second time", async () => {
    const settings = await set([asha, hans], [{ id: 1, of: 12, name: 'Tooth 46' }, { id: 2, of: 12 }, { id: 3, of: 13 }])
    expect(await runOnce(settings)).toEqual({ [fileOf({ id: 1, of: 12 })]: 'announced', [fileOf({ id: 2, of: 12 })]: 'announced',
      [fileOf({ id: 3, of: 13 })]: 'announced' })
    expect(keysOf()).toHaveLength(3)
    expect(keysOf().filter((key) => key.startsWith(`images/${guidOf('C-12')}/42_1_`))).toHaveLength(1)
    expect([...lab.announced].find(([key]) => key.includes('/42_1_'))?.[1]).toBe('Tooth 46')
    const before = { ...lab.asked }
    await runOnce(settings)
    expect([...lab.objects.values()].map(({ puts }) => puts)).toEqual([1, 1, 1])
    expect(lab.asked).toEqual(before)
  })

  it('sets aside, with a reason and told to the lab, whatever is not certain', async () => {
    const patients: MadePatient[] = [asha, hans,
      { id: 20, card: '  ', last: 'Blank', first: 'Card', born: null }, { id: 21, card: null, last: 'No', first: 'Card', born: null },
      { id: 22, card: 'C-22', last: 'Gone', first: 'Away', born: null, deleted: true },
        { id: 23, card: 'same', last: 'One', first: 'A', born: '1990-01-01' },
      { id: 24, card: 'same', last: 'Two', first: 'B', born: '1990-01-01' },
        { id: 25, card: 'unknown', last: 'Un', first: 'Known', born: '1990-01-01' },
      { id: 26, card: 'double', last: 'Dou', first: 'Ble', born: '1990-01-01' },
        { id: 27, card: 'C-27a', last: 'Tie', first: 'Two', born: '1990-01-01' },
      { id: 27, card: 'C-27b', last: 'Tie', first: 'Two', born: '1990-01-01' },
        { id: 28, card: 'C-28a', last: 'Both', first: 'Cards', born: '1990-01-01' },
      { id: 28, card: 'C-28b', last: 'Both', first: 'Cards', born: '1990-01-01' }]
    const good = xRayOf({ name: 'Rao^Asha', born: '1985-03-12', id: 'C-12' }, 'good')
    const expected: [MadeImage, string][] = [
      [{ id: 1, of: 12, bytes: Buffer.from('<html>not found</html>') }, 'not_dicom'],
      [{ id: 2, of: 12, bytes: good.subarray(0, good.length - 200) }, 'damaged'],
      [{ id: 3, of: 12, bytes: new Uint8Array() }, 'damaged'],
      [{ id: 4, of: 12, bytes: xRayOf({ name: 'Nair^Vikram', born: '1985-03-12', id: 'C-12' }, '4') }, 'name_differs'],
      [{ id: 5, of: 12, bytes: xRayOf({ name: 'Rao^Asha', born: '1958-03-12', id: 'C-12' }, '5') }, 'birth_date_differs'],
      [{ id: 6, of: 12, bytes: xRayOf({ name: 'Rao^Asha', id: 'C-13' }, '6') }, 'card_of_another'],
      [{ id: 7, of: 12, bytes: xRayOf({}, '7') }, 'no_identity'],
      [{ id: 8, of: 12, bytes: writeDicom({ elements: [[0x0010_0010, 'PN', 'Rao^Asha']] }) }, 'no_pixels'],
      [{ id: 9, of: 12, deleted: true }, 'image_deleted'], [{ id: 10, of: 12, hidden: true }, 'image_hidden'],
      [{ id: 11, of: 12, outsourced: '\\\\nas\\old\\11.dcm' }, 'image_outsourced'], [{ id: 12, of: 12, owner: 13 }, 'image_of_another'],
      [{ id: 13, of: 12, unlisted: true }, 'no_image_row'], [{ id: 14, of: 12, owner: null, bytes: good }, 'announced'],
      [{ id: 15, of: 99 }, 'no_patient'], [{ id: 16, of: 20 }, 'no_card'], [{ id: 17, of: 21 }, 'no_card'], [{ id: 18, of: 22 }, 'patient_deleted'],
      [{ id: 19, of: 23 }, 'card_shared'], [{ id: 20, of: 24 }, 'card_shared'], [{ id: 21, of: 25 }, 'unresolved'], [{ id: 22, of: 26 }, 'ambiguous'],
      [{ id: 23, of: 27 }, 'cards_disagree'], [{ id: 24, of: 28 }, 'announced'], [{ id: 25, of: 12, bytes: good }, 'duplicate'],
      [{ id: 26, of: 13, bytes: xRayOf({ name: 'MUELLER^Hans', born: '1970-01-31' }, '26') }, 'announced'],
    ]
    const settings = await set(patients, expected.map(([image]) => image), {
      'unknown': [], 'double': [guidOf('d1'), guidOf('d2')], 'C-27a': [guidOf('a')], 'C-27b': [guidOf('b')], 'C-28a': [guidOf('28')],
        'C-28b': [guidOf('28')],
    })
    await mkdir(join(settings.pdata, 'P_12_old'))
    await mkdir(join(settings.pdata, 'P_0000012', 'backup.dcm'))
    for (const stray of ['readme.txt', 'P_0000012/0000_1.DCM', 'P_0000012/1.dcm', 'P_0000012/0000_5.dcm.tmp',
      'P_0000012/Thumbs.db']) await writeFile(join(settings.pdata, stray), 'x')
    const told = await runOnce(settings)
    expect(told).toEqual({
      ...Object.fromEntries(expected.map(([image, outcome]) => [fileOf(image), outcome])),
      'P_12_old': 'unknown_folder', 'P_0000012/backup.dcm': 'unknown_folder', 'readme.txt': 'unknown_file', 'P_0000012/0000_1.DCM': 'unknown_file',
      'P_0000012/1.dcm': 'unknown_file', 'P_0000012/0000_5.dcm.tmp': 'unknown_file',
    })
    const aside = Object.entries(told).filter(([, outcome]) => outcome !== 'announced')
    expect(lab.skipped.total).toBe(aside.length)
    expect(Object.fromEntries(lab.skipped.files.map(({ file, reason }) => [file, reason]))).toEqual(Object.fromEntries(aside))
    expect(keysOf().map((key) => key.split('/')[1])).toEqual([guidOf('C-12'), guidOf('C-13'), guidOf('28')].sort())
  })

  it('never sends the same file for two patients, also when it is moved', async () => {
    const twin: MadePatient = { ...asha, id: 14, card: 'C-14' }
    const settings = await set([asha, twin], [{ id: 1, of: 12, bytes: xRayOf({ name: 'Rao^Asha' }, 'one') }])
    await runOnce(settings)
    await mkdir(join(settings.pdata, 'P_0000014'))
    await rename(join(settings.pdata, fileOf({ id: 1, of: 12 })), join(settings.pdata, fileOf({ id: 1, of: 14 })))
    await writeExports(folder, [asha, twin], [{ id: 1, of: 14 }])
    expect(await runOnce(settings)).toEqual({ 'P_0000014/0000_1.dcm': 'of_two_patients' })
    expect(lab.objects.size).toBe(1)
    lab.objects.forEach(({ puts }) => expect(puts).toBe(1))
  })

  it('knows an image again whose folder was renamed, and does not send it again', async () => {
    const settings = await set([asha], [{ id: 1, of: 12 }, { id: 2, of: 12 }])
    await runOnce(settings)
    await rename(join(settings.pdata, 'P_0000012'), join(settings.pdata, 'P_12'))
    expect(await runOnce(settings)).toEqual({ 'P_12/0000_1.dcm': 'announced', 'P_12/0000_2.dcm': 'announced' })
    expect([...lab.objects.values()].map(({ puts }) => puts)).toEqual([1, 1])
    expect(lab.asked.forms).toBe(1)
    await copyFile(join(settings.pdata, 'P_12/0000_1.dcm'), join(settings.pdata, 'P_12/0001_1.dcm'))
    expect(await runOnce(settings)).toMatchObject({ 'P_12/0001_1.dcm': 'duplicate' })
  })

  it('takes up again what was corrected in Sidexis, and sends what became another image', async () => {
    const settings = await set([{ ...asha, card: null }], [{ id: 1, of: 12 }, { id: 2, of: 12, hidden: true }], { 'C-12': [guidOf('C-12')] })
    expect(Object.values(await runOnce(settings))).toEqual(['no_card', 'image_hidden'])
    await writeExports(folder, [asha], [{ id: 1, of: 12 }, { id: 2, of: 12, hidden: true }])
    await writeFile(join(settings.pdata, fileOf({ id: 1, of: 12 })), xRayOf({ name: 'Rao^Asha' }, 'one'))
    expect(Object.values(await runOnce(settings))).toEqual(['announced', 'image_hidden'])
    await writeFile(join(settings.pdata, fileOf({ id: 1, of: 12 })), xRayOf({ name: 'Rao^Asha' }, 'another'))
    expect(Object.values(await runOnce(settings))).toEqual(['announced', 'image_hidden'])
    expect(keysOf()).toHaveLength(2)
  })

  it('shows what the lab set aside or refused', async () => {
    const settings = await set([asha, hans], [{ id: 1, of: 12 }, { id: 2, of: 13 }])
    await runOnce(settings)
    const key = keysOf().find((one) => one.includes('/42_1_')) ?? ''
    const state = new State(stateFile(settings))
    state.run("update image set lab_state = 'waiting'")
    state.close()
    lab.become.set(key, { state: 'set_aside', reason: 'name_differs' })
    expect(Object.values(await runOnce(settings))).toEqual(['by_the_lab', 'announced'])
  })

  it('goes on where it was when the lab comes back', async () => {
    const settings = await set([asha], [{ id: 1, of: 12 }])
    lab.away = true
    const state = new State(stateFile(settings))
    const runner = new Runner({ settings, state, log: pino({ level: 'silent' }), signal: new AbortController().signal, once: true })
    const running = runner.run()
    await expect.poll(() => runner.doing.trouble?.part, { interval: 5 }).toBe('resolver')
    lab.away = false
    await running
    expect(runner.doing).toMatchObject({ trouble: null, phase: 'stopped', sent: { images: 1 } })
    expect(Object.values(outcomes(state))).toEqual(['announced'])
    state.close()
  })

  it('leaves a file alone until it is still, whatever date it claims', async () => {
    const settings = { ...await set([asha], [{ id: 1, of: 12 }]), settleMs: 3_600_000 }
    const file = join(settings.pdata, fileOf({ id: 1, of: 12 }))
    await utimes(file, 1, 1)
    const state = new State(stateFile(settings))
    const stop = new AbortController()
    const runner = new Runner({ settings, state, log: pino({ level: 'silent' }), signal: stop.signal, once: true })
    const running = runner.run()
    await expect.poll(() => runner.doing.phase, { interval: 5 }).toBe('waiting')
    expect(outcomes(state)).toEqual({ 'P_0000012/0000_1.dcm': 'found' })
    stop.abort()
    await running
    await truncate(file, (await stat(file)).size - 1)
    state.close()
    expect(await runOnce({ ...settings, settleMs: 0 })).toEqual({ 'P_0000012/0000_1.dcm': 'damaged' })
    expect(lab.objects.size).toBe(0)
    expect(await readdir(settings.pdata)).toEqual(['P_0000012'])
  })
})
