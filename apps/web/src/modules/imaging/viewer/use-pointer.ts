import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { matrixOf, panned, toImage, zoomAt, type Frame, type Picture, type Point, type Size } from './frame.ts'
import type { View } from './load-pixels.ts'
import { dragged, type Look, type Measure, type Tool } from './pane-state.ts'

interface PointerWork {
  view: View
  picture: Picture
  pane: Size
  frame: Frame
  look: Look
  tool: Tool
  onFrame: (change: (frame: Frame) => Frame) => void
  onLook: (change: (look: Look) => Look) => void
  onHover: (point: Point | null) => void
}

const middleButton = 4
const rightButton = 2

/**
 * One pointer does what the tool says; the right or the middle button, or Shift, moves the image with any tool; two fingers move and zoom.
 * The wheel zooms to the pointer.
 */
export function usePointer(work: PointerWork) {
  const { view, picture, pane, frame, tool, onFrame, onLook, onHover } = work
  const down = useRef(new Map<number, Point>())
  const [drawing, setDrawing] = useState<Measure | null>(null)
  const pointOf = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const imagePoint = (point: Point) => toImage(matrixOf(frame, picture, pane), point)

  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const point = pointOf(event)
    down.current.set(event.pointerId, point)
    if (down.current.size > 1) setDrawing(null)
    else if (tool === 'measure' && event.button === 0 && !event.shiftKey) setDrawing({ from: imagePoint(point), to: imagePoint(point) })
  }

  const onPointerMove = (event: PointerEvent) => {
    const point = pointOf(event)
    if (event.pointerType === 'mouse') onHover(point)
    const before = down.current.get(event.pointerId)
    if (!before) return
    const others = [...down.current].filter(([id]) => id !== event.pointerId).map(([, other]) => other)
    down.current.set(event.pointerId, point)
    const [other] = others
    if (other) {
      const factor = Math.hypot(point.x - other.x, point.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y))
      const [from, to] = [middle(before, other), middle(point, other)]
      onFrame((old) => zoomAt(panned(old, picture, pane, from, to), picture, pane, to, factor))
    } else if (drawing) {
      setDrawing({ from: drawing.from, to: imagePoint(point) })
    } else if (tool === 'pan' || event.shiftKey || (event.buttons & (middleButton | rightButton)) !== 0) {
      onFrame((old) => panned(old, picture, pane, before, point))
    } else if (tool === 'window') {
      onLook((old) => dragged(view, old, (point.x - before.x) / pane.width, (before.y - point.y) / pane.height))
    }
  }

  const onPointerUp = (event: PointerEvent) => {
    down.current.delete(event.pointerId)
    if (!drawing) return
    setDrawing(null)
    const { from, to } = drawing
    // A click without a way is no measure.
    if (Math.hypot(to.x - from.x, to.y - from.y) >= 2) onLook((old) => ({ ...old, measures: [...old.measures, drawing] }))
  }

  const wheel = useRef<(event: WheelEvent) => void>(() => {})
  useEffect(() => {
    wheel.current = (event) => {
      event.preventDefault()
      const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
      const point = { x: event.clientX - left, y: event.clientY - top }
      onFrame((old) => zoomAt(old, picture, pane, point, 1.0015 ** -event.deltaY))
    }
  })
  const stage = useRef<HTMLElement | null>(null)
  useEffect(() => {
    // React listens to wheels passively, where the page would scroll along.
    const element = stage.current
    const listen = (event: WheelEvent) => wheel.current(event)
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [])

  return {
    drawing, stage,
    handlers: {
      onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onPointerLeave: () => onHover(null),
      onContextMenu: (event: React.MouseEvent) => event.preventDefault(),
      onDoubleClick: (event: React.MouseEvent) => {
        const { left, top } = event.currentTarget.getBoundingClientRect()
        onFrame((old) => zoomAt(old, picture, pane, { x: event.clientX - left, y: event.clientY - top }, 2))
      },
    },
  }
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
