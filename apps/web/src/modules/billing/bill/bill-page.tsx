import { getBill, type Bill } from '@aliquot/contracts'
import { useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRouteQuery } from '../../../platform/index.ts'
import { GapBadge, GapList } from '../../missing-details/index.ts'
import { DateTime, Loaded, Page, PageHeader, PatientLine, StatusBadge } from '../../../ui/index.ts'
import { billSearch } from '../filters.ts'
import { BillActions } from './bill-actions.tsx'
import { BillItems } from './bill-items.tsx'
import { BillMoney } from './bill-money.tsx'
import { BillOrder } from './bill-order.tsx'
import classes from './bill.module.css'
import { Placed } from './placed.tsx'

export function BillPage() {
  const billId = Number(useParams({ strict: false }).billId)
  const { placed } = billSearch.parse(useSearch({ strict: false }))
  const query = useRouteQuery(getBill, { params: { billId } }, { live: [`bill:${billId}`, 'payment', 'report', 'specimen', 'accession', 'missing_detail'] })
  return (
    <Page>
      <Loaded query={query}>{(bill) => <Shown key={bill.id} bill={bill} placed={placed ?? false} />}</Loaded>
    </Page>
  )
}

function Shown({ bill, placed }: { bill: Bill; placed: boolean }) {
  const { t } = useTranslation('billing')
  const cancelled = bill.status === 'cancelled'
  return (
    <>
      <PageHeader
        title={t('bill.title', { number: bill.number })} back={{ to: `/patients/${bill.patient.id}`, label: bill.patient.fullName }}
        subtitle={<PatientLine patient={bill.patient} />}
        mark={
          <>
            <StatusBadge status={cancelled ? 'cancelled' : bill.paymentStatus} />
            {bill.priority !== 'routine' && <StatusBadge status={bill.priority} />}
            <GapBadge details={bill.missingDetails} />
          </>
        }
        actions={<BillActions bill={bill} />}
      />
      {placed && !cancelled && <Placed bill={bill} />}
      {cancelled && (
        <div className={classes.cancelled} role="note">
          <strong>{t('bill.cancelled')}</strong> {bill.cancelledAt && <DateTime at={bill.cancelledAt} show="full" />} · {bill.cancelReason}
        </div>
      )}
      {!cancelled && <GapList details={bill.missingDetails} />}
      <div className={classes.columns}>
        <div className={classes.main}>
          <BillItems bill={bill} />
          <BillOrder bill={bill} />
        </div>
        <BillMoney bill={bill} />
      </div>
    </>
  )
}
