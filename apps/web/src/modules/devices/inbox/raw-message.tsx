import { useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone } from '../../../platform/index.ts'
import classes from './raw-message.module.css'
import { linesOf, type Line, type Token } from './message-lines.ts'

const shownLines = 300
const shownLetters = 400

interface RawMessageProps {
  text: string
  /** Says what it is, to those who cannot see it. */
  label?: string
}

/** A message as it came: one line for each segment, separators dimmed; what the pointer or the arrow keys are on says its path. A click copies it. */
export function RawMessage({ text, label }: RawMessageProps) {
  const { t } = useTranslation('devices')
  const lines = useMemo(() => linesOf(text), [text])
  const [all, setAll] = useState(false)
  const [at, setAt] = useState<string | null>(null)
  const shown = all ? lines : lines.slice(0, shownLines)
  const values = useMemo(() => lines.flatMap(({ tokens }, line) => tokens.flatMap((token, place) => (token.path === undefined ? [] : [{ key: `${line}.${place}`, token }]))), [lines])
  const current = values.find(({ key }) => key === at)?.token
  const keyIn = ({ target }: MouseEvent) => (target instanceof HTMLElement ? target.dataset.value ?? null : null)
  const copy = (path: string | undefined) => {
    if (path === undefined || getSelection()?.toString()) return
    void navigator.clipboard?.writeText(path).then(() => toastDone(t('raw.copied', { path })), () => {})
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (event.key === 'Enter') copy(current?.path)
    if (step === undefined) return
    event.preventDefault()
    const index = values.findIndex(({ key }) => key === at)
    const next = values[Math.max(0, Math.min(values.length - 1, index + step))]?.key ?? null
    setAt(next)
    document.querySelector(`[data-value="${next}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  return (
    <div className={classes.frame}>
      <div className={classes.status} role="status">
        {current ? <><b>{current.path}</b> <span className={classes.current}>{current.text.slice(0, 120)}</span></> : <span>{t('raw.hint')}</span>}
      </div>
      {/* Values are reached with the arrow keys: one stop for all of them. */}
      <div
        className={classes.text} role="listbox" tabIndex={0} aria-label={label ?? t('raw.title')} aria-roledescription={t('raw.role')}
        onKeyDown={onKeyDown}
        onMouseOver={(event) => setAt(keyIn(event))} onMouseLeave={() => setAt(null)}
        onFocus={(event) => event.target === event.currentTarget && setAt((now) => now ?? values[0]?.key ?? null)}
        onClick={(event) => copy(values.find(({ key }) => key === keyIn(event))?.token.path)}
      >
        {shown.map((line, index) => <RawLine key={index} line={line} index={index} at={at} />)}
      </div>
      {lines.length > shown.length && <button type="button" className={classes.more} onClick={() => setAll(true)}>{t('raw.more', { count: lines.length - shown.length })}</button>}
    </div>
  )
}

function RawLine({ line, index, at }: { line: Line; index: number; at: string | null }) {
  return (
    <div className={classes.line}>
      <span className={classes.number} aria-hidden>{index + 1}</span>
      <span className={classes.tokens}>
        {line.tokens.map((token, place) => <RawToken key={place} token={token} id={`${index}.${place}`} current={at === `${index}.${place}`} />)}
      </span>
    </div>
  )
}

function RawToken({ token, id, current }: { token: Token; id: string; current: boolean }) {
  const cut = token.text.length > shownLetters ? `${token.text.slice(0, shownLetters)}… (${token.text.length})` : token.text
  if (token.kind === 'control') return <Controls text={token.text} />
  if (token.path === undefined) return <span data-kind={token.kind}>{cut}</span>
  return <span data-kind={token.kind} data-value={id} data-current={current || undefined} title={token.path}>{cut}</span>
}

const names = 'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ')

/** Control characters by name: many fonts have no signs for them. Frame numbers and checksums between them stay as they are. */
function Controls({ text }: { text: string }) {
  return (
    <span data-kind="control">
      {[...text].map((character, at) => {
        const name = names[character.charCodeAt(0) - 0x2400]
        return name ? <abbr key={at} title={character}>{name}</abbr> : character
      })}
    </span>
  )
}
