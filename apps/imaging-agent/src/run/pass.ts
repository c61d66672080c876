import { scanFolders } from '../source/scan.ts'
import { noteEnd, noteFolder } from '../state/note-scan.ts'
import { judgePage, reconsider } from './judge-page.ts'
import { sendPage } from './send-page.ts'
import { announce, followUp, tellSkipped } from './tell-lab.ts'
import type { Tools } from './tools.ts'

/** Looks through all of pdata. What it found is written folder by folder, so it may be cut short at any time. */
export async function scan({ state, settings, signal }: Tools): Promise<void> {
  const number = Number(state.fact('scan') ?? 0) + 1
  state.remember('scan', String(number))
  for await (const folder of scanFolders(settings.pdata)) {
    if (signal.aborted) return
    noteFolder(state, folder, { scan: number, now: Date.now(), settleMs: settings.settleMs })
  }
  noteEnd(state, number)
}

/** Takes everything found as far as it goes: judged, sent, told. Throws `Away` when something that it needs is not there; then it is called again. */
export async function pass(tools: Tools): Promise<void> {
  const { signal } = tools
  await reconsider(tools)
  // What an earlier run had resolved goes first; then a page is judged while the page before is sent.
  await sendAll(tools)
  let sending: Promise<unknown> = Promise.resolve()
  try {
    for (let after: string | null = ''; after !== null && !signal.aborted;) {
      after = await judgePage(tools, after)
      await sending
      sending = sendAll(tools)
      // Awaited above; a failure meanwhile must not end the process.
      sending.catch(() => undefined)
    }
  } finally {
    await sending
  }
  await announce(tools)
  if (signal.aborted) return
  await followUp(tools)
  await tellSkipped(tools)
}

async function sendAll(tools: Tools): Promise<void> {
  for (let after: string | null = ''; after !== null && !tools.signal.aborted;) {
    after = await sendPage(tools, after)
    await announce(tools)
  }
}
