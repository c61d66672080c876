import type { AccountKind, Permission } from '@aliquot/contracts'
import { afterAll } from 'vitest'
import { createAuth, systemActor, useActorLoader, type Actor, type Auth } from '#platform/auth'
import type { TestDatabase } from '#platform/testing'
import { change } from '#platform/unit-of-work'
import { createApiKey } from './create-api-key.ts'
import { createLab, type CreatedLab, type NewLab } from './create-lab.ts'
import { createStaff } from './create-staff.ts'
import { loadActor } from './load-actor.ts'
import { staffNamed } from './staff-named.ts'

let made = 0

/** A new lab with an administrator. */
export function aLab(lab: Partial<NewLab> = {}): Promise<CreatedLab> {
  const number = ++made
  return createLab({ code: `lab${number}`, name: `Lab ${number}`, ...lab }, { adminUsername: 'admin', adminName: 'Asha Admin' })
}

/** The sign-in of this test file, for `createApp` and {@link signInAs}; closed by itself. */
export function testAuth({ config, url }: TestDatabase): Auth {
  const auth = createAuth(config, url)
  useActorLoader(loadActor)
  afterAll(() => auth.close())
  return auth
}

export interface SignedIn {
  accountId: number
  /** For `app.inject({ headers })`: a real API key. */
  headers: { authorization: string }
  /** The same account for commands and queries called directly. */
  actor: Actor
}

interface Someone {
  username?: string
  name?: string
  kind?: AccountKind
  roleId?: number
  doctorId?: number
  organisationId?: number
  signRank?: number
}

/** A new account of the lab with just these permissions (and those of its role, if given), and a key to act as it. Needs {@link testAuth}. */
export async function signInAs({ labId }: { labId: number }, permissions: Permission[] = [], someone: Someone = {}): Promise<SignedIn> {
  const number = ++made
  const system = systemActor(labId, 'test')
  const account = await change(system, (tx) =>
    createStaff(tx, { kind: 'staff', username: `user${number}`, name: `User ${number}`, permissions, ...someone }))
  const { key } = await createApiKey(system, account.id, { name: 'test' })
  return { accountId: account.id, headers: { authorization: `Bearer ${key}` }, actor: await staffNamed(system, account.username) }
}

export { updateDoctor } from './update-doctor.ts'
