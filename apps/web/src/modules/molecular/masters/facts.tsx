import type { ReactNode } from 'react'
import classes from '../molecular.module.css'

export type Fact = readonly [label: string, value: ReactNode]

/** Fields to read; empty ones are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const filled = facts.filter(([, value]) => value !== '' && value !== null)
  return (
    <dl className={classes.facts}>
      {filled.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}
