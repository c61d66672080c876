import { ask, notice } from './ask.ts'
import { byId, element, number } from './element.ts'
import type { ProgressView, SkippedView } from '../view.ts'

let reason = ''
let shownReasons = ''
let asked = 0

const chips = element('div', { class: 'chips', role: 'group', 'aria-label': 'Reason' })
const search = element('input', { type: 'search', placeholder: 'File, name or card', 'aria-label': 'Search what was set aside',
  oninput: () => { void load('') } })
const csv = element('a', { class: 'button', download: true }, 'CSV')
const again = element('button', { type: 'button', title: 'After something was corrected in Sidexis or at the lab',
  onclick: () => { void lookAgain() } }, 'Look again')
const body = element('tbody')
const table = element('table', {}, element('thead', {}, element('tr', {},
  ...['File', 'Why', 'What to do'].map((title) => element('th', { scope: 'col' }, title)))), body)
const more = element('button', { type: 'button', hidden: true }, 'Show more')
const empty = element('p', { class: 'empty' })

export function showSkipped(): void {
  byId('skipped').replaceChildren(
    element('div', { class: 'heading' }, element('h2', {}, 'Set aside'), element('div', { class: 'tools' }, search, again, csv)), chips, table, empty,
      more)
  void load('')
}

/** The reasons with how many there are; the list follows when they change. */
export function renderReasons({ reasons, counts }: ProgressView): void {
  const now = JSON.stringify(reasons)
  if (now === shownReasons) return
  shownReasons = now
  if (reason !== '' && !reasons.some((one) => one.reason === reason)) reason = ''
  chips.replaceChildren(...[{ reason: '', title: 'All', count: counts.setAside }, ...reasons].map((one) =>
    element('button', { type: 'button', 'aria-pressed': String(one.reason === reason), 'data-reason': one.reason, onclick: () => choose(one.reason) },
      `${one.title} `, element('b', {}, number(one.count)))))
  chips.hidden = reasons.length === 0
  void load('')
}

function choose(chosen: string): void {
  reason = chosen
  for (const chip of chips.querySelectorAll('button')) chip.setAttribute('aria-pressed', String(chip.dataset.reason === chosen))
  void load('')
}

async function load(after: string): Promise<void> {
  const filter = new URLSearchParams({ reason, words: search.value.trim() })
  csv.href = `/skipped.csv?${filter}`
  const turn = ++asked
  try {
    const { rows, next } = await ask<SkippedView>('GET', `/api/skipped?${filter}&after=${encodeURIComponent(after)}`)
    // An answer that was overtaken by a later question is of no use.
    if (turn !== asked) return
    const shown = rows.map(({ file, title, advice, detail }) => element('tr', {},
      element('td', { class: 'file' }, file), element('td', {}, element('strong', {}, title), detail !== ''
        && element('span', { class: 'detail' }, detail)), element('td', {}, advice)))
    if (after === '') body.replaceChildren(...shown)
    else body.append(...shown)
    more.hidden = next === null
    more.onclick = () => { void load(next ?? '') }
    const nothing = body.children.length === 0
    table.hidden = nothing
    empty.hidden = !nothing
    empty.textContent = reason !== '' || search.value !== '' ? 'Nothing set aside is like that.' : 'Nothing was set aside.'
  } catch (error) {
    notice((error as Error).message)
  }
}

async function lookAgain(): Promise<void> {
  try {
    await ask('POST', '/api/again')
  } catch (error) {
    notice((error as Error).message)
  }
}
