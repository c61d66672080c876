export { answerClaim, settleClaim } from './change-claim.ts'
export { createBill } from './create-bill.ts'
export { getBill } from './get-bill.ts'
export { submitClaims } from './submit-claims.ts'
