import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fit, lengthOf, matrixOf, panned, toImage, toPane, wholePicture, zoomAt, type Frame } from './frame.ts'

const pane = { width: 800, height: 600 }
const pictures = fc.record({ width: fc.integer({ min: 8, max: 4000 }), height: fc.integer({ min: 8, max: 4000 }), ratio: fc.double({ min: 0.5, max: 2, noNaN: true }) })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const frames: fc.Arbitrary<Frame> = fc.record({ zoom: fc.double({ min: 0.5, max: 20, noNaN: true }), x: share, y: share, turns: fc.integer({ min: -5, max: 5 }), flipped: fc.boolean() })
const points = fc.record({ x: fc.double({ min: 0, max: 800, noNaN: true }), y: fc.double({ min: 0, max: 600, noNaN: true }) })
const near = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y) < 1e-5

describe('the frame of a picture', () => {
  it('shows all of it at first, in the middle', () => {
    fc.assert(fc.property(pictures, fc.integer({ min: 0, max: 3 }), fc.boolean(), (picture, turns, flipped) => {
      const matrix = matrixOf({ ...wholePicture, turns, flipped }, picture, pane)
      const corners = [[0, 0], [picture.width, picture.height]].map(([x = 0, y = 0]) => toPane(matrix, { x, y }))
      return corners.every(({ x, y }) => x > -1e-6 && y > -1e-6 && x < 800 + 1e-6 && y < 600 + 1e-6)
        && near(toPane(matrix, { x: picture.width / 2, y: picture.height / 2 }), { x: 400, y: 300 })
    }))
  })
  it('goes both ways', () => {
    fc.assert(fc.property(frames, pictures, points, (frame, picture, point) => near(toPane(matrixOf(frame, picture, pane), toImage(matrixOf(frame, picture, pane), point)), point)))
  })
  it('zooms to the pointer', () => {
    const picture = { width: 1000, height: 800, ratio: 1 }
    fc.assert(fc.property(fc.integer({ min: 0, max: 3 }), fc.boolean(), points, (turns, flipped, point) => {
      const before = { ...wholePicture, zoom: 4, turns, flipped }
      const after = zoomAt(before, picture, pane, point, 1.5)
      return near(toImage(matrixOf(before, picture, pane), point), toImage(matrixOf(after, picture, pane), point))
    }))
  })
  it('follows the pointer', () => {
    const picture = { width: 1000, height: 800, ratio: 1 }
    const before = { ...wholePicture, zoom: 3, turns: 1, flipped: true }
    const after = panned(before, picture, pane, { x: 10, y: 20 }, { x: 45, y: 5 })
    expect(near(toImage(matrixOf(before, picture, pane), { x: 10, y: 20 }), toImage(matrixOf(after, picture, pane), { x: 45, y: 5 }))).toBe(true)
  })
  it('turns and flips as it is seen', () => {
    const square = { width: 100, height: 100, ratio: 1 }
    const seen = (frame: Partial<Frame>) => toPane(matrixOf({ ...wholePicture, ...frame }, square, { width: 100, height: 100 }), { x: 10, y: 20 })
    expect(seen({})).toEqual({ x: 10, y: 20 })
    expect(seen({ turns: 1 })).toEqual({ x: 80, y: 10 })
    expect(seen({ flipped: true })).toEqual({ x: 90, y: 20 })
    expect(seen({ turns: 1, flipped: true })).toEqual({ x: 20, y: 10 })
    expect(fit({ ...wholePicture, turns: 1 }, { width: 200, height: 100, ratio: 1 }, { width: 100, height: 100 })).toBe(0.5)
  })
  it('measures by the spacing of rows and columns, else in pixels', () => {
    expect(lengthOf({ x: 0, y: 0 }, { x: 30, y: 40 }, null)).toBe(50)
    expect(lengthOf({ x: 0, y: 0 }, { x: 30, y: 40 }, { row: 0.1, column: 0.1 })).toBeCloseTo(5)
    expect(lengthOf({ x: 0, y: 0 }, { x: 3, y: 4 }, { row: 0.75, column: 1 })).toBeCloseTo(Math.hypot(3, 3))
  })
})
