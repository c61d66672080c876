import { boot } from '../../apps/server/src/boot.ts'
import { installDefaults } from '../../apps/server/src/modules/catalog/index.ts'
import { createLab, loadActor } from '../../apps/server/src/modules/labs/index.ts'
import { modules } from '../../apps/server/src/modules.ts'
import { systemActor, useActorLoader } from '../../apps/server/src/platform/auth/index.ts'
import { createApp } from '../../apps/server/src/platform/http/index.ts'
import { change } from '../../apps/server/src/platform/unit-of-work/index.ts'

/** The system in this process with one lab that has the default catalogue, and a key to its routes. */
export async function openLab() {
  const system = await boot()
  const lab = await createLab({ code: 'bench', name: 'Bench' }, { adminUsername: 'admin', adminName: 'Bench', signRank: 9 })
  const actor = systemActor(lab.labId, 'bench')
  await change(actor, installDefaults)
  const { key } = await system.auth.auth.api.createApiKey({ body: { userId: lab.userId, name: 'bench' } })
  useActorLoader(loadActor)
  const app = await createApp({ config: system.config, auth: system.auth, modules })
  return { system, lab, actor, key, app }
}
