import { ActionIcon, Button, Loader, Tooltip } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp, IconDownload, IconPrinter, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../platform/shortcuts.ts'
import { KeyHint } from '../marks.tsx'
import { ErrorState } from '../states.tsx'
import { PdfPage } from './pdf-page.tsx'
import classes from './pdf-preview.module.css'

interface PdfPreviewProps {
  /** From `urlOf(route, …)`: what is printed and downloaded. */
  url: string
  /** What is shown, where showing counts otherwise than printing; `url` unless given. */
  shownUrl?: string
  /** What is shown, where it is at hand already. */
  bytes?: Blob
  fileName: string
  /** Changes when the document did, for example the report's version: the preview loads again. */
  version?: string | number
  /** At the left of the bar. */
  children?: ReactNode
}

const zooms = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3]

/** A PDF as its reader will get it: all pages, one below the other; 100 % fits the width. */
export function PdfPreview({ url, shownUrl = url, bytes, fileName, version = '', children }: PdfPreviewProps) {
  const { t } = useTranslation('ui')
  const [zoom, setZoom] = useState(1)
  const [page, setPage] = useState(1)
  const { ref: sized, width } = useElementSize()
  const pages = useRef<HTMLDivElement>(null)
  const ref = useMergedRef(sized, pages)
  const [print, setPrint] = useState({ asked: 0, done: 0 })
  const query = useQuery({
    queryKey: ['pdf', shownUrl, version],
    queryFn: async ({ signal }) => (await import('./open-pdf.ts')).openPdf(bytes ?? shownUrl, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const pdf = query.data
  const step = (by: number) => setZoom(zooms[Math.max(0, Math.min(zooms.length - 1, zooms.indexOf(zoom) + by))] ?? 1)
  const fit = Math.min(width - 48, 900)
  const go = (by: number) => pages.current?.children[page - 1 + by]?.scrollIntoView({ block: 'start' })
  useShortcuts([
    { keys: 'j', label: t('pdf.next'), run: () => go(1) },
    { keys: 'k', label: t('pdf.previous'), run: () => go(-1) },
    { keys: '+', label: t('pdf.larger'), run: () => step(1) },
    { keys: '-', label: t('pdf.smaller'), run: () => step(-1) },
  ])

  return (
    <section className={classes.preview} aria-label={t('pdf.label', { name: fileName })}>
      <div className={classes.bar} data-no-print>
        {children}
        <span className={classes.count} aria-live="polite">{pdf && t('pdf.page', { page, count: pdf.numPages })}</span>
        <div className={classes.tools}>
          <Tooltip label={<>{t('pdf.previous')} <KeyHint keys="k" /></>}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('pdf.previous')} disabled={!pdf || page <= 1} onClick={() => go(-1)}>
              <IconChevronUp size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={<>{t('pdf.next')} <KeyHint keys="j" /></>}>
            <ActionIcon
              variant="subtle" color="gray" size="lg" aria-label={t('pdf.next')} disabled={!pdf || page >= pdf.numPages} onClick={() => go(1)}
            >
              <IconChevronDown size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('pdf.smaller')}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('pdf.smaller')} disabled={zoom === zooms[0]} onClick={() => step(-1)}>
              <IconZoomOut size={18} />
            </ActionIcon>
          </Tooltip>
          <button type="button" className={classes.zoom} aria-label={t('pdf.fit')} onClick={() => setZoom(1)}>{Math.round(zoom * 100)} %</button>
          <Tooltip label={t('pdf.larger')}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('pdf.larger')} disabled={zoom === zooms.at(-1)} onClick={() => step(1)}>
              <IconZoomIn size={18} />
            </ActionIcon>
          </Tooltip>
          <Button
            variant="default" leftSection={<IconPrinter size={16} />} disabled={!pdf} loading={print.asked > print.done}
            onClick={() => setPrint({ ...print, asked: print.asked + 1 })}
          >
            {t('pdf.print')}
          </Button>
          <Button component="a" href={url} download={fileName} variant="default" leftSection={<IconDownload size={16} />}>{t('pdf.download')}</Button>
        </div>
      </div>
      <div className={classes.pages} ref={ref} tabIndex={0}>
        {query.isPending && <Loader m="auto" />}
        {query.isError && <ErrorState problem={query.error} onRetry={() => void query.refetch()} />}
        {pdf && width > 0 && Array.from({ length: pdf.numPages }, (_, at) => (
          <PdfPage key={at} pdf={pdf} number={at + 1} width={fit * zoom} onSight={() => setPage(at + 1)} />
        ))}
      </div>
      {print.asked > 0 && (
        <iframe
          key={print.asked} src={url} title={fileName} className={classes.printed}
          onLoad={(event) => {
            setPrint((now) => ({ ...now, done: now.asked }))
            printFrame(event.currentTarget, url)
          }}
        />
      )}
    </section>
  )
}

/** Browsers that show PDFs by another program let no page print them: there the file opens beside. */
function printFrame(frame: HTMLIFrameElement, url: string): void {
  try {
    frame.contentWindow?.print()
  } catch {
    window.open(url, '_blank')
  }
}
