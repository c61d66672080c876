import i18next from 'i18next'
import { ApiProblem } from '../problem.ts'
import { refusalOf } from './acceptable.ts'

/** In words, why a file is not even sent; null: it may go. */
export function refusalProblem(file: File): ApiProblem | null {
  const refusal = refusalOf(file)
  return refusal && new ApiProblem({ status: 422, code: `upload.${refusal}`, title: i18next.t(`common:upload.${refusal}`, { name: file.name }) })
}
