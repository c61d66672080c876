import type { FileCategory } from '@aliquot/contracts'
import { typeOf, withoutExtension } from './file-types.ts'

export interface Place {
  zone: string
  labId: number
  patientId: number | null
  category: FileCategory
}

interface Named extends Place {
  cloudDocId: string
  fileName: string
  contentType: string
}

/** Where a file is uploaded, where it ends, and what people may call it. */
export interface ObjectPaths {
  temporary: string
  canonical: string
  compatible: string
}

/**
 * - temporary `FileTypeReports/IN/28/123456/<id>/report.pdf`: until its check; nothing else is ever uploaded there.
 * - canonical `<DeploymentZone>/<LabId>/<PatientId>/<FileCategory>/<cloudDocId>_<filename>.<extension>`; patient 0 where the file is the lab's own.
 *   A file of a report is a PDF by then, whatever was uploaded.
 * - compatible: the canonical path without the id in front of the name. Several files may share it; it means the newest.
 *
 * Names are cut down to what every store and file system takes; the ledger keeps them as they were given.
 */
export function pathsOf({ zone, labId, patientId, category, cloudDocId, fileName, contentType }: Named): ObjectPaths {
  const name = plain(fileName)
  const uploaded = typeOf(contentType)?.extensions[0] ?? 'bin'
  const folder = `${zone}/${labId}/${patientId ?? 0}/${category}`
  const final = category === 'FileTypeReport' ? 'pdf' : uploaded
  return {
    temporary: `${category}s/${zone}/${labId}/${patientId ?? 0}/${cloudDocId}/${name}.${uploaded}`,
    canonical: `${folder}/${cloudDocId}_${name}.${final}`,
    compatible: `${folder}/${name}.${final}`,
  }
}

const plain = (fileName: string): string => {
  const name = withoutExtension(fileName).normalize('NFKD').replace(/\p{M}/gu, '')
  return name.replace(/[^A-Za-z0-9-]+/g, '_').slice(0, 80).replace(/^_+|_+$/g, '') || 'file'
}

/** The upload as it came, beside what was made of it. */
export const originalPath = (canonical: string, temporary: string): string =>
  `${canonical.replace(/\.[a-z0-9]+$/, '')}.original${/\.[a-z0-9]+$/.exec(temporary)?.[0] ?? ''}`

/**
 * The paths of an upload for which the caller chose one: a temporary path is where the bytes go, a canonical or compatible one is where they end.
 * Answers why not, where the path is outside of the lab's own folders, belongs to another patient or names another kind of file.
 */
export function withChosenPath(chosen: string, place: Named): ObjectPaths | string {
  const paths = pathsOf(place)
  const { zone, labId, patientId, category } = place
  const parts = chosen.split('/')
  if (parts.some((part) => /^\.+$/.test(part))) return 'it has a part of dots'
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(chosen)?.[1]?.toLowerCase() ?? ''
  if (chosen.startsWith(`${category}s/${zone}/${labId}/`)) {
    return typeOf(place.contentType)?.extensions.includes(extension) ? { ...paths, temporary: chosen } : `it does not end as ${place.contentType} does`
  }
  if (!chosen.startsWith(`${zone}/${labId}/`)) return 'it is not in the folder of this lab'
  if (!chosen.startsWith(`${zone}/${labId}/${patientId ?? 0}/${category}/`) || parts.length !== 5) return `it is not the folder of this patient's ${category} files`
  if (!paths.canonical.endsWith(`.${extension}`)) return `it does not end in ${/\.[a-z]+$/.exec(paths.canonical)?.[0] ?? ''}`
  return { ...paths, canonical: chosen, compatible: chosen.replace(/\/[^/_]{8,}_([^/]+)$/, '/$1') }
}

/** The lab in whose folder a path of any kind lies; null for none. */
export function labOfPath(path: string): number | null {
  const parts = path.split('/')
  const lab = /^[A-Za-z]+s$/.test(parts[0] ?? '') ? parts[2] : parts[1]
  return /^[1-9]\d{0,15}$/.test(lab ?? '') ? Number(lab) : null
}

/** The folders in which all files of a lab lie. */
export const foldersOf = (zone: string, labId: number, categories: readonly FileCategory[]): string[] =>
  [`${zone}/${labId}/`, ...categories.map((category) => `${category}s/${zone}/${labId}/`)]
