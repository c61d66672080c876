import type { BesideProps, Manifest } from '../platform/manifest.ts'
import { modules } from '../modules.ts'
import { useSession } from '../platform/session.ts'

const all: readonly Manifest[] = modules

/** What other modules add to the buttons of a patient's or a report's page. */
export function Beside(of: BesideProps) {
  const { can } = useSession()
  return all.flatMap(({ name, beside = [] }) => beside.filter(({ permission }) => can(permission)).map(({ component: Part }, index) => <Part key={`${name}${index}`} {...of} />))
}
