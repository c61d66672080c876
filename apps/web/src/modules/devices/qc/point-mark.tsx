import type { QcPoint } from '@aliquot/contracts'
import classes from './levey-jennings.module.css'

/** A verdict by shape and colour: a dot is in control, a triangle warns, a cross is rejected. */
export function PointMark({ verdict, x, y }: { verdict: QcPoint['verdict']; x: number; y: number }) {
  if (verdict === 'ok') return <circle cx={x} cy={y} r={4} className={classes.ok} />
  if (verdict === 'warning') return <path d={`M${x} ${y - 6}L${x + 5.6} ${y + 4}L${x - 5.6} ${y + 4}Z`} className={classes.warning} />
  return <path d={`M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`} className={classes.reject} />
}
