/** Who is asking. Every command and query is done by one actor in one lab. */
export interface Actor {
  kind: 'staff' | 'doctor' | 'organisation' | 'instrument' | 'integration' | 'system' | 'public'
  labId: number
  /** The lab account, null for the system itself. */
  accountId: number | null
  userId: string | null
  name: string
  permissions: ReadonlySet<string>
  /** 0: may not sign. A report is final once signed by somebody of the rank that its department asks for. */
  signRank: number
  /** Portal users reach only what belongs to their doctor or organisation; row-level security holds it. */
  doctorId: number | null
  organisationId: number | null
  requestId: string
}

/** The system acting by itself: a job, a migration, the demo. It may do everything within one lab. */
export function systemActor(labId: number, name: string, requestId = name): Actor {
  return { kind: 'system', labId, accountId: null, userId: null, name, permissions: everything, signRank: 0, doctorId: null, organisationId: null, requestId }
}

const everything: ReadonlySet<string> = new (class extends Set<string> {
  override has() {
    return true
  }
})()

/** Who did it, kept beside the record: the name stays what it was. */
export const actorRef = ({ accountId, name, kind }: Actor): { id: number | null; name: string; kind: Actor['kind'] } => ({ id: accountId, name, kind })
