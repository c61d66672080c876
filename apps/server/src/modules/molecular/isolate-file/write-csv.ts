/** Text that a spreadsheet would run as a formula; numbers with a sign are none. */
const formula = /^([=@\t\r]|[+-](?!\d+([.,]\d+)?$))/

/** One line of CSV, RFC 4180, with its line end. A formula is put behind an apostrophe. */
export function csvLine(cells: readonly (string | number | null)[], delimiter = ','): string {
  return `${cells.map((cell) => written(cell, delimiter)).join(delimiter)}\r\n`
}

export const csvOf = (columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  [columns, ...rows].map((row) => csvLine(row)).join('')

function written(cell: string | number | null, delimiter: string): string {
  if (cell === null || typeof cell === 'number') return cell === null ? '' : String(cell)
  const text = formula.test(cell) ? `'${cell}` : cell
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
