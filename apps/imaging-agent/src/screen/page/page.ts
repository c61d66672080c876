import { ask, notice } from './ask.ts'
import { showConnections } from './connections.ts'
import { byId } from './element.ts'
import { noteSettings, render, showProgress } from './progress.ts'
import { renderReasons, showSkipped } from './skipped.ts'
import type { ProgressView, SettingsView } from '../view.ts'

try {
  const settings = await ask<SettingsView>('GET', '/api/settings')
  byId('where').textContent = `Settings and progress are kept in ${settings.data}`
  showProgress()
  showConnections(settings, noteSettings)
  noteSettings(settings)
  showSkipped()
  follow()
} catch (error) {
  notice((error as Error).message)
}

/** The browser connects again by itself. */
function follow(): void {
  const events = new EventSource('/api/progress')
  events.addEventListener('message', ({ data }) => {
    const progress = JSON.parse(data as string) as ProgressView
    notice('')
    render(progress)
    renderReasons(progress)
  })
  events.addEventListener('error', () => notice('The agent does not answer. Is it still running in its window?'))
}
