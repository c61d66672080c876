import { checkValues } from '../config/check-values.ts'
import type { Given } from '../config/read-values.ts'
import { skippedCsv } from '../state/skipped-csv.ts'
import { State, stateFile } from '../state/state.ts'

export function printSkipped({ data, values }: Given): void {
  const state = new State(stateFile(checkValues(data, values)))
  try {
    for (const line of skippedCsv(state)) process.stdout.write(line)
  } finally {
    state.close()
  }
}
