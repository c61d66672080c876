import { closeCircuit, listPartners, rotateSecret, testPartner, type Partner } from '@aliquot/contracts'
import { Alert, Button } from '@mantine/core'
import { IconKey, IconPlayerPlay, IconSend } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteMutation, useSession } from '../../../platform/index.ts'
import { ConfirmButton, DateTime } from '../../../ui/index.ts'
import classes from '../integrations.module.css'
import { HealthMark } from '../marks.tsx'

/** How it goes with a partner, and what can be done about it at once. */
export function PartnerHealth({ partner, onSecret }: { partner: Partner; onSecret: (secret: string) => void }) {
  const { t } = useTranslation('integrations')
  const { can } = useSession()
  const { number } = useFormat()
  const [said, setSaid] = useState<{ well: boolean; text: string } | null>(null)
  const { health, id, version } = partner
  const params = { partnerId: id }
  const refreshes = [listPartners]
  const test = useRouteMutation(testPartner, {
    refreshes, onSuccess: ({ status, trouble, milliseconds }) => setSaid({
      well: trouble === null,
      text: trouble === null ? t('health_panel.answered', { status, milliseconds: number(milliseconds) }) : t('health_panel.no_answer', { trouble }),
    }),
  })
  const rest = useRouteMutation(closeCircuit, { refreshes, done: t('health_panel.rest_ended') })
  const rotate = useRouteMutation(rotateSecret, { refreshes, onSuccess: ({ secret }) => secret !== null && onSecret(secret) })
  return (
    <section className={classes.health} aria-label={t('health_panel.title')}>
      <div className={classes.row}>
        <HealthMark partner={partner} />
        {health.trouble && <span>{health.trouble}</span>}
        {health.failingSince && <span className={classes.quiet}>{t('health_panel.since')} <DateTime at={health.failingSince} show="relative" /></span>}
        {!health.failingSince && health.lastSuccessAt && <span className={classes.quiet}>{t('health_panel.last')} <DateTime at={health.lastSuccessAt} show="relative" /></span>}
      </div>
      <div className={classes.row}>
        <Link className={classes.link} to="/integrations/events" search={{ partnerId: id, state: 'pending' }}>{t('health_panel.waiting', { count: health.waiting })}</Link>
        <Link className={classes.link} to="/integrations/events" search={{ partnerId: id, state: 'failed' }}>{t('health_panel.failed', { count: health.failed })}</Link>
        <span className={classes.quiet}>{t('health_panel.today', { count: health.deliveredToday })}</span>
      </div>
      <div className={classes.row}>
        {can('integrations.manage') && (
          <Button size="xs" variant="default" leftSection={<IconSend size={15} />} loading={test.isPending} onClick={() => test.mutate({ params, body: {} })}>{t('health_panel.test')}</Button>
        )}
        {can('integrations.replay') && health.circuit !== 'closed' && (
          <Button size="xs" leftSection={<IconPlayerPlay size={15} />} loading={rest.isPending} onClick={() => rest.mutate({ params, body: {} })}>{t('health_panel.end_rest')}</Button>
        )}
        {can('integrations.manage') && partner.secretHints.length === 1 && (
          <ConfirmButton
            size="xs" variant="default" leftSection={<IconKey size={15} />} title={t('secret.new')} text={t('secret.new_about')} confirm={t('secret.new')}
            onConfirm={() => rotate.mutateAsync({ params, body: { version } })}
          >
            {t('secret.new')}
          </ConfirmButton>
        )}
        {can('integrations.manage') && partner.secretHints.length === 2 && (
          <ConfirmButton
            size="xs" variant="default" leftSection={<IconKey size={15} />} title={t('secret.drop')} confirm={t('secret.drop')}
            text={t('secret.drop_about', { hint: partner.secretHints[1] })} onConfirm={() => rotate.mutateAsync({ params, body: { version, drop: true } })}
          >
            {t('secret.drop')}
          </ConfirmButton>
        )}
      </div>
      {said && <Alert color={said.well ? 'green' : 'red'} variant="light" role="status">{said.text}</Alert>}
      <span className={classes.quiet}>{t('secret.hints', { hints: partner.secretHints.map((hint) => `…${hint}`).join(', ') })}</span>
    </section>
  )
}
