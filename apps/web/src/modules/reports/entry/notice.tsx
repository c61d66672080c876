import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Tone } from '../../../theme/tones.ts'
import { toneStyle } from '../../../ui/index.ts'
import classes from './notices.module.css'

interface NoticeProps {
  tone: Tone
  icon: Icon
  title: string
  actions?: ReactNode
  children?: ReactNode
}

/** One thing to know, with what can be done about it. */
export function Notice({ tone, icon: NoticeIcon, title, actions, children }: NoticeProps) {
  return (
    <section className={classes.notice} style={toneStyle(tone)} role="status">
      <NoticeIcon size={20} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <strong>{title}</strong>
        {children && <div className={classes.detail}>{children}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  )
}
