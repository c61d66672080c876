import { byId } from './element.ts'
import type { ProblemView } from '../view.ts'

/** What the agent answered no to, with the fields that it is about. */
export class AgentSays extends Error {
  readonly problems: ProblemView[]

  constructor(says: string, problems: ProblemView[]) {
    super(says)
    this.problems = problems
  }
}

export async function ask<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
  const answer = await fetch(path, { method, ...(method !== 'GET'
    && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }) })
    .catch(() => { throw new AgentSays('The agent does not answer. Is it still running in its window?', []) })
  if (answer.ok) return await answer.json() as T
  const text = await answer.text()
  const { says, problems } = answer.headers.get('content-type')?.includes('json')
    ? JSON.parse(text) as { says: string; problems: ProblemView[] } : { says: text, problems: [] }
  throw new AgentSays(says, problems)
}

/** One sentence above everything; an empty one takes it away. */
export function notice(says: string): void {
  const place = byId('notice')
  place.textContent = says
  place.hidden = says === ''
}
