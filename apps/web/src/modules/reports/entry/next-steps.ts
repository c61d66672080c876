import type { Report, ReportAction } from '@aliquot/contracts'

export type FooterStep = 'edit' | 'stop' | 'save' | 'complete' | 'verify' | 'sign' | 'stop_amending' | 'amend'

interface Situation {
  actions: readonly ReportAction[]
  status: Report['status']
  editable: boolean
  amending: boolean
  dirty: boolean
  /** There is something to type: false where a file is the result. */
  fields: boolean
  /** Its file was not checked yet, or was refused. */
  unchecked: boolean
}

/** What is offered beside the results now, in the order of the buttons. The last one is the usual next step. */
export function nextSteps({ actions, status, editable, amending, dirty, fields, unchecked }: Situation): FooterStep[] {
  if (amending) return ['stop_amending', 'amend']
  const done = status === 'completed' || status === 'verified'
  const may = (action: ReportAction) => actions.includes(action)
  const offered: [FooterStep, boolean][] = [
    ['edit', may('save') && !editable && fields],
    ['stop', editable && done && !dirty],
    ['save', may('save') && editable && fields],
    ['complete', may('complete') && (dirty || !done) && fields],
    // What was not saved cannot be verified or signed.
    ['verify', may('verify') && !dirty && !unchecked],
    ['sign', may('sign') && !dirty && !unchecked],
  ]
  return offered.filter(([, on]) => on).map(([step]) => step)
}
