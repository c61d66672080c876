import { defineErrors } from '#platform/errors'

export const integrationErrors = defineErrors('integrations', {
  private_address: { status: 422, says: 'The address belongs to a private network. An administrator can allow it.' },
})
