import { getReportLink, openReportLink, urlOf, type ReportLink } from '@aliquot/contracts'
import { Button, Loader, TextInput } from '@mantine/core'
import { IconClock, IconFileText, IconHourglass, IconLinkOff, IconPlugConnectedX, IconRefreshAlert, type Icon } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteQuery, type ApiProblem } from '../../../platform/index.ts'
import type { Tone } from '../../../theme/tones.ts'
import { PdfPreview, toneStyle } from '../../../ui/index.ts'
import classes from './link.module.css'
import { openLink } from './open-link.ts'
import { typedBirthDate } from './typed-birth-date.ts'

/** Where a link in a message leads: no session, the report for who knows the birth date. */
export function LinkPage() {
  const { t } = useTranslation('communications')
  const { token = '' } = useParams({ strict: false })
  const query = useRouteQuery(getReportLink, { params: { token } }, { staleTime: 0 })
  const [pdf, setPdf] = useState<Blob | null>(null)
  useEffect(() => {
    document.title = t('link.page')
  }, [t])
  if (pdf) return <div className={classes.reader}><PdfPreview url={urlOf(openReportLink, { params: { token } })} bytes={pdf} fileName="report.pdf" /></div>
  const invalid = query.error && [400, 404].includes(query.error.status)
  return (
    <div className={classes.page}>
      <main className={classes.card} aria-live="polite">
        {query.isPending && <Loader my="xl" />}
        {invalid && <Sign tone="red" icon={IconLinkOff} title={t('link.invalid')}>{t('link.invalid_text')}</Sign>}
        {query.error && !invalid && (
          <Sign tone="neutral" icon={IconPlugConnectedX} title={t('link.unreachable')}><Button onClick={() => void query.refetch()}>{t('link.again')}</Button></Sign>
        )}
        {query.data && <Found link={query.data} token={token} onOpen={setPdf} onChanged={() => void query.refetch()} />}
      </main>
    </div>
  )
}

const signs = {
  expired: { tone: 'amber', icon: IconClock }, locked: { tone: 'amber', icon: IconHourglass }, being_revised: { tone: 'blue', icon: IconRefreshAlert },
} as const

interface FoundProps {
  link: ReportLink
  token: string
  onOpen: (pdf: Blob) => void
  onChanged: () => void
}

function Found({ link, token, onOpen, onChanged }: FoundProps) {
  const { t, i18n } = useTranslation('communications')
  const { labName, labPhone, state } = link
  const until = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(new Date(link.expiresAt))
  return (
    <>
      <p className={classes.caption}>{t('link.from', { lab: labName })}</p>
      {state === 'ready'
        ? <OpenForm link={link} token={token} until={until} onOpen={onOpen} onChanged={onChanged} />
        : <Sign {...signs[state]} title={t(`link.${state}`)}>{t(`link.${state}_text`, { lab: labName })}</Sign>}
      {labPhone && <footer className={classes.footer}><a href={`tel:${labPhone.replaceAll(' ', '')}`}>{t('link.call', { phone: labPhone })}</a></footer>}
    </>
  )
}

function OpenForm({ link, token, until, onOpen, onChanged }: FoundProps & { until: string }) {
  const { t } = useTranslation('communications')
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const open = useMutation<Blob, ApiProblem, string | undefined>({
    mutationFn: (birthDate) => openLink(token, birthDate), onSuccess: onOpen,
    onError: (problem) => {
      if (problem.code === 'communications.birth_date_wrong') setFault(t('link.wrong'))
      else onChanged()
    },
  })
  return (
    <form
      className={classes.form} onSubmit={(event) => {
        event.preventDefault()
        const birthDate = link.asksBirthDate ? typedBirthDate(typed) : undefined
        if (birthDate === null) setFault(t('link.bad_date'))
        else open.mutate(birthDate)
      }}
    >
      <IconFileText size={52} stroke={1.4} aria-hidden />
      <h1>{t('link.ready', { count: link.reports })}</h1>
      {link.asksBirthDate && (
        <>
          <p>{t('link.birth_about')}</p>
          <TextInput
            size="md" label={t('link.birth_date')} placeholder="31/12/1985" inputMode="numeric" autoComplete="bday" autoFocus value={typed} error={fault}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              setFault(null)
            }}
          />
        </>
      )}
      <Button type="submit" size="md" fullWidth loading={open.isPending}>{t('link.open')}</Button>
      <p className={classes.until}>{t('link.until', { day: until })}</p>
    </form>
  )
}

function Sign({ tone, icon: SignIcon, title, children }: { tone: Tone; icon: Icon; title: string; children: ReactNode }) {
  return <section className={classes.sign} style={toneStyle(tone)}><SignIcon size={52} stroke={1.5} aria-hidden /><h1>{title}</h1><p>{children}</p></section>
}
