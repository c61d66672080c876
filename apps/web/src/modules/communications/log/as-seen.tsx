import type { MessageChannel } from '@aliquot/contracts'
import { IconPaperclip } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import classes from '../messages.module.css'

interface AsSeenProps {
  channel: MessageChannel
  subject: string | null
  body: string
  to?: string | null
  attachments?: readonly string[]
}

/** A message as its recipient sees it: a bubble on a phone, or an e-mail. */
export function AsSeen({ channel, subject, body, to, attachments = [] }: AsSeenProps) {
  const { t } = useTranslation('communications')
  const { lab } = useSession()
  if (channel !== 'email') {
    return (
      <div className={classes.phone}>
        <div className={classes.sender}>{lab.name} · {t(`channel.${channel}`)}</div>
        <div className={classes.bubble} data-channel={channel}><Linked text={body} /></div>
      </div>
    )
  }
  return (
    <article className={classes.mail}>
      <header className={classes.mailHead}>
        <div className={classes.mailSubject}>{subject}</div>
        <div className={classes.quiet}>{lab.name}{to && ` → ${to}`}</div>
      </header>
      <div className={classes.mailBody}><Linked text={body} /></div>
      {attachments.map((name) => <div key={name} className={classes.attached}><IconPaperclip size={15} aria-hidden /> {name}</div>)}
    </article>
  )
}

/** Web addresses in a text can be opened. */
function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s]+)/).map((part, index) => (
    <Fragment key={index}>{/^https?:\/\//.test(part) ? <a href={part} target="_blank" rel="noreferrer" className={classes.link}>{part}</a> : part}</Fragment>
  ))
}
