import { Alert, Button, Loader, Table, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../platform/index.ts'
import { useVerification } from './use-verification.ts'

/** Recomputes the hash chain and says where it was tampered with. */
export function VerificationPanel() {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const { state, links, rows, unsealed, problems, again } = useVerification()
  const checked = t('verify.checked', { rows: format.number(rows), links: format.number(links) })
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">{t('verify.about')}</Text>
      <div role="status" aria-live="polite">
        {state === 'running' && problems.length === 0 && <Alert color="gray" variant="light" icon={<Loader size={16} />} title={t('verify.running')}>{checked}</Alert>}
        {state === 'failed' && <Alert color="orange" icon={<IconAlertTriangle size={18} />} title={t('verify.failed')}>{checked}</Alert>}
        {state === 'done' && problems.length === 0 && (
          <Alert color="green" variant="light" icon={<IconShieldCheck size={18} />} title={t('verify.intact')}>
            {checked} {unsealed > 0 && t('verify.unsealed', { count: unsealed })}
          </Alert>
        )}
        {problems.length > 0 && (
          <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('verify.broken', { count: problems.length })}>
            {checked} {t('verify.broken_text')}
          </Alert>
        )}
      </div>
      {problems.length > 0 && (
        <Table mt="md" verticalSpacing={6}>
          <Table.Thead><Table.Tr><Table.Th w={80}>{t('verify.link')}</Table.Th><Table.Th w={90}>{t('verify.entry')}</Table.Th><Table.Th>{t('verify.problem')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {problems.map(({ sequence, activityId, message }) => (
              <Table.Tr key={`${sequence} ${message}`}>
                <Table.Td>{sequence === 0 ? '–' : sequence}</Table.Td><Table.Td>{activityId ?? '–'}</Table.Td><Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {state !== 'running' && <Button mt="md" variant="default" leftSection={<IconRefresh size={16} />} onClick={again}>{t('verify.again')}</Button>}
    </>
  )
}
