import { writeDicom, type WrittenElement } from '@aliquot/dicom'
import { Random } from './random.ts'

/** Of whom, of what and when: a drawn X-ray for a demonstration, of nobody. */
export interface Drawn {
  seed: number
  patient: { fullName: string; birthDate: string; card: string }
  /** ISO 3950; an upper row and a lower row for a panoramic or a bitewing */
  teeth: readonly string[]
  kind: 'periapical' | 'bitewing' | 'panoramic'
  takenAt: Date
  description: string
}

interface Tooth { x: number; y: number; width: number; height: number; up: boolean; roots: number }

const sizes = { periapical: [480, 640, 0.062], bitewing: [640, 480, 0.062], panoramic: [1400, 700, 0.19] } as const

/** 12 bits, as an intra-oral sensor or a panoramic unit writes them. */
export function drawXRay({ seed, patient, teeth, kind, takenAt, description }: Drawn): Buffer {
  const [width, height, spacing] = sizes[kind]
  const random = new Random(seed)
  const placed = place(teeth, kind, width, height, random)
  const values = new Uint16Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grain = (random.next() - 0.5) * 130
      const bone = 900 + 260 * Math.sin(x / 37 + seed) * Math.sin(y / 29) + (kind === 'panoramic' ? 500 * Math.exp(-(((x - width / 2) / (width * 0.42)) ** 2) * 2) : 250)
      let light = bone
      for (const tooth of placed) light = Math.max(light, toothAt(tooth, x, y))
      values[y * width + x] = Math.max(0, Math.min(4095, light + grain))
    }
  }
  const stamp = takenAt.toISOString().replace(/[-:T]|\..*$/g, '')
  const uid = `1.2.826.0.1.3680043.10.1605.${seed}`
  const [given = '', ...family] = patient.fullName.split(' ')
  const panoramic = kind === 'panoramic'
  const elements: WrittenElement[] = [
    [0x0008_0005, 'CS', 'ISO_IR 192'], [0x0008_0016, 'UI', panoramic ? '1.2.840.10008.5.1.4.1.1.1.1' : '1.2.840.10008.5.1.4.1.1.1.3'], [0x0008_0018, 'UI', `${uid}.3`],
    [0x0008_0020, 'DA', stamp.slice(0, 8)], [0x0008_0022, 'DA', stamp.slice(0, 8)], [0x0008_0030, 'TM', stamp.slice(8)], [0x0008_0032, 'TM', stamp.slice(8)],
    [0x0008_0060, 'CS', panoramic ? 'PX' : 'IO'], [0x0008_0070, 'LO', 'Demonstration'], [0x0008_1090, 'LO', 'Drawn, not taken'], [0x0008_103e, 'LO', description],
    ...(panoramic ? [] : [[0x0008_2218, 'SQ', { items: teeth.map((tooth): WrittenElement[] =>
      [[0x0008_0100, 'SH', tooth], [0x0008_0102, 'SH', 'ISO3950'], [0x0008_0104, 'LO', `Tooth ${tooth}`]]) }]] as WrittenElement[]),
    [0x0010_0010, 'PN', `${family.join(' ')}^${given}`], [0x0010_0020, 'LO', patient.card], [0x0010_0030, 'DA', patient.birthDate.replaceAll('-', '')],
    [0x0018_0015, 'CS', 'JAW'], [0x0018_0060, 'DS', panoramic ? '66' : '60'], [0x0018_1164, 'DS', `${spacing}\\${spacing}`],
    [0x0020_000d, 'UI', `${uid}.1`], [0x0020_000e, 'UI', `${uid}.2`], [0x0020_0013, 'IS', '1'],
    [0x0028_0002, 'US', [1]], [0x0028_0004, 'CS', 'MONOCHROME2'], [0x0028_0010, 'US', [height]], [0x0028_0011, 'US', [width]],
    [0x0028_0100, 'US', [16]], [0x0028_0101, 'US', [12]], [0x0028_0102, 'US', [11]], [0x0028_0103, 'US', [0]],
    [0x0028_1050, 'DS', '2100\\1500'], [0x0028_1051, 'DS', '3600\\1800'], [0x0028_1055, 'LO', 'Enamel\\Bone'],
    [0x7fe0_0010, 'OW', new Uint8Array(values.buffer)],
  ]
  return Buffer.from(writeDicom({ elements }))
}

const isUpper = (tooth: string) => /^[1256]/.test(tooth)

function place(teeth: readonly string[], kind: Drawn['kind'], width: number, height: number, random: Random): Tooth[] {
  const rows = [teeth.filter(isUpper), teeth.filter((tooth) => !isUpper(tooth))]
  return rows.flatMap((row, lower) => row.map((tooth, at) => {
    const number = Number(tooth[1])
    const share = (width * (kind === 'panoramic' ? 0.8 : 1)) / row.length
    const bend = kind === 'panoramic' ? 46 * (((at + 0.5) / row.length - 0.5) * 2) ** 2 : 0
    const middle = kind === 'periapical' ? height * (lower ? 0.42 : 0.58) : height * (lower ? 0.72 : 0.3)
    return {
      x: (width - share * row.length) / 2 + share * (at + 0.5) + (random.next() - 0.5) * share * 0.06, y: middle - bend + (random.next() - 0.5) * 8,
      width: share * (number > 5 ? 0.92 : 0.72), height: height * (kind === 'periapical' ? 0.78 : 0.46), up: lower === 0, roots: number > 5 ? 2 : 1,
    }
  }))
}

/** Enamel over dentine around the pulp; roots that taper away from the crown. */
function toothAt({ x, y, width, height, up, roots }: Tooth, px: number, py: number): number {
  const across = (px - x) / (width / 2)
  // 0 at the biting edge, 1 at the tip of the root.
  const along = (up ? y + height / 2 - py : py - (y - height / 2)) / height
  if (Math.abs(across) > 1.05 || along < 0 || along > 1) return 0
  return along < 0.34 ? crownAt(across, along) : rootAt(across, along, roots)
}

function crownAt(across: number, along: number): number {
  const edge = 1 - Math.abs(across) ** 2.6 - Math.max(0, (0.1 - along) / 0.1) ** 2
  if (edge < 0) return 0
  if (edge < 0.42 || along < 0.1) return 3450
  return Math.abs(across) < 0.22 && along > 0.22 ? 1750 : 2650
}

function rootAt(across: number, along: number, roots: number): number {
  const taper = 1 - (along - 0.34) / 0.72
  for (let root = 0; root < roots; root++) {
    const centre = roots === 1 ? 0 : (root === 0 ? -0.42 : 0.42) * (1 + (along - 0.34) * 0.3)
    const reach = (roots === 1 ? 0.62 : 0.4) * taper
    const off = Math.abs(across - centre)
    if (off < reach) return off < reach * 0.2 ? 1750 : 2350 + 250 * (1 - off / reach)
    // The dark line of the ligament around the root.
    if (off < reach + 0.05) return 650
  }
  return along < 0.42 && roots === 2 && Math.abs(across) < 0.8 ? 2350 : 0
}
