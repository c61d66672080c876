/** What of an image is seen, apart from its brightness; the same for images of any size, so that two can share it. */
export interface Frame {
  /** 1: the whole image fits */
  zoom: number
  /** the point of the image in the middle of the pane, as shares of its width and height */
  x: number
  y: number
  /** quarter turns clockwise */
  turns: number
  /** left and right exchanged, as seen */
  flipped: boolean
}
export interface Size { width: number; height: number }
/** In pixels; `ratio`: how much taller than wide a pixel is. */
export interface Picture extends Size { ratio: number }
export interface Point { x: number; y: number }
/** As CSS and canvas have it: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const wholePicture: Frame = { zoom: 1, x: 0.5, y: 0.5, turns: 0, flipped: false }
const [least, most] = [0.25, 64]

/** Screen pixels for each image pixel when the whole image fits. */
export const fit = ({ turns }: Frame, { width, height, ratio }: Picture, pane: Size): number => {
  const [across, down] = turns % 2 === 0 ? [width, height * ratio] : [height * ratio, width]
  return Math.min(pane.width / across, pane.height / down)
}

/** From image pixels to the pixels of the pane. */
export const matrixOf = (frame: Frame, picture: Picture, pane: Size): Matrix => {
  const scale = fit(frame, picture, pane) * frame.zoom
  const [cos, sin] = [[1, 0], [0, 1], [-1, 0], [0, -1]][((frame.turns % 4) + 4) % 4] as [number, number]
  const flip = frame.flipped ? -1 : 1
  const [a, b, c, d] = [flip * cos * scale, sin * scale, -flip * sin * scale * picture.ratio, cos * scale * picture.ratio]
  const [x, y] = [frame.x * picture.width, frame.y * picture.height]
  return [a, b, c, d, pane.width / 2 - a * x - c * y, pane.height / 2 - b * x - d * y]
}

export const toPane = ([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point => ({ x: a * x + c * y + e, y: b * x + d * y + f })

export const toImage = ([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point => {
  const by = a * d - b * c
  return { x: (d * (x - e) - c * (y - f)) / by, y: (a * (y - f) - b * (x - e)) / by }
}

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** Makes everything `factor` times larger; what is at `point` of the pane stays there. */
export const zoomAt = (frame: Frame, picture: Picture, pane: Size, point: Point, factor: number): Frame => {
  const larger = { ...frame, zoom: within(frame.zoom * factor, least, most) }
  const before = toImage(matrixOf(frame, picture, pane), point)
  const after = toImage(matrixOf(larger, picture, pane), point)
  return moved(larger, picture, { x: before.x - after.x, y: before.y - after.y })
}

/** Follows a pointer that went from one point of the pane to another. */
export const panned = (frame: Frame, picture: Picture, pane: Size, from: Point, to: Point): Frame => {
  const matrix = matrixOf(frame, picture, pane)
  const [start, end] = [toImage(matrix, from), toImage(matrix, to)]
  return moved(frame, picture, { x: start.x - end.x, y: start.y - end.y })
}

const moved = (frame: Frame, { width, height }: Size, by: Point): Frame =>
  ({ ...frame, x: within(frame.x + by.x / width, 0, 1), y: within(frame.y + by.y / height, 0, 1) })

export interface Spacing { row: number; column: number }

/** Millimetres, or pixels where nothing is known of them. */
export const lengthOf = (from: Point, to: Point, spacing: Spacing | null): number =>
  Math.hypot((to.x - from.x) * (spacing?.column ?? 1), (to.y - from.y) * (spacing?.row ?? 1))
