import type { DicomCopy } from '#platform/documents'

export const copyKinds = ['thumbnail', 'picture', 'view'] as const satisfies readonly DicomCopy[]

export const copyTypes: Record<DicomCopy, string> = { thumbnail: 'image/webp', picture: 'image/webp', view: 'application/gzip' }

/** Where what screens show of an image lies: apart from `images/`, into which clinics write. */
export const copyKey = (labId: number, imageId: number, copy: DicomCopy): string =>
  `image-views/${labId}/${imageId}/${copy}.${copy === 'view' ? 'gz' : 'webp'}`
