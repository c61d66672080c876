import { defineErrors } from '#platform/errors'

export const integrationErrors = defineErrors('integrations', {
  private_address: { status: 422, says: 'The address belongs to a private network. Whoever runs this system can allow the host (OUTBOUND_HOSTS).' },
  not_verified: { status: 401, says: 'The request does not prove who sent it.' },
  not_json: { status: 400, says: 'The body is not JSON: {because}.' },
  key_reused: { status: 409, says: 'This idempotency key was used for another body.' },
  unknown_operation: { status: 400, says: 'This address takes: {operations}.' },
})
