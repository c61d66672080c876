import { answerClaim, type Claim, type RouteDefinition } from '@aliquot/contracts'
import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useRouteMutation } from '../../../platform/index.ts'
import { Form, SaveButton } from '../../../ui/index.ts'
import classes from './claims.module.css'

/** What the insurer said when it refused a claim. */
export function RejectForm({ claim, refreshes, onClose }: { claim: Claim; refreshes: readonly RouteDefinition[]; onClose: () => void }) {
  const { t } = useTranslation('billing')
  const form = useForm({
    initialValues: { reason: '', payerReference: claim.payerReference ?? '' }, validate: { reason: (text) => (text.trim() ? null : t('error.reason')) },
  })
  const answer = useRouteMutation(answerClaim, { form, refreshes, done: t('claims.rejected_done', { number: claim.number }), onSuccess: onClose })
  return (
    <Form
      saveLabel={t('claims.do.reject')}
      onSubmit={form.onSubmit(({ reason, payerReference }) => {
        const said = { reason: reason.trim(), payerReference: payerReference.trim() || null }
        answer.mutate({ params: { claimId: claim.id }, body: { version: claim.version, outcome: 'rejected', ...said } })
      })}
    >
      <div className={classes.fields}>
        <Textarea
          label={t('claims.reason')} withAsterisk data-autofocus autosize minRows={2} maxLength={500} description={t('claims.reject_text')}
          {...form.getInputProps('reason')}
        />
        <TextInput label={t('claims.reference')} maxLength={80} {...form.getInputProps('payerReference')} />
      </div>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('edit.back')}</Button>
        <SaveButton color="red" loading={answer.isPending}>{t('claims.do.reject')}</SaveButton>
      </Group>
    </Form>
  )
}
