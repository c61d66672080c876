import type { Report } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { DateTime } from '../../../ui/index.ts'
import classes from './record.module.css'

/** What has been done with this report so far: steps, signatures, who was told, amendments. */
export function ReportRecord({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const parameterName = (code: string) => report.definition.parameters.find((each) => each.code === code)?.name
  const nameOf = (code: string) => parameterName(code) ?? (code === 'FILE' ? t('history.kind.file') : code)
  const steps = [
    [t('record.completed'), report.completedAt, report.completedBy?.name],
    [t('record.verified'), report.verifiedAt, report.verifiedBy?.name],
    ...report.signatures.map((signature) => [t('record.signed'), signature.signedAt, [signature.name, signature.qualification].filter(Boolean).join(', ')] as const),
  ] as const
  const { criticalNotices, amendments } = report
  if (steps.every(([, at]) => at === null) && criticalNotices.length + amendments.length === 0) return null
  return (
    <div className={classes.record}>
      {steps.some(([, at]) => at !== null) && (
        <section>
          <h2 className={classes.heading}>{t('record.title')}</h2>
          <ul className={classes.list}>
            {steps.map(([name, at, by], index) => at && <li key={index}><b>{name}</b> <DateTime at={at} />{by && <span className={classes.by}>{by}</span>}</li>)}
          </ul>
        </section>
      )}
      {criticalNotices.length > 0 && (
        <section>
          <h2 className={classes.heading}>{t('record.critical')}</h2>
          <ul className={classes.list}>
            {criticalNotices.map((notice) => (
              <li key={notice.id}>
                <b>{notice.parameterCodes.map(nameOf).join(', ')}</b> {t('record.told', { whom: notice.toldWhom })} <DateTime at={notice.toldAt} />
                <span className={classes.by}>
                  {[notice.readBack ? t('record.read_back') : t('record.not_read_back'), notice.note, notice.recordedBy.name].filter(Boolean).join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {amendments.length > 0 && (
        <section>
          <h2 className={classes.heading}>{t('record.amendments')}</h2>
          <ul className={classes.list}>
            {amendments.map((amendment) => (
              <li key={amendment.number}>
                <b>{t('record.amendment', { number: amendment.number })}</b> <DateTime at={amendment.at} /><span className={classes.by}>{amendment.by.name}</span>
                <div>{amendment.reason}</div>
                {amendment.changes.map(({ code, before, after }) => (
                  <div key={code} className={classes.change}>
                    {nameOf(code)}: <s>{before ?? t('entry.nothing')}</s> → <b>{after ?? t('entry.nothing')}</b>
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
