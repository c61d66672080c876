import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { platformErrors, Problem } from '../errors/index.ts'
import { log } from '../log/index.ts'

const ours: Record<string, () => Problem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => platformErrors.payload_too_large(),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => platformErrors.unsupported_media_type(),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => platformErrors.malformed_body(),
  FST_ERR_CTP_INVALID_JSON_BODY: () => platformErrors.malformed_body(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => platformErrors.malformed_body(),
}

function asProblem(error: FastifyError | Problem, requestId: string): Problem {
  if (error instanceof Problem) return error
  const known = ours[error.code]
  if (known) return known()
  if (error.statusCode === 429) return platformErrors.rate_limited()
  if (error.statusCode === 400) return platformErrors.malformed_body()
  return platformErrors.internal({ requestId })
}

/** The same for every problem of the kind: `reports.wrong_status` → "Wrong status". What happened this time is the detail. */
function titleOf(code: string): string {
  const words = code.slice(code.indexOf('.') + 1).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The body of RFC 9457, with our stable code and all field errors. */
export function problemBody(problem: Problem, requestId: string) {
  return {
    type: `/docs/errors#${problem.code}`,
    title: titleOf(problem.code),
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    instance: requestId,
    ...(problem.errors ? { errors: problem.errors } : {}),
    ...(problem.detail ? { context: problem.detail } : {}),
  }
}

export function answerProblem(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error, request.id)
  if (problem.status >= 500) log.error({ requestId: request.id, route: request.routeOptions.url, err: error.message, stack: error.stack }, 'request failed')
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problemBody(problem, request.id)))
}
