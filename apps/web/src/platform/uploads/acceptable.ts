import { largestFile } from '@aliquot/contracts'

/** What the store takes; it looks at the content itself as well. */
const types = [
  'application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'image/tiff', 'image/bmp', 'image/gif',
] as const

/** Browsers know no type for some files that scanners and phones make. */
const byExtension: Record<string, string> = {
  heic: 'image/heic', heif: 'image/heif', tif: 'image/tiff', tiff: 'image/tiff', pdf: 'application/pdf', jfif: 'image/jpeg',
}

/** For the `accept` of file inputs. */
export const acceptedFiles = [...types, '.heic', '.heif', '.tif', '.tiff'].join(',')

export function contentTypeOf({ name, type }: Pick<File, 'name' | 'type'>): string {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return type.toLowerCase() || byExtension[extension] || 'application/octet-stream'
}

export type Refusal = 'type' | 'empty' | 'too_large'

/** Why a file need not even be sent; null: it may go. */
export function refusalOf(file: Pick<File, 'name' | 'type' | 'size'>): Refusal | null {
  if (!types.some((type) => type === contentTypeOf(file))) return 'type'
  if (file.size === 0) return 'empty'
  return file.size > largestFile ? 'too_large' : null
}
