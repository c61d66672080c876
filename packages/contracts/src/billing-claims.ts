import { Type } from 'typebox'
import type { Static } from 'typebox'
import { PolicyRelation } from './patients.ts'
import { route } from './route.ts'
import { distinct, line, nullable, oneOf, record } from './schema.ts'
import {
  Amount, Count, Currency, DateTime, FileBytes, Id, Page, Reason, Ref, Version, VersionedReasonBody, dayRangeQuery, pageQuery, searchQuery,
} from './shared.ts'

/** Draft, submitted and accepted ones are expected to be paid; a rejected one may be submitted again or withdrawn. */
export const ClaimStatus = oneOf(['draft', 'submitted', 'accepted', 'rejected', 'settled', 'withdrawn'])
export type ClaimStatus = Static<typeof ClaimStatus>

const claimAmount = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, description: 'minor units of the bill\'s currency' })

/** What an insurance group is asked to pay of a bill. The policy is kept as it was when the bill was charged to it. */
export const Claim = record({
  id: Id,
  version: Version,
  number: Type.String({ examples: ['B000042-1'] }),
  status: ClaimStatus,
  insuranceGroup: Ref,
  policyNumber: Type.String(),
  relation: PolicyRelation,
  holderName: nullable(Type.String()),
  patient: record({ id: Id, number: Type.String(), fullName: Type.String() }),
  bill: record({ id: Id, number: Type.String(), orderedAt: DateTime, total: Amount }),
  currency: Currency,
  amount: Amount,
  approved: nullable(Amount),
  settled: nullable(Amount),
  reason: nullable(Type.String({ description: 'why it was rejected, cut or withdrawn' })),
  payerReference: nullable(Type.String()),
  submissions: Count,
  createdAt: DateTime,
  submittedAt: nullable(DateTime),
  answeredAt: nullable(DateTime),
  settledAt: nullable(DateTime),
})
export type Claim = Static<typeof Claim>

/** Without an amount, what the policy covers of the bill. */
export const ChargeInput = record({ policyId: Id, amount: Type.Optional(claimAmount) })
export type ChargeInput = Static<typeof ChargeInput>

const claimFilter = {
  ...searchQuery, ...dayRangeQuery,
  status: Type.Optional(distinct(ClaimStatus, 6)),
  insuranceGroupId: Type.Optional(Id),
  patientId: Type.Optional(Id),
}

export const listClaims = route({
  method: 'GET', path: '/api/billing/claims', permission: 'billing.view',
  summary: 'Claims, newest first; the days are those on which they were made', tags: ['billing'],
  query: record({ ...pageQuery, ...claimFilter }), response: Page(Claim), statements: 4,
})

export const exportClaims = route({
  method: 'GET', path: '/api/billing/claims.csv', permission: 'billing.manage_claims',
  summary: 'Claims as a table for the insurer, at most 5,000; that they were given out is logged', tags: ['billing'],
  query: record({ ...claimFilter, ids: Type.Optional(distinct(Id, 200)) }), response: FileBytes, produces: 'text/csv', statements: 8,
})

export const submitClaims = route({
  method: 'POST', path: '/api/billing/claims/submit', permission: 'billing.manage_claims',
  summary: 'Submit drafts and rejected claims, all of them or none', tags: ['billing'],
  body: record({ claimIds: distinct(Id, 200) }), response: record({ claims: Type.Array(Claim) }),
  errors: ['billing.claim_wrong_status', 'billing.claim_too_large'], statements: 10,
})

const claimParams = record({ claimId: Id })
const claimErrors = ['platform.stale_version', 'billing.claim_wrong_status', 'billing.claim_too_large'] as const

export const updateClaim = route({
  method: 'PATCH', path: '/api/billing/claims/:claimId', permission: 'billing.manage_claims',
  summary: 'Claim another amount, before the claim is submitted or after it was rejected', tags: ['billing'],
  params: claimParams, body: record({ version: Version, amount: claimAmount }), response: Claim, errors: [...claimErrors], statements: 9,
})

export const answerClaim = route({
  method: 'POST', path: '/api/billing/claims/:claimId/answer', permission: 'billing.manage_claims',
  summary: 'Record that the insurer accepts a claim, as a whole or in part, or rejects it', tags: ['billing'],
  params: claimParams,
  body: record({
    version: Version, outcome: oneOf(['accepted', 'rejected']), approved: Type.Optional(claimAmount), reason: Type.Optional(nullable(Reason)),
    payerReference: Type.Optional(nullable(line(80))),
  }),
  response: Claim, errors: [...claimErrors], statements: 9,
})

export const settleClaim = route({
  method: 'POST', path: '/api/billing/claims/:claimId/settle', permission: 'billing.manage_claims',
  summary: 'Record what the insurer paid: a payment on the bill. What is left is the patient\'s', tags: ['billing'],
  params: claimParams, body: record({ version: Version, amount: claimAmount, payerReference: Type.Optional(nullable(line(80))) }),
  response: Claim, errors: [...claimErrors], statements: 10,
})

export const withdrawClaim = route({
  method: 'POST', path: '/api/billing/claims/:claimId/withdraw', permission: 'billing.manage_claims',
  summary: 'Withdraw a claim: the bill is the patient\'s again', tags: ['billing'],
  params: claimParams, body: VersionedReasonBody, response: Claim, errors: ['platform.stale_version', 'billing.claim_wrong_status'], statements: 9,
})
