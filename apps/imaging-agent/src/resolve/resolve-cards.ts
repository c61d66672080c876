import { CardId, resolvePatients } from '@aliquot/contracts'
import { Compile } from 'typebox/compile'
import type { Address } from '../config/address.ts'
import { piecesOf } from '../run/in-parallel.ts'
import { askAddress } from '../server/ask.ts'
import type { State } from '../state/state.ts'

/** What the lab says of a card: whose it is, that it knows nobody, or that two have it. */
export type CardAnswer = { answer: 'patient'; guid: string } | { answer: 'unresolved' | 'ambiguous' }

const mostCards = 500
const hour = 3_600_000
/** How long an answer is believed, ms: a card that nobody had may be entered at the lab at any time. */
const age = { patient: hour, unresolved: hour / 6, ambiguous: hour / 6 }

const isCardId = Compile(CardId)

/**
 * Whose these cards are, from memory where that is fresh, else from the resolver in batches. A card that the resolver would not take is unresolved.
 */
export async function resolveCards(state: State, resolver: Address, clinicId: number, cardIds: readonly string[],
  now = Date.now()): Promise<Map<string, CardAnswer>> {
  const answers = new Map<string, CardAnswer>()
  const unknown: string[] = []
  for (const cardId of new Set(cardIds)) {
    const known = remembered(state, cardId, now)
    if (known) answers.set(cardId, known)
    else if (isCardId.Check(cardId)) unknown.push(cardId)
    else answers.set(cardId, { answer: 'unresolved' })
  }
  for (const batch of piecesOf(unknown, mostCards)) {
    const { patients, ambiguous } = await askAddress('resolver', resolver, resolvePatients, { cardIds: batch, clinicId })
    // An answer about a card that was not asked, or two answers about one, names nobody.
    for (const cardId of batch) {
      const guids = new Set(patients.filter((patient) => patient.cardId === cardId).map(({ patientGuid }) => patientGuid))
      const [guid] = guids
      const answer: CardAnswer = ambiguous.includes(cardId) || guids.size > 1 ? { answer: 'ambiguous' } : guid
        ? { answer: 'patient', guid } : { answer: 'unresolved' }
      answers.set(cardId, answer)
    }
    state.together(() => batch.forEach((cardId) => remember(state, cardId, answers.get(cardId) ?? { answer: 'unresolved' }, now)))
  }
  return answers
}

function remembered(state: State, cardId: string, now: number): CardAnswer | null {
  const row = state.get('select answer, guid, asked_at from card where card_id = ?', cardId)
  if (!row) return null
  const answer = row.answer as CardAnswer['answer']
  if (now - Number(row.asked_at) > age[answer]) return null
  return answer === 'patient' ? { answer, guid: row.guid as string } : { answer }
}

function remember(state: State, cardId: string, given: CardAnswer, now: number): void {
  state.run('insert or replace into card values (?, ?, ?, ?)', cardId, given.answer, given.answer === 'patient' ? given.guid : null, now)
}

/** Asks anew from now on: somebody says that something was corrected. */
export const forgetCards = (state: State): void => {
  state.run('delete from card')
}
