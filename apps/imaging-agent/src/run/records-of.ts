import { cardsOf, type Records } from '../check/judge-records.ts'
import { resolveCards } from '../resolve/resolve-cards.ts'
import { mostIds } from '../source/source.ts'
import type { Waiting } from '../state/images.ts'
import { piecesOf } from './in-parallel.ts'
import type { Tools } from './tools.ts'

type Named = Pick<Waiting, 'patientId' | 'imageId'>

/** What Sidexis and the lab say about a page of files: four questions at most, however many there are. */
export async function recordsOf({ state, source, settings }: Tools, files: readonly Named[]): Promise<(file: Named) => Records> {
  const patients = await inPieces([...new Set(files.map(({ patientId }) => patientId))], (ids) => source.patients(ids))
  const images = await inPieces([...new Set(files.map(({ imageId }) => imageId))], (ids) => source.images(ids))
  const cards = cardsOf(patients)
  const owners = await inPieces(cards, (ids) => source.cardOwners(ids))
  const answers = await resolveCards(state, settings.resolver, settings.clinicId, cards)
  return ({ patientId, imageId }) => {
    const own = patients.filter((row) => row.patientId === patientId)
    const ownCards = new Set(cardsOf(own))
    return {
      patients: own, image: images.find((row) => row.imageId === imageId) ?? null, owners: owners.filter(({ cardId }) => ownCards.has(cardId)),
      answers: new Map([...answers].filter(([card]) => ownCards.has(card))),
    }
  }
}

async function inPieces<I, T>(ids: readonly I[], ask: (ids: readonly I[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = []
  for (const piece of piecesOf(ids, mostIds)) found.push(...await ask(piece))
  return found
}
