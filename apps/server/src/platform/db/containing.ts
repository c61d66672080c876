/** A LIKE pattern for what has these words somewhere in it, taken as they are. */
export const containing = (words: string): string => `%${words.trim().replace(/[\\%_]/g, '\\$&')}%`
