import type { Bill } from '@aliquot/contracts'
import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconShieldHeart } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSession, useShortcuts } from '../../../platform/index.ts'
import { KeyHint } from '../../../ui/index.ts'
import { ChargeForm } from '../claims/charge-form.tsx'
import { ClaimFacts } from '../claims/claim-facts.tsx'
import classes from '../claims/claims.module.css'

/** What of a bill an insurer is asked for. */
export function BillInsurance({ bill }: { bill: Bill }) {
  const { t } = useTranslation('billing')
  const { can } = useSession()
  const [charging, dialog] = useDisclosure()
  const underWay = bill.claims.some(({ status }) => status !== 'settled' && status !== 'withdrawn')
  const mayCharge = bill.status === 'open' && bill.patientDue > 0 && !underWay && (can('billing.update') || can('billing.manage_claims'))
  useShortcuts(mayCharge ? [{ keys: 'c', label: t('claims.charge'), run: dialog.open }] : [])
  if (!mayCharge && bill.claims.length === 0) return null
  return (
    <>
      <h2>{t('claims.insurance')}</h2>
      <div className={classes.on_bill}>
        {bill.claims.toReversed().map((claim) => <ClaimFacts key={claim.id} claim={claim} />)}
        {mayCharge && (
          <div>
            <Button variant="default" fullWidth leftSection={<IconShieldHeart size={16} />} rightSection={<KeyHint keys="c" />} onClick={dialog.open}>
              {t('claims.charge')}
            </Button>
          </div>
        )}
      </div>
      <Modal opened={charging} onClose={dialog.close} title={t('claims.charge_title', { number: bill.number })}>
        <ChargeForm bill={bill} onClose={dialog.close} />
      </Modal>
    </>
  )
}
