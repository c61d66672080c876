const secretHeaders = /^(?:authorization|proxy-authorization|cookie|set-cookie|aliquot-signature)$|api-?key|token|secret|password/i
const personalFields = new Set([
  'fullName', 'patientName', 'birthDate', 'birthTime', 'ageText', 'phone', 'email', 'address', 'city', 'pincode', 'nationalId', 'idProofs', 'notes', 'holder', 'message',
])
const longest = 20_000

/** What the log keeps of headers: those that carry a secret, by the settings or by their name, are dots. */
export const safeHeaders = (headers: Record<string, string>, secret: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secret.has(name.toLowerCase()) || secretHeaders.test(name) ? '•••' : value]))

/** What the log keeps of a body: the first 20,000 characters and, where the partner's settings say so, nobody's name or address. NUL cannot be stored. */
export function safeBody(body: string, hidePersonal: boolean): string {
  const shown = hidePersonal ? withoutPersons(body) : body
  return shown.replaceAll('\0', '').slice(0, longest)
}

function withoutPersons(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), (key, value) => (personalFields.has(key) && value !== null ? '•••' : value))
  } catch {
    return body
  }
}
