type Child = Node | string | null | false
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | null>

/** An element with attributes, listeners (`onclick`) and children; texts are texts, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value)
    else if (value === true) made.setAttribute(key, '')
    else if (value !== false && value !== null) made.setAttribute(key, String(value))
  }
  made.append(...children.filter((child) => child !== null && child !== false))
  return made
}

export const byId = (id: string): HTMLElement => document.getElementById(id) ?? document.body

export const number = (value: number): string => value.toLocaleString()
export const megabytes = (bytes: number): string => (bytes < 1e9
  ? `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`)
export const clock = (at: number): string => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
