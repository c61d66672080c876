import { getConsent, MessageChannel, setConsent, type Consent } from '@aliquot/contracts'
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useRouteQuery } from '../../../platform/index.ts'
import { ChannelMark } from '../looks.tsx'
import classes from '../messages.module.css'

/** By which ways the patient agreed to be reached: one click each, recorded at once. */
export function ConsentFields({ patientId }: { patientId: number }) {
  const { t } = useTranslation('communications')
  const { data } = useRouteQuery(getConsent, { params: { patientId } }, { live: [`patient:${patientId}`] })
  const save = useRouteMutation(setConsent, { done: t('consent.saved'), refreshes: [getConsent] })
  if (!data) return null
  const say = (channel: MessageChannel, said: string) => {
    const { version, sms, whatsapp, email, language }: Consent = data
    save.mutate({ params: { patientId }, body: { version, sms, whatsapp, email, language, [channel]: said === 'unknown' ? null : said === 'yes' } })
  }
  return (
    <section className={classes.stack} style={{ gap: 8 }} aria-label={t('consent.title')}>
      <h3 className={classes.heading}>{t('consent.title')}</h3>
      {MessageChannel.enum.map((channel) => (
        <div key={channel} className={classes.side}>
          <ChannelMark channel={channel} />
          <SegmentedControl
            size="xs" disabled={save.isPending} aria-label={t(`channel.${channel}`)} value={data[channel] === null ? 'unknown' : data[channel] ? 'yes' : 'no'}
            data={(['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: t(`consent.${value}`) }))} onChange={(said) => say(channel, said)}
          />
        </div>
      ))}
      <span className={classes.quiet}>{t(`consent.policy_${data.withoutConsent}`)}</span>
    </section>
  )
}
