import { ask, notice, type AgentSays } from './ask.ts'
import { byId, element } from './element.ts'
import type { FieldView, ProblemView, SettingsView, TryView } from '../view.ts'

const parts = [
  ['database', 'Database', 'Who the patients and images are'],
  ['folder', 'Folder', 'Where Sidexis keeps the images'],
  ['resolver', 'Lab and resolver', 'Which patient of the lab a card belongs to'],
  ['bucket', 'Bucket', 'Where the images go'],
] as const
type Part = (typeof parts)[number][0]

interface Card { shell: HTMLDetailsElement; state: HTMLElement; result: HTMLElement; test: HTMLButtonElement }

const cards = new Map<Part, Card>()
const inputs = new Map<string, HTMLInputElement | HTMLSelectElement>()
let fields: FieldView[] = []
let onSaved: (settings: SettingsView) => void = () => undefined

/** Four cards, one for each connection: fields, what is wrong with them, and a test. */
export function showConnections(settings: SettingsView, saved: (settings: SettingsView) => void): void {
  onSaved = saved
  fields = settings.fields
  const isNew = settings.problems.length > 0
  byId('connections').replaceChildren(
    element('div', { class: 'heading' }, element('h2', {}, 'Connections'),
      element('button', { type: 'button', onclick: () => { void testAll() } }, 'Test all')),
    ...parts.map(([part, title, says]) => cardOf(part, title, says, isNew && part === 'database')),
  )
  showProblems(settings.problems.filter(({ says }) => says !== 'is missing' && !says.startsWith('is missing:')))
  hideUnused()
  for (const [part] of parts) showState(part, settings.problems.some(({ name }) => partOf(name) === part) ? 'todo' : 'unknown')
}

function cardOf(part: Part, title: string, says: string, open: boolean): HTMLElement {
  const result = element('p', { class: 'result', role: 'status' })
  const state = element('span', { class: 'state' })
  const test = element('button', { type: 'submit' }, 'Test')
  const form = element('form', { novalidate: true, onsubmit: (event) => {
    event.preventDefault()
    void tryOut(part)
  } }, ...fields.filter((field) => field.part === part).map(fieldOf), element('div', { class: 'foot' }, test, result))
  const shell = element('details', { open, 'data-part': part },
    element('summary', {}, element('span', { class: 'title' }, title), element('span', { class: 'says' }, says), state), form)
  cards.set(part, { shell, state, result, test })
  return shell
}

function fieldOf(field: FieldView): HTMLElement {
  const id = `field-${field.name}`
  const shared = { id, name: field.name, disabled: field.isLocked, 'aria-describedby': `${id}-help`, onchange: () => { void save(field.name) } }
  const input = inputOf(field, shared)
  inputs.set(field.name, input)
  const locked = field.isLocked ? ` Set by ${field.origin === 'flag' ? 'a flag' : 'the environment'}.` : ''
  return element('div', { class: `field ${field.kind}`, 'data-field': field.name },
    element('label', { for: id }, field.label), input,
    element('p', { class: 'help', id: `${id}-help` }, `${field.help[0]?.toUpperCase()}${field.help.slice(1)}.${locked}`),
    element('p', { class: 'fault', hidden: true }))
}

function inputOf(field: FieldView, shared: Record<string, string | boolean | ((event: Event) => void)>): HTMLInputElement | HTMLSelectElement {
  if (field.kind === 'choice' || field.kind === 'switch') {
    const choices = field.kind === 'switch' ? ['on', 'off'] : field.choices
    const select = element('select', shared, ...choices.map((choice) =>
      element('option', { value: choice, selected: choice === field.value }, names[choice] ?? choice)))
    select.addEventListener('change', hideUnused)
    return select
  }
  const isSecret = field.kind === 'secret'
  return element('input', {
    ...shared, type: isSecret ? 'password' : 'text', value: field.value, autocomplete: isSecret ? 'new-password' : 'off', spellcheck: 'false',
    inputmode: field.kind === 'number' ? 'numeric' : 'text', placeholder: isSecret && field.isSet ? 'saved; type to replace' : '',
  })
}

const names: Record<string, string> = { sql: 'SQL Server', csv: 'Two CSV exports', server: "With the lab's forms", s3: 'With credentials of our own',
  on: 'On', off: 'Off' }

const valuesOf = (which: (field: FieldView) => boolean): Record<string, string> =>
  Object.fromEntries(fields.filter((field) => which(field) && !field.isLocked).map(({ name }) => [name, inputs.get(name)?.value ?? '']))

async function save(name: string): Promise<void> {
  try {
    const settings = await ask<SettingsView>('PUT', '/api/settings', { values: valuesOf((field) => field.name === name) })
    const input = inputs.get(name)
    if (input instanceof HTMLInputElement && input.type === 'password' && input.value !== '') {
      input.value = ''
      input.placeholder = 'saved; type to replace'
    }
    notice('')
    showProblems(settings.problems.filter((problem) => problem.name === name || !problem.says.startsWith('is missing')))
    onSaved(settings)
  } catch (error) {
    notice((error as Error).message)
  }
}

async function tryOut(part: Part): Promise<void> {
  const card = cards.get(part)
  if (!card) return
  card.test.disabled = true
  card.result.textContent = 'Testing …'
  card.result.className = 'result'
  try {
    const { ok, says } = await ask<TryView>('POST', `/api/try/${part}`, { values: valuesOf(() => true) })
    showProblems([], part)
    card.result.textContent = says
    card.result.classList.add(ok ? 'good' : 'bad')
    showState(part, ok ? 'good' : 'bad')
    if (!ok) card.shell.open = true
  } catch (error) {
    const { problems = [] } = error as AgentSays
    card.result.textContent = problems.length > 0 ? 'Fill in what is missing.' : (error as Error).message
    card.result.classList.add('bad')
    showState(part, 'bad')
    showProblems(problems, part)
    card.shell.open = true
  }
  card.test.disabled = false
}

const testAll = async (): Promise<void> => { await Promise.all(parts.map(([part]) => tryOut(part))) }

const words = { good: 'works', bad: 'does not work', todo: 'not complete', unknown: 'not tested' }
function showState(part: Part, state: keyof typeof words): void {
  const place = cards.get(part)?.state
  if (!place) return
  place.textContent = words[state]
  place.className = `state ${state}`
}

function showProblems(problems: ProblemView[], within?: Part): void {
  for (const { name, part } of fields) {
    if (within && part !== within && !problems.some((problem) => problem.name === name)) continue
    const says = problems.find((problem) => problem.name === name)?.says ?? ''
    const place = document.querySelector<HTMLElement>(`[data-field="${name}"] .fault`)
    if (place) {
      place.textContent = says && `This ${says}.`
      place.hidden = says === ''
    }
    inputs.get(name)?.setAttribute('aria-invalid', String(says !== ''))
    const card = cards.get(part as Part)
    if (says && card) card.shell.open = true
  }
}

/** What the chosen way does not need is not asked for. */
function hideUnused(): void {
  for (const { name, when } of fields) {
    const place = document.querySelector<HTMLElement>(`[data-field="${name}"]`)
    if (place && when) place.hidden = inputs.get(when[0])?.value !== when[1]
  }
}

const partOf = (name: string): string => fields.find((field) => field.name === name)?.part ?? ''
