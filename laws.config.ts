/** Who may use whom by a direct call: modules of the server and, under the same names, of the web. Read by .dependency-cruiser.mjs and tests/laws. */
export const mayImport = {
  'labs': [],
  'catalog': ['labs'],
  'missing-details': ['labs'],
  'storage': ['labs'],
  'patients': ['labs', 'catalog', 'missing-details', 'storage'],
  'reports': ['labs', 'catalog', 'patients', 'storage', 'missing-details'],
  'billing': ['labs', 'catalog', 'patients', 'reports', 'missing-details'],
  'molecular': ['labs', 'catalog', 'patients', 'reports'],
  'devices': ['labs', 'catalog', 'patients', 'reports', 'storage', 'molecular'],
  'communications': ['labs', 'patients', 'reports', 'billing'],
  'integrations': ['labs', 'catalog', 'patients', 'reports', 'billing'],
  'imaging': ['labs', 'patients', 'storage'],
} satisfies Record<string, string[]>

export const moduleNames = Object.keys(mayImport)

export const allowedFor = (module: string): readonly string[] => (mayImport as Record<string, string[]>)[module] ?? []

/** A module's Postgres schema, and the prefix of its actions, jobs, permissions and error codes. */
export const schemaOf = (module: string): string => module.replaceAll('-', '_')

export const platformSchemas = ['platform', 'auth', 'graphile_worker']

/** Folders of apps/web/src/modules that show the platform itself and have no module of their name in the server. */
export const screensOfThePlatform = ['account', 'activity', 'home']

/**
 * Where something that the laws forbid is right, with the reason: a file, or all of a folder (`…/`). `reach` is what is used
 * there: imported modules, calls such as `fetch`, schemas.
 * An exception that nothing uses any more fails tests/laws.
 */
export const exceptions: readonly { path: string; reach: readonly string[]; because: string }[] = [
  {
    path: 'apps/server/src/commands/build-web.ts', reach: ['node:fs', 'node:child_process'],
    because: 'builds the web where it is missing or older than its sources, before the server starts',
  },
  {
    path: 'apps/server/src/modules/communications/drivers/smtp.ts', reach: ['nodemailer', 'node:net'],
    because: 'e-mail goes out over SMTP, to addresses that are judged first',
  },
  { path: 'apps/server/src/modules/devices/listen/port-locks.ts', reach: ['pg'], because: 'a port is held by a lock of a connection that lives as long as the process' },
  { path: 'apps/server/src/modules/devices/listen/port-server.ts', reach: ['node:net'], because: 'instruments speak over TCP' },
  { path: 'apps/server/src/modules/devices/simulate/', reach: ['node:net'], because: 'a simulated analyser is the other end of such a line' },
  { path: 'apps/server/src/commands/simulate.ts', reach: ['node:fs/promises'], because: 'sends a captured session that somebody names on the command line' },
  { path: 'apps/server/src/commands/antibiogram.ts', reach: ['node:fs/promises'], because: 'counts a file that somebody names on the command line' },
  { path: 'apps/server/src/commands/damaged-pdfs.ts', reach: ['node:fs/promises'], because: 'judges files that somebody names on the command line' },
  { path: 'apps/server/src/modules/labs/', reach: ['auth'], because: 'an account is a sign-in user at work in a lab' },
  { path: 'apps/server/migrations/0002-labs.sql', reach: ['auth'], because: 'the same' },
]
