import type { DentalImageDetail } from '@aliquot/contracts'
import { Loader } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { EmptyState } from '../../../ui/index.ts'
import { teethText } from '../gallery/mouth.ts'
import { matrixOf, toImage, type Frame, type Picture, type Point, type Size } from './frame.ts'
import { paintColour, paintGray, type View } from './load-pixels.ts'
import { Measures } from './measures.tsx'
import { shownOf, type Look, type Tool } from './pane-state.ts'
import { usePointer } from './use-pointer.ts'
import type { LoadedView } from './use-view.ts'
import classes from './viewer.module.css'

interface PaneProps {
  loaded: LoadedView
  frame: Frame
  look: Look
  tool: Tool
  /** with two side by side: whether the toolbar and the keys are about this one */
  active: boolean
  alone: boolean
  onFrame: (change: (frame: Frame) => Frame) => void
  onLook: (change: (look: Look) => Look) => void
  onActivate: () => void
}

export const pictureOf = (view: View, image: DentalImageDetail): Picture =>
  ({ width: view.width, height: view.height, ratio: image.spacing ? image.spacing.row / image.spacing.column : 1 })

/** One image: drawn at the screen's own pixels, moved and brightened by pointer, wheel and touch. */
export function Pane(props: PaneProps) {
  const { loaded: { image, view, problem, retry }, active, alone, onActivate } = props
  const { t } = useTranslation('imaging')
  return (
    <section className={classes.pane} data-active={(active && !alone) || undefined} onPointerDown={onActivate} aria-label={image ? nameOf(image) : t('viewer.loading')}>
      {problem !== null ? <EmptyState title={t('viewer.failed')} text={t('viewer.failed_text')}><button type="button" className={classes.retry} onClick={retry}>{t('viewer.retry')}</button></EmptyState>
      : !image || !view ? <Loader m="auto" color="gray" aria-label={t('viewer.loading')} /> : <Stage {...props} image={image} view={view} />}
    </section>
  )
}

export const nameOf = ({ name, teeth, clinicImageId, id }: Pick<DentalImageDetail, 'name' | 'teeth' | 'clinicImageId' | 'id'>): string =>
  name || teethText(teeth) || `${clinicImageId ?? id}`

function Stage({ image, view, frame, look, tool, onFrame, onLook }: PaneProps & { image: DentalImageDetail; view: View }) {
  const { t } = useTranslation('imaging')
  const { ref, width, height } = useElementSize<HTMLDivElement>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [painted] = useState(() => document.createElement('canvas'))
  const [at, setAt] = useState<Point | null>(null)
  const pane: Size = { width: Math.max(1, width), height: Math.max(1, height) }
  const picture = pictureOf(view, image)
  const shown = shownOf(view, look)
  const pointer = usePointer({ view, picture, pane, frame, look, tool, onFrame, onLook, onHover: setAt })
  const matrix = matrixOf(frame, picture, pane)

  useEffect(() => {
    if (view.kind === 'gray') paintGray(painted, view, shown, look.invert)
    else paintColour(painted, view, look.invert)
  }, [painted, view, shown, look.invert])
  useEffect(() => {
    if (canvas.current) draw(canvas.current, painted, frame, picture, pane)
  })
  return (
    <div ref={useMergedRef(ref, pointer.stage)} className={classes.stage} data-tool={tool} data-testid="stage" {...pointer.handlers}>
      <canvas ref={canvas} className={classes.canvas} style={{ width, height }} />
      <Measures measures={pointer.drawing ? [...look.measures, pointer.drawing] : look.measures} matrix={matrix} spacing={image.spacing} />
      <Corners image={image} view={view} look={look} at={at && toImage(matrix, at)} zoom={frame.zoom} />
      <span className={classes.visuallyHidden} aria-live="polite">{look.measures.length > 0 && t('viewer.measured', { count: look.measures.length })}</span>
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, painted: HTMLCanvasElement, frame: Frame, picture: Picture, pane: Size): void {
  const density = window.devicePixelRatio || 1
  const [width, height] = [Math.round(pane.width * density), Math.round(pane.height * density)]
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (!context) return
  const [a, b, c, d, e, f] = matrixOf(frame, picture, pane)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, width, height)
  context.setTransform(a * density, b * density, c * density, d * density, e * density, f * density)
  // Close up, a pixel is a square and not a smear.
  context.imageSmoothingEnabled = Math.hypot(a, b) * density < 4
  context.imageSmoothingQuality = 'high'
  context.drawImage(painted, 0, 0)
}

/** What radiographs say in their corners. */
function Corners({ image, view, look, at, zoom }: { image: DentalImageDetail; view: View; look: Look; at: Point | null; zoom: number }) {
  const { t } = useTranslation('imaging')
  const { day, number } = useFormat()
  const shown = shownOf(view, look)
  const value = at && view.kind === 'gray' ? valueAt(view.values, view, at) : null
  return (
    <>
      <div className={classes.topLeft}>
        <strong>{nameOf(image)}</strong>
        {image.teeth.length > 0 && image.kind === 'intra_oral' && image.name !== '' && <span>{teethText(image.teeth)}</span>}
        {image.takenAt && <span>{day(image.takenAt.slice(0, 10))}</span>}
      </div>
      <div className={classes.bottomLeft}>
        {view.kind === 'gray' && (
          <span data-testid="window">{shown === 'voi' ? t('viewer.voi') : t('viewer.window_is', { width: number(Math.round(shown.width)), center: number(Math.round(shown.center)) })}</span>
        )}
        <span>{t('viewer.zoom_is', { percent: number(Math.round(zoom * 100)) })}</span>
        {value !== null && view.kind === 'gray' && <span>{t('viewer.value', { value: number(Math.round(value * view.meaning.slope + view.meaning.intercept)) })}</span>}
      </div>
      <div className={classes.bottomRight}>
        <span>{t(`spacing.${image.spacing?.at ?? 'unknown'}`)}</span>
        <span>{view.width} × {view.height}</span>
        {image.header.lossy && <span>{t('viewer.lossy')}</span>}
        {image.header.frames > 1 && <span>{t('viewer.frames', { count: image.header.frames })}</span>}
      </div>
    </>
  )
}

const valueAt = (values: Uint16Array | Int16Array, { width, height }: Size, { x, y }: Point): number | null => {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  return column < 0 || row < 0 || column >= width || row >= height ? null : (values[row * width + column] ?? null)
}
