export { createBill } from './create-bill.ts'
export { billFacts, type BillFacts } from './bill-facts.ts'
export { moneyIn } from './print/money.ts'
