import type { MessageDriver } from '@aliquot/contracts'
import type { Driver } from './driver.ts'
import { http } from './http-gateway.ts'
import { interakt } from './interakt.ts'
import { pinnacle } from './pinnacle.ts'
import { sendgrid } from './sendgrid.ts'
import { smtp } from './smtp.ts'
import { twilio } from './twilio.ts'

/** Without an account, a message stays here, where staff can read what would have gone out. */
const mailbox: Driver = { send: async () => ({ outcome: 'accepted', messageId: null, answer: 'Kept in the mailbox' }), receipts: () => null }

export const drivers: Record<MessageDriver, Driver> = { mailbox, smtp, sendgrid, twilio, pinnacle, interakt, http }
