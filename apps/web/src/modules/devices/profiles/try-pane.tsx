import { getMessage, listMessages, tryProfile, type DeviceProfile } from '@aliquot/contracts'
import { Button, SegmentedControl, Select, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, useFormat, useInfinitePages, useRouteQuery } from '../../../platform/index.ts'
import { RawMessage } from '../inbox/raw-message.tsx'
import classes from './profiles.module.css'
import { TryResult } from './try-result.tsx'

/** What the profile, as it is being typed, makes of a message. Nothing is stored. */
export function TryPane({ definition }: { definition: DeviceProfile }) {
  const { t } = useTranslation('devices')
  const format = useFormat()
  const [kind, setKind] = useState<'message' | 'text'>('message')
  const [messageId, setMessageId] = useState<number | null>(null)
  const [text, setText] = useState('')
  const [shown, setShown] = useState(false)
  const recent = useInfinitePages(listMessages, { query: { limit: 50 } }, { live: ['message'] })
  const input = { definition, ...(kind === 'message' ? (messageId === null ? {} : { messageId }) : { text }) }
  const [settled] = useDebouncedValue(input, 400)
  const ready = 'messageId' in settled || ('text' in settled && settled.text !== '')
  const tried = useQuery({ queryKey: ['devices', 'try', settled], queryFn: () => call(tryProfile, { body: settled }), enabled: ready, placeholderData: keepPreviousData, retry: false, gcTime: 60_000 })
  const raw = useRouteQuery(getMessage, { params: { messageId: messageId ?? 0 } }, { enabled: shown && kind === 'message' && messageId !== null, staleTime: Number.POSITIVE_INFINITY })
  return (
    <aside className={classes.try} aria-label={t('try.title')}>
      <h2 className={classes.heading}>{t('try.title')}</h2>
      <SegmentedControl
        size="xs" value={kind} onChange={(value) => setKind(value as typeof kind)}
        data={[{ value: 'message', label: t('try.message') }, { value: 'text', label: t('try.text') }]}
      />
      {kind === 'message' ? (
        <>
          <Select
            aria-label={t('try.message')} placeholder={t('try.choose')} searchable nothingFoundMessage={t('inbox.none')}
            value={messageId === null ? null : String(messageId)}
            data={recent.rows.map((each) => ({ value: String(each.id), label: [`${each.id}`, format.briefly(each.receivedAt), each.instrument?.name ?? each.peer, t(`message_kind.${each.kind}`), each.sampleIds[0]].filter(Boolean).join(' · ') }))}
            onChange={(value) => {
              setMessageId(value === null ? null : Number(value))
              setShown(false)
            }}
          />
          {messageId !== null && !shown && <Button size="xs" variant="default" onClick={() => setShown(true)}>{t('try.show')}</Button>}
          {shown && raw.data && <RawMessage text={raw.data.text} />}
        </>
      ) : (
        <>
          <Textarea
            aria-label={t('try.text')} placeholder={t('try.paste')} autosize minRows={4} maxRows={10} spellCheck={false}
            classNames={{ input: classes.mono ?? '' }} value={text} onChange={(event) => setText(event.currentTarget.value)}
          />
          {text !== '' && <RawMessage text={text} />}
        </>
      )}
      {!ready && <p className={classes.quiet}>{t('try.about')}</p>}
      {ready && tried.isError && (
        <div className={classes.problem} role="alert">
          <IconAlertTriangle size={16} aria-hidden />
          <div>{tried.error.detail || tried.error.message}{tried.error.errors.map(({ path, message }) => <div key={path}><code>{path}</code> {message}</div>)}</div>
        </div>
      )}
      {ready && tried.data && !tried.isError && <div aria-busy={tried.isFetching} className={classes.tried}><TryResult result={tried.data} /></div>}
    </aside>
  )
}
