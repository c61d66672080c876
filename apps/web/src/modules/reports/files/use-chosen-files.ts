import { useState } from 'react'
import { refusalProblem } from '../../../platform/index.ts'

const same = (a: File, b: File) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified
/** As many as the server makes one report of. */
const most = 20

/** Files chosen for one report. What cannot be sent is left out, with a sentence for each. */
export function useChosenFiles(initial: readonly File[] = []) {
  const [chosen, setChosen] = useState(() => sorted([], initial))
  return {
    files: chosen.files,
    refusals: chosen.refusals,
    tooMany: chosen.files.length > most,
    set: (files: File[]) => setChosen({ files, refusals: [] }),
    add: (files: readonly File[]) => setChosen(({ files: before }) => sorted(before, files)),
  }
}

function sorted(before: readonly File[], added: readonly File[]): { files: File[]; refusals: string[] } {
  const files = [...before]
  const refusals: string[] = []
  for (const file of added) {
    const refusal = refusalProblem(file)
    if (refusal) refusals.push(refusal.message)
    else if (!files.some((each) => same(each, file))) files.push(file)
  }
  return { files, refusals }
}
