import * as contract from '@aliquot/contracts'
import { viewed } from '#platform/activity'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { addPayment } from './add-payment.ts'
import { cancelBill } from './cancel-bill.ts'
import { answerClaim, settleClaim, updateClaim, withdrawClaim } from './change-claim.ts'
import { chargeToInsurance } from './charge-to-insurance.ts'
import { createBill } from './create-bill.ts'
import { getBill } from './get-bill.ts'
import { listBills } from './list-bills.ts'
import { exportClaims, listClaims } from './list-claims.ts'
import { invoicePdf } from './print-invoice.ts'
import { submitClaims } from './submit-claims.ts'
import { updateBill } from './update-bill.ts'

export const routes = [
  serve(contract.createBill, ({ actor, body }) => change(actor, (tx) => createBill(tx, body))),
  // A portal's list says whose it is, so that an index finds it; row-level security holds it whatever it says.
  serve(contract.listBills, ({ actor, query }) =>
    read(actor, (db) => listBills(db, actor.labId, actor.organisationId === null ? query : { ...query, organisationId: actor.organisationId }))),
  serve(contract.getBill, async ({ actor, params }) => {
    const bill = await read(actor, (db) => getBill(db, actor.labId, params.billId))
    await viewed(actor, 'billing.bill_viewed', { ...bill, patientId: bill.patient.id })
    return bill
  }),
  serve(contract.updateBill, ({ actor, params, body }) => change(actor, (tx) => updateBill(tx, params.labBillId, body))),
  serve(contract.addPayment, ({ actor, params, body }) => change(actor, (tx) => addPayment(tx, params.billId, body))),
  serve(contract.cancelBill, ({ actor, params, body }) => change(actor, (tx) => cancelBill(tx, params.billId, body))),
  serve(contract.chargeToInsurance, ({ actor, params, body }) => change(actor, (tx) => chargeToInsurance(tx, params.billId, body))),
  serve(contract.listClaims, ({ actor, query }) => read(actor, (db) => listClaims(db, actor.labId, query))),
  serve(contract.exportClaims, ({ actor, query }) => exportClaims(actor, query)),
  serve(contract.submitClaims, async ({ actor, body }) => ({ claims: await change(actor, (tx) => submitClaims(tx, body.claimIds)) })),
  serve(contract.updateClaim, ({ actor, params, body }) => change(actor, (tx) => updateClaim(tx, params.claimId, body))),
  serve(contract.answerClaim, ({ actor, params, body }) => change(actor, (tx) => answerClaim(tx, params.claimId, body))),
  serve(contract.settleClaim, ({ actor, params, body }) => change(actor, (tx) => settleClaim(tx, params.claimId, body))),
  serve(contract.withdrawClaim, ({ actor, params, body }) => change(actor, (tx) => withdrawClaim(tx, params.claimId, body))),
  serve(contract.getInvoicePdf, ({ actor, params, query }) => invoicePdf(actor, params.billId, query.paper ?? 'a4')),
]
