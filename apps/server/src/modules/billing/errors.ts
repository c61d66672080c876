import { defineErrors } from '#platform/errors'

export const billingErrors = defineErrors('billing', {
  bill_cancelled: { status: 409, says: 'The bill is cancelled.' },
  discount_too_large: { status: 422, says: 'The discount is larger than what it is given on.' },
  payment_too_large: { status: 422, says: 'The payment is larger than what is due.' },
  refund_too_large: { status: 422, says: 'The refund is larger than what was paid.' },
  already_claimed: { status: 409, says: 'The bill is charged to insurance already. Withdraw that claim first.' },
  claim_wrong_status: { status: 409, says: 'Claim {number} is {status}: this cannot be done with it now.' },
  claim_too_large: { status: 422, says: 'The amount is larger than what can be claimed.' },
  claim_sent: { status: 409, says: 'The insurer has claim {number} of this bill. Withdraw the claim before the sum of the bill changes.' },
  credit_limit_exceeded: { status: 422, says: 'The organisation would pass its credit limit.' },
})
