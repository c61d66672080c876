import type { DeviceProfile } from '@aliquot/contracts'
import { compileExtract } from './evaluate.ts'
import { printPlace, readPlace } from './place.ts'
import type { Part, Place } from './place.ts'
import { aloneAt } from './scan.ts'

/** A sample of which the instrument asks what is ordered. */
export interface Queried {
  /** '' where the query names none. */
  sampleId: string
  /** The field as sent, unescaped. */
  raw: string
}

/** With the record that asks, and the repeat of the field that names the sample. */
export interface Asked extends Queried {
  part: Part
  place: Place
}

/** Every sample that a query names: one for each repeat, in each record, of the first place that is filled. */
export const askedIn = ({ query }: DeviceProfile, asking: readonly Part[]): Asked[] => {
  const places = (query?.sample.from ?? []).map(readPlace).filter((place) => place !== null)
  for (const place of places) {
    const asked = asking.filter(({ type }) => type === place.type).flatMap((part) => repeatsOf(part, place).map((one) => askedAt(query, part, one)))
    if (asked.length > 0) return asked
  }
  for (const place of places) {
    const part = asking.find(({ type }) => type === place.type)
    if (part) return [{ sampleId: '', raw: '', part, place }]
  }
  return []
}

const askedAt = (query: DeviceProfile['query'], part: Part, place: Place): Asked => ({
  sampleId: query ? compileExtract({ ...query.sample, from: [printPlace(place)] })(aloneAt([[part]])) : '',
  raw: part.one({ ...place, component: null, subcomponent: null }),
  part,
  place,
})

/** The place in every repeat of its field, unless it names one. */
const repeatsOf = (part: Part, place: Place): Place[] => {
  const all = place.repeat === null ? part.structure(place.field).map((_, index) => ({ ...place, repeat: index + 1 })) : [place]
  return all.filter((one) => part.one(one).trim() !== '')
}
