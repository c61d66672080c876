const longestKey = 1024
// A file's name has at most 255 bytes on most file systems; 7 of them are for the disk driver's `.sha256`.
const longestPart = 248

/**
 * The keys that every driver takes, so that a store can be moved from one to another: parts of printable text between single
 * slashes. None begins with a dot or looks like the disk driver's own files; `${` would be filled in by S3.
 */
export function checkKey(key: string): string {
  const parts = key.split('/')
  const fine = Buffer.byteLength(key) <= longestKey && key.isWellFormed() && !/[\p{Cc}\\]|\$\{|\.(?:sha256|part)$/u.test(key)
    && parts.every((part) => part !== '' && !part.startsWith('.') && Buffer.byteLength(part) <= longestPart)
  if (!fine) throw new Error(`Not a key for a stored object: ${JSON.stringify(key.slice(0, 200))}`)
  return key
}
