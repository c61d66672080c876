import { Command } from 'commander'
import { SettingsError } from './config/check-values.ts'
import { readValues, type Given } from './config/read-values.ts'
import { flagOf, ruleOf, settingNames, variableOf, type SettingName } from './config/setting-list.ts'

// The parts of Node that it calls experimental are pinned by the version that npm brings; other warnings are shown.
process.removeAllListeners('warning')
process.on('warning', ({ name, message }) => name !== 'ExperimentalWarning' && process.stderr.write(`${name}: ${message}\n`))

const program = new Command('imaging-agent').description("Sends a dental practice's X-rays from Sidexis to the lab").showHelpAfterError()
program.option('--data <folder>', 'settings, state and lock of this agent', process.env.IMAGING_DATA || process.env.STATE_DIRECTORY
  || '.imaging-agent')
for (const name of settingNames) {
  const { kind, help, fallback } = ruleOf(name)
  if (kind !== 'secret') program.option(`${flagOf(name)} <${kind}>`, fallback ? `${help} (default ${fallback})` : help)
}
program.addHelpText('after', `
Each flag is also a variable of the environment: ${variableOf('sqlServer')} for ${flagOf('sqlServer')}. Secrets are variables only, or files that
variables name: ${settingNames.filter((name) => ruleOf(name).kind === 'secret').map(variableOf).join(', ')}, each also with _FILE.`)

program.command('run', { isDefault: true }).description('Sends images and waits for more, until it is stopped').option('--once',
  'ends when all that is there was looked at', false)
  .action(async ({ once }: { once: boolean }) => (await import('./commands/run.ts')).runUnattended(given(), once))
program.command('screen').description('Serves the page where everything is entered, tried out and run; to this machine only')
  .option('--port <number>', 'where it is served', '7317')
  .action(async ({ port }: { port: string }) => (await import('./commands/screen.ts')).showScreen(given(), Number(port)))
program.command('test').description('Tries all four connections').action(async () =>
  (await import('./commands/try-connections.ts')).tryConnections(given()))
program.command('skipped').description('Prints what was set aside and why, as CSV').action(async () =>
  (await import('./commands/skipped.ts')).printSkipped(given()))

function given(): Given {
  const { data, ...flags } = program.opts<{ data: string } & Partial<Record<SettingName, string>>>()
  return readValues(data, flags, process.env)
}

try {
  await program.parseAsync()
} catch (error) {
  const expected = error instanceof SettingsError || (error as Error).cause !== undefined
  process.stderr.write(`${expected ? (error as Error).message : (error as Error).stack}\n`)
  process.exitCode = 1
}
