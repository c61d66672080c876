import { enableCompileCache } from 'node:module'
import { Command } from 'commander'
import { ConfigError } from './platform/config/index.ts'

// A second start takes two thirds of the first one's time to load.
enableCompileCache()
// A library of the embedded Postgres would otherwise end the process at this point, with 0 whatever a command found.
process.once('beforeExit', () => process.exit())

const program = new Command('aliquot').description('Aliquot, an open laboratory information system').showHelpAfterError()
  .addHelpText('after', '\nThe environment decides the rest: PORT, HOST, PUBLIC_URL, ALIQUOT_DATA, DATABASE_URL, ALIQUOT_SECRET, LOG_LEVEL, … (docs/operations.md)')

program.command('start').description('Starts the system; brings its own database unless DATABASE_URL names one')
  .option('--roles <roles>', 'which parts this process plays: web, worker, devices', 'web,worker,devices')
  .option('--no-demo', 'do not make the demo lab in an empty database')
  .option('--no-build', 'do not build the web; serve what was built before')
  .action(async (options) => (await import('./commands/start.ts')).start(options))

program.command('migrate').description('Brings the database up to date and ends')
  .action(async () => (await import('./commands/migrate.ts')).migrateOnly())

program.command('api-key').description('Makes an API key and prints it, alone')
  .requiredOption('--lab <code>', 'code of the lab').requiredOption('--user <name>', 'user name of the account that the key acts as')
  .option('--name <text>', 'what the key is for', 'command line')
  .action(async (options) => (await import('./commands/api-key.ts')).printApiKey(options))

program.command('sign-in-link').description('Prints a one-time sign-in link for an account: for whoever forgot their password or lost their second factor')
  .requiredOption('--lab <code>', 'code of the lab').requiredOption('--user <name>', 'user name of the account')
  .action(async (options) => (await import('./commands/sign-in-link.ts')).printSignInLink(options))

program.command('demo').description('Makes the demo lab where there is none and fills it with a month of work')
  .option('--days <n>', 'how many days, counted back from today', '30').option('--patients <n>', 'patients a day', '40')
  .action(async (options) => (await import('./commands/demo.ts')).fillDemo(options))

const simulate = program.command('simulate').description('Plays an analyser that sends results, or asks for orders')
for (const [protocol, says] of [['hl7', 'HL7 version 2 over MLLP'], ['astm', 'ASTM LIS01/LIS02 over TCP']] as const) {
  simulate.command(protocol).description(says)
    .option('--host <address>', 'where the system listens', '127.0.0.1').requiredOption('--port <number>', 'the port that its instrument is set up with')
    .option('--file <capture>', 'send a captured session instead of made-up results').option('--count <n>', 'how often', '1')
    .option('--samples <ids>', 'sample ids, with commas between', 'SIM-1').option('--query', 'ask for the orders of the samples', false)
    .option('--fault <name>', 'lost-ack, cut, slow, duplicate; ASTM also nak, contention, wrong-number, checksum').option('--rate <n>', 'messages a second')
    .action(async (options) => {
      const commands = await import('./commands/simulate.ts')
      await (protocol === 'hl7' ? commands.simulateHl7(options) : commands.simulateAstm(options))
    })
}

program.command('damaged-pdfs').description('Opens damaged, odd and hostile PDFs as uploads are opened, and prints what became of each')
  .argument('[paths...]', 'PDFs, or folders of them; without any, those that it makes itself')
  .action(async (paths) => (await import('./commands/damaged-pdfs.ts')).damagedPdfs(paths))

program.command('antibiogram').description('Prints the cumulative antibiogram of a file of isolates: isolate_id, date, patient, organism, one column per drug')
  .argument('<file>', 'CSV, also with semicolons, bars or tabs')
  .option('--method <name>', 'all, first-per-patient, episode, first-per-patient-and-specimen, phenotype-points, phenotype-key', 'first-per-patient')
  .option('--episode-days <n>', 'an episode ends so many days after its first isolate; also of the phenotypes', '365')
  .option('--min <n>', 'leave out what fewer isolates were tested for', '30').option('--susceptible <rule>', 'S, or SI to count I and SDD too', 'S')
  .option('--from <date>', 'first day').option('--to <date>', 'first day after the period')
  .option('--by <column>', 'one table for each value of a column, or for each year, quarter or month')
  .option('--combine <drugs>', 'AMC+GEN: drugs given together; may be repeated', (text: string, before: string[]) => [...before, text], [])
  .option('--only-all-tested', 'combinations count only isolates that were tested for each of their drugs', false)
  .option('--drugs <columns>', 'which columns are drugs, with commas between, where their values do not say so')
  .option('--dates <order>', 'dmy or mdy, where dates have the year last').option('--format <name>', 'csv or table', 'csv')
  .action(async (file, options) => (await import('./commands/antibiogram.ts')).printAntibiogram(file, options))
program.command('reindex').description('Writes the search documents anew, also into a new index of the search cluster where there is one')
  .option('--kind <kind>', 'one kind only, such as patient')
  .action(async (options) => (await import('./commands/reindex.ts')).reindexAll(options))

program.command('backup').description('Writes everything to one file while the system runs: all rows as of one moment, and the stored files')
  .argument('<file>', 'the file to make; one of that name is replaced when the new one is whole')
  .action(async (file) => (await import('./commands/backup.ts')).backup(file))

program.command('restore').description('Fills an empty database from a file that backup made')
  .argument('<file>', 'the backup')
  .action(async (file) => (await import('./commands/restore.ts')).restore(file))

program.command('verify-log').description('Recomputes the hash chain of the activity log and names what does not fit')
  .option('--lab <code>', 'one lab only')
  .action(async (options) => (await import('./commands/verify-log.ts')).verifyActivityLog(options))

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : (error as Error).stack)
  process.exitCode = 1
}
