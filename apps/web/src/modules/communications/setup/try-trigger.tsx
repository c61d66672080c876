import { tryTrigger } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation } from '../../../platform/index.ts'
import { DateTime, ToneBadge } from '../../../ui/index.ts'
import { AsSeen } from '../log/as-seen.tsx'
import classes from '../messages.module.css'
import { bodyOf, type TriggerValues } from './trigger-values.ts'

/** What the trigger, as it stands on the form, would have sent for the newest event of its kind. */
export function TryTrigger({ values }: { values: TriggerValues }) {
  const { t } = useTranslation('communications')
  const tried = useRouteMutation(tryTrigger)
  const run = () => {
    const { name: _name, disabled: _disabled, ...asked } = bodyOf(values)
    tried.mutate({ body: asked })
  }
  return (
    <section className={classes.stack} aria-label={t('trigger.try')}>
      <div>
        <Button size="xs" variant="default" leftSection={<IconPlayerPlay size={15} />} loading={tried.isPending} disabled={values.templateIds.length === 0 || values.kinds.length === 0} onClick={run}>
          {t('trigger.try')}
        </Button>{' '}
        <span className={classes.quiet}>{t('trigger.try_about')}</span>
      </div>
      {tried.data && <div className={classes.quiet}>{tried.data.about === null ? t('trigger.tried_nothing') : tried.data.about}</div>}
      {tried.data?.about && tried.data.messages.length === 0 && <div>{t('trigger.tried_none')}</div>}
      {tried.data?.messages.map((message, index) => (
        <div key={index} className={classes.stack} style={{ gap: 6 }}>
          <div className={classes.side}>
            <span>{message.recipient.name} · {message.recipient.address ?? t('no_address')}</span>
            {message.withheld === null
              ? <ToneBadge tone="green">{t('trigger.sends')} <DateTime at={message.sendsAt} /></ToneBadge>
              : <ToneBadge tone="amber">{t('trigger.withheld', { reason: message.withheld })}</ToneBadge>}
          </div>
          <AsSeen {...message} to={message.recipient.address} />
        </div>
      ))}
    </section>
  )
}
