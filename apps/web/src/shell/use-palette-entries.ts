import { searchEverything, type SearchHit, type SearchKind } from '@aliquot/contracts'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowRight, IconFile, IconFileInvoice, IconFlask, IconHistory, IconReportMedical, IconServer2, IconTestPipe, IconUser, IconUserCog, type Icon } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useWords } from '../i18n/index.ts'
import { routeQuery } from '../platform/queries.ts'
import { useSession } from '../platform/session.ts'
import { useContributions } from './contributions.ts'
import { recent } from './palette-store.ts'

export interface PaletteEntry {
  key: string
  group: string
  icon: Icon
  title: string
  subtitle?: string
  /** What kind of record it is. */
  kind?: string
  keys?: string | undefined
  run: () => void
}

const kindIcons: Record<SearchKind, Icon> = {
  patient: IconUser, report: IconReportMedical, bill: IconFileInvoice, accession: IconTestPipe, staff: IconUserCog, test: IconFlask,
  object: IconFile, instrument: IconServer2, activity: IconHistory,
}
const leastLetters = 2

/** Together what is of one kind, the kind of the best hit first: Enter still opens the best one. */
const byKind = (hits: readonly SearchHit[]) => [...Map.groupBy(hits, ({ kind }) => kind).values()].flat()

/** What the palette offers for a text: records from the server, then actions and pages. */
export function usePaletteEntries(text: string) {
  const t = useWords()
  const navigate = useNavigate()
  const { can } = useSession()
  const { navigation, commands } = useContributions()
  const [asked] = useDebouncedValue(text, 120)
  const searching = text.length >= leastLetters && can('platform.search')
  const found = useQuery({
    ...routeQuery(searchEverything, { query: { q: asked, limit: 12 } }, { enabled: searching && asked.length >= leastLetters, staleTime: 10_000 }),
    placeholderData: keepPreviousData,
  })

  const record = (group: string) => (hit: SearchHit): PaletteEntry => ({
    key: `${hit.kind} ${hit.id}`, group, icon: kindIcons[hit.kind], title: hit.title, subtitle: hit.subtitle, kind: t(`shell:kind.${hit.kind}`),
    run: () => {
      recent.add(hit)
      void navigate({ href: hit.url })
    },
  })
  const words = text.toLowerCase().split(/\s+/)
  const matches = ({ title }: PaletteEntry) => words.every((word) => title.toLowerCase().includes(word))
  const actions = commands.map((command): PaletteEntry => ({
    key: command.id, group: t('shell:search.actions'), icon: command.icon, title: t(command.label), keys: command.keys,
    run: () => void navigate({ to: command.to, search: command.search as never }),
  }))
  const places = navigation.map((entry): PaletteEntry => ({
    key: entry.to, group: t('shell:search.places'), icon: IconArrowRight, title: t(entry.label), keys: entry.keys,
    run: () => void navigate({ to: entry.to }),
  }))
  const visited = text === '' ? recent.list().map(record(t('shell:search.recent'))) : []
  const records = searching ? byKind(found.data?.hits ?? []).map((hit) => record(t(`shell:kinds.${hit.kind}`))(hit)) : visited

  return {
    entries: [...records, ...actions.filter(matches), ...places.filter(matches)],
    /** The records shown belong to an earlier text: the answer for this one is on its way. */
    waiting: searching && !found.isError && (asked !== text || found.isPending || found.isPlaceholderData),
    failed: searching && found.isError,
  }
}
