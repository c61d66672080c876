import type { CleanUp, SweptFile } from '@aliquot/contracts'
import { Button, Checkbox, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../platform/index.ts'
import { DateTime, EmptyState } from '../../ui/index.ts'
import classes from './storage.module.css'

interface CleanUpChoiceProps {
  found: CleanUp
  busy: boolean
  onRemove: (unusedIds: number[], strayPaths: string[]) => void
  onClose: () => void
}

const bytesOf = (files: readonly SweptFile[]) => files.reduce((sum, { size }) => sum + size, 0)

/** What a dry run found: each can be left alone. */
export function CleanUpChoice({ found, busy, onRemove, onClose }: CleanUpChoiceProps) {
  const { t } = useTranslation('storage')
  const format = useFormat()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { unused, strays, lost, more } = found
  const chosen = { unused: unused.filter(({ path }) => !left.has(path)), strays: strays.filter(({ path }) => !left.has(path)) }
  const all = [...chosen.unused, ...chosen.strays]
  const leave = (paths: readonly string[], leaving: boolean) =>
    setLeft((before) => (leaving ? new Set([...before, ...paths]) : new Set([...before].filter((path) => !paths.includes(path)))))
  return (
    <>
      {lost.length > 0 && <Lost files={lost} onClose={onClose} />}
      {unused.length + strays.length === 0
        ? <EmptyState title={t('clean.nothing')} text={t('clean.nothing_text')} />
        : <Text size="sm" mb="sm">{t('clean.text')}</Text>}
      <Found title={t('clean.unused', { count: unused.length })} text={t('clean.unused_text')} files={unused} left={left} onLeave={leave} />
      <Found title={t('clean.strays', { count: strays.length })} text={t('clean.strays_text')} files={strays} left={left} onLeave={leave} />
      {more && <Text size="sm" c="dimmed" mt="sm">{t('clean.more')}</Text>}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('clean.close')}</Button>
        {unused.length + strays.length > 0 && (
          <Button
            color="red" loading={busy} disabled={all.length === 0}
            onClick={() => onRemove(chosen.unused.flatMap(({ objectId }) => objectId ?? []), chosen.strays.map(({ path }) => path))}
          >
            {t('clean.remove', { count: all.length, size: format.bytes(bytesOf(all)) })}
          </Button>
        )}
      </Group>
    </>
  )
}

interface FoundProps {
  title: string
  text: string
  files: readonly SweptFile[]
  left: ReadonlySet<string>
  onLeave: (paths: readonly string[], leaving: boolean) => void
}

function Found({ title, text, files, left, onLeave }: FoundProps) {
  const format = useFormat()
  if (files.length === 0) return null
  const paths = files.map(({ path }) => path)
  const kept = paths.filter((path) => left.has(path)).length
  return (
    <section className={classes.found}>
      <Checkbox
        label={<><b>{title}</b> <span className={classes.quiet}>{format.bytes(bytesOf(files))}</span></>} description={text}
        checked={kept === 0} indeterminate={kept > 0 && kept < files.length} onChange={() => onLeave(paths, kept === 0)}
      />
      <ul className={classes.foundFiles}>
        {files.map(({ path, fileName, size, at }) => (
          <li key={path}>
            <Checkbox
              size="xs" label={fileName} title={path} checked={!left.has(path)} onChange={(event) => onLeave([path], !event.currentTarget.checked)}
            />
            <span className={classes.quiet}><DateTime at={at} /></span>
            <span className={classes.foundSize}>{format.bytes(size)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Nothing can be done about these here: the bytes must come back from a backup. */
function Lost({ files, onClose }: { files: readonly SweptFile[]; onClose: () => void }) {
  const { t } = useTranslation('storage')
  return (
    <section className={classes.lost} role="alert">
      <strong><IconAlertTriangle size={16} aria-hidden /> {t('clean.lost', { count: files.length })}</strong>
      <p>{t('clean.lost_text')}</p>
      <ul className={classes.foundFiles}>
        {files.map(({ objectId, path, fileName, at }) => (
          <li key={path}>
            {objectId === null ? <span>{fileName}</span> : <Link to="/storage" search={{ object: objectId }} onClick={onClose}>{fileName}</Link>}
            <span className={classes.quiet}><DateTime at={at} /></span>
          </li>
        ))}
      </ul>
    </section>
  )
}
