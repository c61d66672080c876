import { EventEmitter } from 'node:events'
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import { systemActor } from '../auth/actor.ts'
import { thePool } from '../db/index.ts'
import { log } from '../log/index.ts'
import { allJobs, type JobPayload } from '../module/index.ts'
import { keepWorkersKnown } from './free-lost-jobs.ts'
import { countJob } from './metrics.ts'

/** Starts running queued jobs in this process. Any number of processes may do so on one database. */
export async function startWorker(concurrency = 4): Promise<Runner> {
  const taskList: TaskList = {}
  for (const [name, job] of allJobs()) {
    taskList[name] = async (payload, helpers) => {
      const { labId } = payload as JobPayload
      const { attempts, max_attempts: most, id } = helpers.job
      try {
        await job(payload as JobPayload, { actor: systemActor(labId, name, `job-${id}`), attempt: attempts, lastAttempt: attempts >= most })
        countJob(name, 'done')
      } catch (error) {
        countJob(name, attempts >= most ? 'dead' : 'failed')
        log.error({ job: name, jobId: id, attempt: attempts, err: error instanceof Error ? error.message : String(error) }, 'job failed')
        throw error
      }
    }
  }
  const workerIds = new Set<string>()
  const events: WorkerEvents = new EventEmitter()
  events.on('worker:create', ({ worker }) => workerIds.add(worker.workerId))
  events.on('worker:stop', ({ worker }) => workerIds.delete(worker.workerId))
  const runner = await run({ events, pgPool: thePool(), concurrency, noHandleSignals: true, pollInterval: 1000, taskList, logger: new Logger(() => (level, message) => {
    if (level === 'error') log.error(message)
    else log.debug(message)
  }) })
  const stop = keepWorkersKnown(workerIds, (error) => log.error({ err: error instanceof Error ? error.message : String(error) }, 'lost jobs could not be freed'))
  void runner.promise.finally(stop).catch(() => {})
  return runner
}
