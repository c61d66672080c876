import { countDeviceResults, dismissResults, listDeviceResults, type DeviceResult } from '@aliquot/contracts'
import { Button, Modal } from '@mantine/core'
import { IconBan, IconBarcode, IconChecks, IconDownload } from '@tabler/icons-react'
import { notifications } from '@mantine/notifications'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useShortcuts } from '../../../platform/index.ts'
import { isTyping } from '../../../platform/shortcuts.ts'
import { ConfirmForm, KeyHint } from '../../../ui/index.ts'
import { isDoubtless } from './doubtless.ts'
import { MatchDialog } from './match-dialog.tsx'
import classes from './queue.module.css'
import { RefusedDialog } from './refused-dialog.tsx'
import { mostReleased, useRelease } from './use-release.ts'

type Asking = { what: 'match' | 'confirm' | 'dismiss' | 'all'; results: readonly DeviceResult[] }

interface QueueActionsOptions {
  held: boolean
  enabled: boolean
  /** The selected rows, or the current one. */
  targets: readonly DeviceResult[]
  /** All rows on screen. */
  all: readonly DeviceResult[]
  onSettled: (done: ReadonlySet<number>, refused: ReadonlySet<number>) => void
}

/** What is done with results: released, matched, dismissed; by button, by key and from the headings. */
export function useQueueActions({ held, enabled, targets, all, onSettled }: QueueActionsOptions) {
  const { t } = useTranslation('devices')
  const [asking, setAsking] = useState<Asking | null>(null)
  const { release, pending, refused, forget } = useRelease(onSettled)
  const dismiss = useRouteMutation(dismissResults, { refreshes: [listDeviceResults, countDeviceResults], done: ({ dismissed }) => t('queue.dismissed', { count: dismissed }) })
  const doubtless = all.filter(isDoubtless)
  const ask = (what: Asking['what'], results: readonly DeviceResult[] = targets) => results.length > 0 && setAsking({ what, results: results.slice(0, mostReleased) })

  const releaseTargets = () => {
    if (!enabled || targets.length === 0 || pending) return
    if (held) notifications.show({ id: 'held', color: 'yellow', message: t('queue.not_yet') })
    else if (targets.some(({ reason }) => reason !== null)) ask('confirm')
    else void release(targets).catch(() => {})
  }
  const releaseAll = () => enabled && !held && !pending && ask('all', doubtless)
  useShortcuts(enabled ? [
    { keys: 'r', label: t('queue.release'), run: releaseTargets },
    { keys: 'd', label: t('queue.dismiss'), run: () => ask('dismiss') },
    ...(held ? [{ keys: 'm', label: t('step.match'), run: () => ask('match') }] : [{ keys: 'shift+r', label: t('queue.release_all'), run: releaseAll }]),
  ] : [])
  useCapitalR(releaseAll)

  const close = () => setAsking(null)
  const idsOf = (results: readonly DeviceResult[]) => new Set(results.map(({ id }) => id))
  const { what, results } = asking ?? { what: null, results: [] }
  const bar = enabled && (
    <div className={classes.actions}>
      {held && (
        <Button
          size="xs" variant="default" leftSection={<IconBarcode size={15} />} rightSection={<KeyHint keys="m" />} disabled={targets.length === 0}
          onClick={() => ask('match')}
        >
          {t('step.match')}
        </Button>
      )}
      <Button
        size="xs" variant="default" leftSection={<IconBan size={15} />} rightSection={<KeyHint keys="d" />} disabled={targets.length === 0}
        onClick={() => ask('dismiss')}
      >
        {t('queue.dismiss')}
      </Button>
      {!held && <Button size="xs" leftSection={<IconDownload size={15} />} rightSection={<KeyHint keys="r" />} disabled={targets.length === 0} loading={pending} onClick={releaseTargets}>
        {targets.length > 1 ? t('queue.release_count', { count: targets.length }) : t('queue.release')}
      </Button>}
      {!held && (
        <Button
          size="xs" leftSection={<IconChecks size={15} />} rightSection={<KeyHint keys="shift+r" />} variant="default"
          disabled={doubtless.length === 0} onClick={releaseAll}
        >
          {t('queue.release_all')}
        </Button>
      )}
    </div>
  )
  const dialogs = (
    <>
      <MatchDialog results={what === 'match' ? results : []} onClose={close} onMatched={() => onSettled(idsOf(results), new Set())} />
      <Modal opened={what === 'dismiss'} onClose={close} title={t('queue.dismiss_title', { count: results.length })}>
        <ConfirmForm
          text={t('queue.dismiss_text')} confirm={t('queue.dismiss')} askReason dangerous onClose={close}
          onConfirm={async (reason) => {
            await dismiss.mutateAsync({ body: { resultIds: results.map(({ id }) => id), reason } })
            onSettled(idsOf(results), new Set())
          }}
        />
      </Modal>
      <Modal
        opened={what === 'confirm'} onClose={close} size="lg"
        title={t('queue.confirm_title', { count: results.filter(({ reason }) => reason !== null).length })}
      >
        <Doubts results={results.filter(({ reason }) => reason !== null)} />
        <ConfirmForm confirm={t('queue.confirm')} dangerous onClose={close} onConfirm={() => release(results, true)} />
      </Modal>
      <Modal opened={what === 'all'} onClose={close} title={t('queue.all_title', { count: results.length })}>
        <ConfirmForm
          text={all.length > results.length ? t('queue.all_text_some', { count: all.length - results.length }) : t('queue.all_text')}
          confirm={t('queue.release_count', { count: results.length })} onClose={close}
          onConfirm={() => release(results)}
        />
      </Modal>
      <RefusedDialog refused={refused} onClose={forget} />
    </>
  )
  return { releaseTargets, ask, bar, dialogs }
}

/** What speaks against each result, for whoever releases it all the same. */
function Doubts({ results }: { results: readonly DeviceResult[] }) {
  const { t } = useTranslation('devices')
  return (
    <ul className={classes.refused}>
      {results.map((result) => (
        <li key={result.id}>
          <div><b>{result.parameter?.name ?? result.testCode}</b> {result.result ?? result.value} {result.resultUnit ?? result.unit} · {result.report?.patient ?? result.sampleId}</div>
          <div className={classes.doubt}>
            {result.reason && t(`reason.${result.reason}`)}{result.detail && `: ${result.detail}`}{result.flags.length > 0 && ` (${result.flags.join(', ')})`}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Shortcuts know letters without their case; R alone means more than r. */
function useCapitalR(run: () => unknown): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'R' || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('[role="dialog"][aria-modal="true"]')) return
      event.preventDefault()
      event.stopImmediatePropagation()
      latest.current()
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
}
