import { checkFormulas } from './check-formulas.ts'
import { checkRanges } from './check-ranges.ts'
import type { Parameter, TestDefinition } from './definition.ts'
import { personNames } from './formula.ts'
import { isLoinc } from './loinc.ts'
import type { Problem } from './problem.ts'

/** Everything that is wrong with a test, in the words of lab staff. A definition with an error must not be activated. */
export const checkDefinition = (definition: TestDefinition): Problem[] => {
  const { code, name, loinc, formatType, parameters } = definition
  const problems: Problem[] = []
  const error = (path: string, problem: string, message: string): void => void problems.push({ path, code: problem, severity: 'error', message })

  if (!code.trim()) error('/code', 'code_missing', 'The test has no code')
  if (!name.trim()) error('/name', 'name_missing', 'The test has no name')
  if (loinc !== null && !isLoinc(loinc)) error('/loinc', 'loinc_invalid', `${name}: ${loinc} is not a LOINC code (its check digit is wrong)`)
  if (parameters.length === 0 && formatType < 4) error('/parameters', 'parameters_missing', `${name}: the test has no parameters`)
  const seen = new Set<string>()
  for (const [index, parameter] of parameters.entries()) {
    if (seen.has(parameter.code)) error(`/parameters/${index}/code`, 'code_duplicate', `${parameter.name}: the code ${parameter.code} is used twice`)
    seen.add(parameter.code)
  }
  return [...problems, ...parameters.flatMap((parameter, index) => checkParameter(parameter, `/parameters/${index}`)), ...checkFormulas(parameters)]
}

const checkParameter = (parameter: Parameter, path: string): Problem[] => {
  const { code, name, loinc, kind, unit, decimals, choices, plausible } = parameter
  const problems: Problem[] = []
  const error = (field: string, problem: string, message: string): void =>
    void problems.push({ path: `${path}/${field}`, code: problem, severity: 'error', message: `${name || code}: ${message}` })

  if (!name.trim()) error('name', 'name_missing', 'the parameter has no name')
  if (!/^[A-Z][A-Z0-9_]*$/.test(code)) error('code', 'code_malformed', `the code "${code}" must be capital letters, digits and _, a letter first`)
  if (personNames.has(code)) error('code', 'code_reserved', `the code ${code} is reserved for formulas`)
  if (loinc !== null && !isLoinc(loinc)) error('loinc', 'loinc_invalid', `${loinc} is not a LOINC code (its check digit is wrong)`)
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6) error('decimals', 'decimals_out_of_bounds', 'decimals must be from 0 to 6')
  if ((kind === 'numeric' || kind === 'calculated') && !unit.trim()) error('unit', 'unit_missing', 'a number needs a unit ("1" for none)')
  if (kind === 'coded' && choices.length === 0) error('choices', 'choices_missing', 'a coded parameter needs choices')
  for (const [index, { value }] of choices.entries()) {
    if (choices.findIndex((choice) => choice.value === value) < index) error('choices', 'choice_duplicate', `the choice "${value}" is given twice`)
  }
  if (plausible && plausible.low >= plausible.high) error('plausible', 'limits_reversed', 'the low plausible bound is not below the high one')
  return [...problems, ...checkRanges(parameter, path)]
}
