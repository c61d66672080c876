import type { Report } from '@aliquot/contracts'
import { uploadFile } from '../modules/reports/index.ts'
import { storeFile } from '../modules/storage/index.ts'
import type { Actor } from '../platform/auth/index.ts'
import { composePdf, ink, paper } from '../platform/typeset/index.ts'
import { at } from '../platform/unit-of-work/index.ts'

interface Scan {
  report: Report
  time: Date
}

/** Somebody brings the file of a report: radiology's own pages, or what an outside laboratory sent on its paper. */
export async function bringFile(bench: Actor, { report, time }: Scan): Promise<{ reportId: number; version: number }> {
  const outside = report.definition.code !== 'XR_CHEST'
  const bytes = await (outside ? histopathology : chestFilm)(report, time)
  // Stored at present: a file that was reserved in the past and is not used yet would be swept.
  const { path } = await storeFile(bench, {
    bytes: Buffer.from(bytes), fileName: outside ? 'outside-lab.pdf' : 'chest-pa-lateral.pdf', contentType: 'application/pdf', category: 'FileTypeReport',
    patientId: report.patient.id,
  })
  const { id, version } = await at(time, () => uploadFile(bench, { labReportId: report.id, initialFilePath: path, letterhead: outside ? 'own' : 'add' }))
  return { reportId: id, version }
}

const plain = { size: 10, colour: ink.text }
const strong = { size: 10, weight: 'semibold', colour: ink.text } as const

function page(title: string, time: Date, paragraphs: [string, string][], head?: string): Promise<Uint8Array> {
  const { width, height } = paper.a4
  return composePdf({ title, subject: title, author: head ?? 'Demonstration', at: time, language: 'en' }, (sheet) => {
    sheet.page(width, height)
    let top = 60
    if (head) {
      sheet.text(head, 60, top, { size: 18, weight: 'semibold', colour: '#5b2c6f' })
      sheet.rule(60, width - 60, top + 10, '#5b2c6f', 1.5)
      top += 50
    }
    sheet.text(title, 60, top, { size: 14, weight: 'semibold', colour: ink.text })
    top += 28
    for (const [heading, words] of paragraphs) {
      sheet.text(heading, 60, top, strong)
      const lines = sheet.wrap(words, plain, width - 120)
      sheet.lines(lines, 60, top + 6, { leading: 14, style: plain })
      top += 26 + lines.length * 14
    }
  })
}

const chestFilm = ({ patient }: Report, time: Date) => page('X-ray chest, PA and lateral views', time, [
  ['Patient', `${patient.fullName}, ${patient.number}`],
  ['Technique', 'Digital radiographs in full inspiration, erect. Both views are of diagnostic quality.'],
  ['Findings', 'The lung fields are clear. No consolidation, collapse or pleural effusion. The cardiac silhouette is of normal size (cardiothoracic ratio 0.46). The mediastinum is central. Both hila, the domes of the diaphragm and the costophrenic angles are normal. The visible bones are unremarkable.'],
  ['Impression', 'Normal chest radiograph.'],
])

const histopathology = ({ patient, number }: Report, time: Date) => page('Histopathology report', time, [
  ['Patient and reference', `${patient.fullName} – your reference ${number}`],
  ['Specimen', 'Skin ellipse, 14 × 8 × 4 mm, in formalin.'],
  ['Macroscopy', 'A tan nodule of 5 mm in the centre, 3 mm from the nearest margin. Serially sectioned, all embedded in two blocks.'],
  ['Microscopy', 'A symmetrical dermal lesion of nests of bland melanocytes that mature with depth. No mitoses in the deep part. The margins are free.'],
  ['Diagnosis', 'Intradermal melanocytic naevus, completely excised.'],
], 'Deccan Reference Pathology')
