import type { DisplayWindow } from './header.ts'
import type { GrayMeaning } from './gray-pixels.ts'
import { lookUp } from './lookup-table.ts'

/** How gray values are to be shown; `voi`: by the file's own table. */
export type Shown = Pick<DisplayWindow, 'center' | 'width'> & { shape?: DisplayWindow['shape'] } | 'voi'

/** What the file suggests: its first window, else its table, else from the least value to the greatest. */
export const suggested = ({ windows: [window], voi, min, max, slope, intercept }: GrayMeaning): Shown => {
  if (window) return window
  if (voi) return 'voi'
  const [low, high] = [min * slope + intercept, max * slope + intercept].sort((a, b) => a - b) as [number, number]
  return { center: (low + high) / 2, width: Math.max(high - low, Number.EPSILON), shape: 'linear_exact' }
}

/** 0 to 1 of a value in modality units. PS3.3 C.11.2.1.2 and C.11.2.1.3. */
const brightness = (value: number, { center, width, shape = 'linear' }: Exclude<Shown, 'voi'>): number => {
  if (shape === 'sigmoid') return 1 / (1 + Math.exp((-4 * (value - center)) / width))
  if (shape === 'linear_exact') return Math.min(1, Math.max(0, (value - center) / width + 0.5))
  if (width <= 1) return value <= center - 0.5 ? 0 : 1
  return Math.min(1, Math.max(0, (value - (center - 0.5)) / (width - 1) + 0.5))
}

/**
 * The brightness (0 to 255) of each of the 65,536 values that 16 bits can have, at `value & 0xffff`: showing a picture in another window is one look-up
 * for each pixel. Padding is black.
 */
export const displayLut = (meaning: GrayMeaning, shown: Shown, { signed = false, invert = false }: { signed?: boolean; invert?: boolean } = {}): Uint8Array => {
  const { slope, intercept, voi, inverted, padding } = meaning
  const lut = new Uint8Array(65_536)
  const flip = inverted !== invert
  const top = voi ? 2 ** voi.bits - 1 : 1
  for (let bits = 0; bits < 65_536; bits++) {
    const value = signed && bits > 32_767 ? bits - 65_536 : bits
    if (padding && value >= padding.from && value <= padding.to) continue
    const real = value * slope + intercept
    const light = shown === 'voi' ? (voi ? lookUp(voi, real) / top : 0) : brightness(real, shown)
    lut[bits] = Math.round((flip ? 1 - light : light) * 255)
  }
  return lut
}
