import { listMissingDetailsConfig, retryEntityCreation, type MissingDetailsConfig, type MissingEntity } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRouteMutation } from '../../../platform/index.ts'
import classes from '../missing-details.module.css'

interface CreationStateProps {
  config: MissingDetailsConfig | undefined
  changed: boolean
  entity: MissingEntity | null
}

/** What became of the directory entry that a placeholder names. */
export function CreationState({ config, changed, entity }: CreationStateProps) {
  const { t } = useTranslation('missing-details')
  const retry = useRouteMutation(retryEntityCreation, { refreshes: [listMissingDetailsConfig], done: t('fields.retried') })
  if (entity === null) return null
  if (changed || !config) return <div className={classes.quiet}>{t('fields.entity_new')}</div>
  const { creation } = config
  if (!creation || creation.entityName !== config.fieldValue) return null
  return (
    <div className={creation.state === 'failed' ? classes.trouble : classes.quiet}>
      {t(`fields.creation.${creation.state}`, { trouble: creation.trouble ?? '' })}{' '}
      {creation.state === 'failed' && (
        <Button size="compact-xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate({ params: { creationId: creation.id } })}>
          {t('fields.retry')}
        </Button>
      )}
    </div>
  )
}
