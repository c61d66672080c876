import { useTranslation } from 'react-i18next'
import classes from './integrations.module.css'

interface SaidProps {
  title: string
  headers: Record<string, string>
  body: string
}

/** Headers and body of one side, as they are kept. */
export function Said({ title, headers, body }: SaidProps) {
  const { t } = useTranslation('integrations')
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return (
    <div>
      <h3 className={classes.heading}>{title}</h3>
      {/* Scrollable, so it takes the focus for the arrow keys. */}
      <pre className={classes.said} tabIndex={0} aria-label={title}>{[...lines, '', pretty(body) || t('exchange.no_body')].join('\n')}</pre>
    </div>
  )
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
