import { listEntityTargets, MissingEntity, saveEntityTarget, type EntityTarget } from '@aliquot/contracts'
import { Button, PasswordInput, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useRouteQuery } from '../../../platform/index.ts'
import { FormSection, Loaded } from '../../../ui/index.ts'
import classes from '../missing-details.module.css'

/** Where directory entries live in another system: its address and the secret that signs what is sent there. */
export function Targets() {
  const { t } = useTranslation('missing-details')
  const query = useRouteQuery(listEntityTargets, {})
  return (
    <FormSection title={t('targets.title')} text={t('targets.about')}>
      <div className={classes.targets}>
        <Loaded query={query}>
          {({ items }) => (
            <>
              {MissingEntity.enum.map((entity) => {
                const known = items.find((each) => each.entity === entity)
                return <TargetForm key={`${entity}${known?.version ?? 0}`} entity={entity} known={known} />
              })}
            </>
          )}
        </Loaded>
      </div>
    </FormSection>
  )
}

function TargetForm({ entity, known }: { entity: MissingEntity; known: EntityTarget | undefined }) {
  const { t } = useTranslation('missing-details')
  const form = useForm({ initialValues: { url: known?.url ?? '', secret: '', on: known ? !known.disabled : true } })
  const save = useRouteMutation(saveEntityTarget, { form, refreshes: [listEntityTargets], done: t('targets.saved') })
  const submit = ({ url, secret, on }: typeof form.values) => save.mutate({ body: {
    entity, url: url.trim(), disabled: !on, ...(secret ? { secret } : {}), ...(known ? { version: known.version } : {}),
  } })
  return (
    <form className={classes.target} noValidate onSubmit={form.onSubmit(submit)}>
      <strong>{t(`targets.entity.${entity}`)}</strong>
      <TextInput label={t('targets.url')} placeholder="https://" maxLength={500} {...form.getInputProps('url')} />
      <PasswordInput
        label={t('targets.secret')} placeholder={known ? t('targets.secret_kept') : ''} maxLength={200} autoComplete="new-password"
        {...form.getInputProps('secret')}
      />
      <Switch label={t('targets.on')} {...form.getInputProps('on', { type: 'checkbox' })} />
      <Button type="submit" variant="default" disabled={!form.isDirty()} loading={save.isPending}>{t('targets.save')}</Button>
    </form>
  )
}
