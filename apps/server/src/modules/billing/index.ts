export { createBill } from './create-bill.ts'
export { getBill } from './get-bill.ts'
