import { Button, CopyButton, Group, Modal, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './integrations.module.css'

interface OnceDialogProps {
  title: string
  text: string
  /** What cannot be shown again, by its name; null: closed. */
  secrets: Record<string, string> | null
  onClose: () => void
}

/** Shows secrets once. Only its button closes it: a stray click must not lose them. */
export function OnceDialog({ title, text, secrets, onClose }: OnceDialogProps) {
  const { t } = useTranslation('integrations')
  return (
    <Modal opened={secrets !== null} onClose={onClose} title={title} size="lg" closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false}>
      <Text size="sm">{text}</Text>
      {Object.entries(secrets ?? {}).map(([name, secret], index) => (
        <div key={name}>
          <output className={classes.secret} aria-label={name}>{secret}</output>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button size="xs" variant={copied ? 'default' : 'filled'} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy} data-autofocus={index === 0 || undefined}>
                {copied ? t('once.copied') : t('once.copy', { name })}
              </Button>
            )}
          </CopyButton>
        </div>
      ))}
      <Group justify="flex-end" mt="lg"><Button variant="default" onClick={onClose}>{t('once.done')}</Button></Group>
    </Modal>
  )
}
