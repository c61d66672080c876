export { isPublicAddress } from './address.ts'
export { OutboundError, sendOutbound, type OutboundAnswer, type OutboundRequest } from './send.ts'
export { signatureOf, verifySignature } from './signature.ts'
