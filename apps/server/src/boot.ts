import { createAuth, useActorLoader, type Auth } from './platform/auth/index.ts'
import { closeCache, openCache } from './platform/cache/index.ts'
import { readConfig, useConfig, type Config } from './platform/config/index.ts'
import { closePool, migrate, openPool, startEmbedded } from './platform/db/index.ts'
import { closeDocuments } from './platform/documents/index.ts'
import { registerModules } from './platform/module/index.ts'
import { openObjects } from './platform/objects/index.ts'
import { pusherBroadcaster, stopPublishing, useBroadcaster } from './platform/realtime/index.ts'
import { openSearch, theCluster, useCluster } from './platform/search/index.ts'
import { loadActor } from './modules/labs/index.ts'
import { modules } from './modules.ts'

/** The parts that every command of the program stands on. */
export interface System {
  config: Config
  url: string
  auth: Auth
  close(): Promise<void>
}

/** Reads the configuration, starts or joins the database, brings it up to date and makes the modules known. */
export async function boot(say: (line: string) => void = () => {}): Promise<System> {
  const config = useConfig(readConfig())
  const embedded = config.databaseUrl ? null : await startEmbedded(config.dataFolder)
  const url = config.databaseUrl ?? embedded?.url ?? ''
  try {
    const applied = await migrate(url)
    if (applied > 0) say(`the database is up to date: ${applied} migrations applied`)
    openPool(url, config)
    const store = openObjects(config)
    await store.ready()
    registerModules(modules)
    useBroadcaster(config.pusher && pusherBroadcaster(config.pusher))
    await openCache(config.redisUrl)
    useCluster(config.searchCluster && await openSearch(config.searchCluster))
    useActorLoader(loadActor)
    const auth = createAuth(config, url)
    return {
      config, url, auth,
      async close() {
        await closeDocuments()
        await theCluster()?.close()
        await closeCache()
        await stopPublishing()
        await auth.close()
        await closePool()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
