import { DeviceProfile } from '@aliquot/contracts'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './profiles.module.css'
import { shapeFault } from './shape-fault.ts'

interface ProfileJsonProps {
  definition: DeviceProfile
  onChange: (definition: DeviceProfile) => void
}

/** The whole profile as it is stored. What has the right shape is taken while it is typed; the rest says where it is wrong. */
export function ProfileJson({ definition, onChange }: ProfileJsonProps) {
  const { t } = useTranslation('devices')
  const [text, setText] = useState(() => JSON.stringify(definition, null, 2))
  const [wrong, setWrong] = useState<string | null>(null)
  const take = (typed: string) => {
    setText(typed)
    try {
      const value: unknown = JSON.parse(typed)
      const fault = shapeFault(DeviceProfile, value)
      setWrong(fault && t('profile.json_fault', { path: fault }))
      if (fault === null) onChange(value as DeviceProfile)
    } catch (error) {
      setWrong(t('profile.json_broken', { why: error instanceof Error ? error.message : '' }))
    }
  }
  return (
    <Textarea
      aria-label={t('profile.json')} description={t('profile.json_about')} autosize minRows={20} maxRows={60} spellCheck={false}
      classNames={{ input: classes.mono ?? '' }} value={text} error={wrong} onChange={(event) => take(event.currentTarget.value)}
    />
  )
}
