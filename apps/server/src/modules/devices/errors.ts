import { defineErrors } from '#platform/errors'

export const deviceErrors = defineErrors('devices', {
  port_taken: { status: 409, says: 'Another lab listens on this port already. Choose another.' },
  not_possible: { status: 409, says: 'That is not possible: {because}.' },
  unreadable: { status: 422, says: 'The text cannot be read with this profile: {because}.' },
})
