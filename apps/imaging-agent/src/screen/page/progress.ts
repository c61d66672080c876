import { ask, notice } from './ask.ts'
import { byId, clock, element, megabytes, number } from './element.ts'
import type { ProgressView, SettingsView } from '../view.ts'

let complete = false
let last: ProgressView | null = null

const run = element('button', { type: 'button', class: 'main', onclick: () => { void act(last?.runs === 'here' ? '/api/stop' : '/api/run') } }, 'Run')
const headline = element('h2', {}, '')
const says = element('p', { class: 'says', role: 'status' })
const bar = element('progress', { max: 1, value: 0, 'aria-label': 'Filed' })
const tiles = element('dl', { class: 'tiles' })

export function showProgress(): void {
  byId('progress').replaceChildren(element('div', { class: 'heading' }, headline, run), says, bar, tiles)
}

/** Whether there is all that a run needs. */
export function noteSettings({ problems }: SettingsView): void {
  complete = problems.length === 0
  if (last) render(last)
}

export function render(progress: ProgressView): void {
  last = progress
  const { runs, counts, trouble, phase } = progress
  const total = counts.waiting + counts.arriving + counts.filed + counts.telling + counts.setAside
  headline.textContent = runs === 'elsewhere' ? 'Running as a service' : runs === 'no' ? 'Not running' : trouble
    ? 'Waiting to go on' : { ...phases }[phase]
  says.textContent = sentence(progress)
  says.className = trouble || progress.failure ? 'says bad' : 'says'
  run.textContent = runs === 'here' ? 'Stop' : 'Run'
  run.className = runs === 'here' ? '' : 'main'
  run.disabled = runs === 'elsewhere' || (runs === 'no' && !complete)
  bar.value = total === 0 ? 0 : (counts.filed + counts.setAside) / total
  tiles.replaceChildren(
    tile('Filed', number(counts.filed), 'good'), tile('To send', number(counts.waiting + counts.telling), ''),
      tile('Being written', number(counts.arriving), ''),
    tile('Set aside', number(counts.setAside), counts.setAside > 0 ? 'warn' : ''),
      tile('Sent in this run', `${number(progress.sent.images)}`, '', megabytes(progress.sent.bytes)),
  )
}

const phases = { connecting: 'Connecting', looking: 'Looking through the folder', sending: 'Sending', waiting: 'Up to date', stopped: 'Stopped' }

function sentence({ runs, trouble, failure, lastLook, phase, counts }: ProgressView): string {
  if (trouble) return `${trouble.says} It is tried again at ${clock(trouble.until)}.`
  if (failure) return `The run ended: ${failure}`
  if (runs === 'elsewhere') {
    return 'The service works with these settings; what it does is shown here. It takes up changed settings when it is restarted.'
  }
  if (runs === 'no') return complete
    ? 'Press Run to send what is there; it goes on until this page is stopped.' : 'Complete the connections first, then test them.'
  if (phase === 'waiting') {
    return `${counts.arriving > 0 ? 'Some files are still being written. ' : ''}Looked through at ${clock(lastLook ?? 0)}; new images are sent as they come.`
  }
  return ''
}

const tile = (title: string, value: string, tone: string, more = ''): HTMLElement =>
  element('div', { class: tone }, element('dt', {}, title), element('dd', {}, value, more !== '' && element('small', {}, ` ${more}`)))

async function act(path: string): Promise<void> {
  run.disabled = true
  try {
    const progress = await ask<ProgressView>('POST', path)
    notice('')
    render(progress)
  } catch (error) {
    notice((error as Error).message)
    if (last) render(last)
  }
}
