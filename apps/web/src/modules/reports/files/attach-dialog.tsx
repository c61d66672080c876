import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { UploadTarget } from '../../../platform/index.ts'
import { AttachForm } from './attach-form.tsx'

interface AttachDialogProps {
  /** null: closed. */
  attaching: { target: UploadTarget; files: readonly File[] } | null
  onClose: () => void
}

/** Several files for one report: which first? */
export function AttachDialog({ attaching, onClose }: AttachDialogProps) {
  const { t } = useTranslation('reports')
  const title = attaching ? t('file.attach_to', { test: attaching.target.test, patient: attaching.target.patient.fullName }) : ''
  return (
    <Modal opened={attaching !== null} onClose={onClose} title={title} size="lg">
      {attaching && <AttachForm target={attaching.target} initial={attaching.files} onStarted={onClose} onCancel={onClose} />}
    </Modal>
  )
}
