import { spawn, spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBucket, setCors } from '../apps/server/src/platform/objects/testing.ts'

const usage = `An S3-compatible store for tests: one node of Ceph with its RADOS Gateway, on loopback, in memory.
  npx node scripts/radosgw.ts start               starts it and prints the variables that name it
  npx node scripts/radosgw.ts stop                stops it and forgets what it held
  npx node scripts/radosgw.ts run <command …>     starts one of its own, runs the command with the variables, stops it

Needs Linux and four packages of Debian or Ubuntu:
  apt-get install --no-install-recommends radosgw ceph-mon ceph-osd ceph-common`

const programs = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph', 'monmaptool', 'radosgw-admin']
const shared = join(tmpdir(), 'aliquot-radosgw')
const publicUrl = process.env.PUBLIC_URL || 'http://localhost:3000'

interface Ports {
  mon: number
  gateway: number
}

const cephConf = (folder: string, { mon, gateway }: Ports) => `[global]
fsid = ${randomUUID()}
mon initial members = a
mon host = [v2:127.0.0.1:${mon}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
run dir = ${folder}
log file = ${folder}/$name.log
log to stderr = false
admin socket = ${folder}/$name.asok
mon data = ${folder}/mon
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 4294967296
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
mon allow pool size one = true
mon data avail crit = 1
mon data avail warn = 2
rgw frontends = beast endpoint=127.0.0.1:${gateway}
rgw data = ${folder}/rgw
rgw lifecycle work time = 00:00-00:00
`

/** {@link launch}; what it has started of it is stopped again when it fails. */
async function start(folder: string): Promise<Record<string, string>> {
  try {
    return await launch(folder)
  } catch (error) {
    await stop(folder)
    throw error
  }
}

/** Starts the three daemons in `folder` and gives the environment of whoever uses them. */
async function launch(folder: string): Promise<Record<string, string>> {
  const missing = programs.filter((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error)
  if (missing.length > 0) throw new Error(`Not found: ${missing.join(', ')}.\n\n${usage}`)
  const began = performance.now()
  const ports = { mon: await freePort(), gateway: await freePort() }
  for (const each of ['mon', 'osd', 'rgw']) mkdirSync(join(folder, each), { recursive: true })
  const conf = join(folder, 'ceph.conf')
  writeFileSync(conf, cephConf(folder, ports))
  const tell = (program: string, ...args: string[]) => runToEnd(program, ['-c', conf, ...args])

  const map = join(folder, 'monmap')
  const fsid = /fsid = (.+)/.exec(readFileSync(conf, 'utf8'))?.[1] ?? ''
  runToEnd('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${ports.mon}]`, map])
  tell('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map)
  daemon(folder, 'ceph-mon', ['-c', conf, '-f', '-i', 'a'])
  const osdId = randomUUID()
  tell('ceph', '--connect-timeout', '30', 'osd', 'new', osdId, '0')
  tell('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', osdId)
  daemon(folder, 'ceph-osd', ['-c', conf, '-f', '-i', '0'])
  daemon(folder, 'radosgw', ['-c', conf, '-f', '-n', 'client.rgw'])

  const s3 = {
    endpoint: `http://127.0.0.1:${ports.gateway}`, publicEndpoint: null, region: 'us-east-1', bucket: 'aliquot-test', pathStyle: true,
    accessKeyId: randomBytes(10).toString('hex'), secretAccessKey: randomBytes(20).toString('hex'),
  }
  await untilItAnswers(s3.endpoint, folder)
  tell('radosgw-admin', '-n', 'client.rgw', 'user', 'create', '--uid', 'test', '--display-name', 'test',
    '--access-key', s3.accessKeyId, '--secret-key', s3.secretAccessKey)
  await createBucket(s3)
  await setCors(s3, publicUrl)
  console.error(`radosgw is ready after ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return {
    S3_ENDPOINT: s3.endpoint, S3_REGION: s3.region, S3_BUCKET: s3.bucket, S3_PATH_STYLE: 'on',
    S3_ACCESS_KEY_ID: s3.accessKeyId, S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  }
}

/** Ends the daemons of `folder` by the ids that it started them with, gently and after two seconds firmly, then removes the folder. */
async function stop(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const ids = readdirSync(folder).filter((name) => name.endsWith('.pid')).map((name) => Number(readFileSync(join(folder, name), 'utf8')))
  for (const id of ids) signal(id, 'SIGTERM')
  for (let tries = 0; tries < 20 && ids.some((id) => signal(id, 0)); tries++) await sleep(100)
  for (const id of ids) signal(id, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}

function signal(id: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(id, name)
  } catch {
    return false
  }
}

function daemon(folder: string, program: string, args: string[]): void {
  const output = openSync(join(folder, `${program}.out`), 'a')
  const child = spawn(program, args, { detached: true, stdio: ['ignore', output, output] })
  closeSync(output)
  writeFileSync(join(folder, `${program}.pid`), String(child.pid))
  child.unref()
}

function runToEnd(program: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status ?? 'a signal'}:\n${stdout}${stderr}`)
}

async function untilItAnswers(endpoint: string, folder: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (await fetch(endpoint).then(({ ok }) => ok, () => false)) return
    await sleep(250)
  }
  throw new Error(`radosgw did not answer within a minute:\n${readFileSync(join(folder, 'radosgw.out'), 'utf8').slice(-2000)}`)
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function run([program = '', ...args]: string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'aliquot-radosgw-'))
  try {
    const variables = await start(folder)
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...variables } })
    // Ctrl-C reaches the command by itself; here it must not end this process before the daemons.
    process.on('SIGINT', () => {}).on('SIGTERM', () => child.kill())
    return await new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code ?? 1)))
  } finally {
    await stop(folder)
  }
}

const [verb, ...rest] = process.argv.slice(2)
if (verb === 'start') {
  await stop(shared)
  mkdirSync(shared, { mode: 0o700 })
  for (const [name, value] of Object.entries(await start(shared))) console.log(`export ${name}=${value}`)
} else if (verb === 'stop') await stop(shared)
else if (verb === 'run' && rest.length > 0) process.exitCode = await run(rest)
else {
  console.error(usage)
  process.exitCode = 2
}
