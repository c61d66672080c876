import { addAttachment, deleteAttachment, getTimeline, listAttachments, type Attachment } from '@aliquot/contracts'
import { ActionIcon, Button, FileButton, Modal, Tooltip } from '@mantine/core'
import { IconFile, IconFileTypePdf, IconPhoto, IconTrash, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { acceptedFiles, openObject, useFormat, useInfinitePages, useRouteMutation, useSession, useUnsavedGuard } from '../../../platform/index.ts'
import { ConfirmForm, DataTable, DateTime, EmptyState, ObjectCheck, type Column } from '../../../ui/index.ts'
import pageClasses from '../page/page.module.css'
import classes from './files.module.css'
import { UploadList } from './upload-list.tsx'
import { useUploads } from './use-uploads.ts'

/** Letters, old reports, pictures: dropped here or chosen, named while they are on their way, then attached. */
export function Attachments({ patientId }: { patientId: number }) {
  const { t } = useTranslation('patients')
  const { bytes } = useFormat()
  const { can } = useSession()
  const may = can('patients.manage_files') && can('storage.upload')
  const source = useInfinitePages(listAttachments, { params: { patientId } }, { live: ['attachment', 'object', `patient:${patientId}`] })
  const { uploads, add, drop, change, retry } = useUploads('PatientAttachment', patientId)
  const [over, setOver] = useState(false)
  const [removing, setRemoving] = useState<Attachment | null>(null)
  const { guard } = useUnsavedGuard(uploads.length > 0)
  const attach = useRouteMutation(addAttachment, { refreshes: [listAttachments, getTimeline] })
  const remove = useRouteMutation(deleteAttachment, { refreshes: [listAttachments, getTimeline], done: t('files.removed') })
  const attachAll = async () => {
    for (const { key, object, title } of uploads) {
      if (!object) continue
      const body = { objectId: object.id, title: title.trim() || object.fileName }
      // A refusal is said by the mutation's own toast; the file stays in the list.
      await attach.mutateAsync({ params: { patientId }, body }).then(() => drop(key), () => {})
    }
  }
  const columns: Column<Attachment>[] = [
    {
      key: 'title', header: t('files.name'), least: 200, title: ({ object }) => object.fileName,
      cell: ({ title, object }) => (
        <span className={classes.titled}>
          <FileMark type={object.contentType} /> <span className={classes.cut}>{title}</span> <ObjectCheck object={object} />
        </span>
      ),
    },
    { key: 'size', header: t('files.size'), width: 84, align: 'right', cell: ({ object }) => bytes(object.size) },
    { key: 'at', header: t('files.added'), width: 116, cell: ({ addedAt }) => <DateTime at={addedAt} /> },
    { key: 'by', header: t('files.by'), width: 150, minScreen: 1250, cell: ({ addedBy }) => addedBy.name, title: ({ addedBy }) => addedBy.name },
    ...(may ? [{
      key: 'remove', header: '', width: 52, cell: (row: Attachment) => (
        <Tooltip label={t('files.remove')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('files.remove_named', { name: row.title })} onClick={() => setRemoving(row)}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      ),
    }] : []),
  ]
  return (
    <section
      className={pageClasses.section} data-over={over || undefined}
      {...(may ? {
        onDragOver: (event: React.DragEvent) => {
          event.preventDefault()
          setOver(true)
        },
        onDragLeave: () => setOver(false),
        onDrop: (event: React.DragEvent) => {
          event.preventDefault()
          setOver(false)
          add([...event.dataTransfer.files])
        },
      } : {})}
    >
      <div className={pageClasses.sectionHead}>
        <h2>{t('files.title')}</h2>
        {may && (
          <FileButton multiple accept={acceptedFiles} onChange={add}>
            {(props) => <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>{t('files.add')}</Button>}
          </FileButton>
        )}
      </div>
      {over && <div className={classes.over}>{t('files.drop')}</div>}
      <UploadList
        uploads={uploads} onTitle={(key, title) => change(key, { title })} onDrop={drop} onRetry={retry}
        onRefused={(key, problem) => change(key, { object: null, problem })} onAttach={attachAll}
        busy={attach.isPending}
      />
      <DataTable
        height="content" label={t('files.title')} columns={columns} source={source} rowKey={({ id }) => id}
        {...(can('storage.download') ? { onOpen: ({ object }: Attachment) => void openObject(object.id) } : {})}
        empty={<EmptyState title={t('files.none')} text={may ? t('files.none_text') : undefined} />}
      />
      <Modal opened={removing !== null} onClose={() => setRemoving(null)} title={removing ? t('files.remove_title', { name: removing.title }) : ''}>
        {removing && (
          <ConfirmForm
            text={t('files.remove_text')} confirm={t('files.remove')} dangerous onClose={() => setRemoving(null)}
            onConfirm={() => remove.mutateAsync({ params: { patientId, attachmentId: removing.id } })}
          />
        )}
      </Modal>
      {guard}
    </section>
  )
}

function FileMark({ type }: { type: string }) {
  const Mark = type === 'application/pdf' ? IconFileTypePdf : type.startsWith('image/') ? IconPhoto : IconFile
  return <Mark size={16} stroke={1.7} aria-hidden className={classes.mark} />
}
