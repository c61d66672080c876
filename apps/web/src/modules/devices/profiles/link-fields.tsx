import type { DeviceProfile } from '@aliquot/contracts'
import { NumberInput, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FieldRow } from '../../../ui/index.ts'
import { ExtractField } from './extract-field.tsx'
import { isExpression } from './value-paths.ts'

interface LinkFieldsProps {
  definition: DeviceProfile
  onChange: (change: Partial<DeviceProfile>) => void
}

/** How the line behaves, and by what a message says where it comes from. */
export function LinkFields({ definition: { protocol, link, sender }, onChange }: LinkFieldsProps) {
  const { t } = useTranslation('devices')
  const change = (next: Partial<typeof link>) => onChange({ link: { ...link, ...next } })
  return (
    <>
      <FieldRow>
        <NumberInput
          label={t('profile.max_message')} suffix=" kB" min={1} max={64_000} allowDecimal={false} value={Math.round(link.maxMessage / 1000)}
          onChange={(value) => value !== '' && change({ maxMessage: Number(value) * 1000 })}
        />
        {protocol === 'astm' && (
          <NumberInput
            label={t('profile.frame_text')} min={1} max={64_000} allowDecimal={false} value={link.frameText}
            onChange={(value) => value !== '' && change({ frameText: Number(value) })}
          />
        )}
      </FieldRow>
      {protocol === 'astm' && (
        <>
          <Switch
            label={t('profile.tolerate_checksum')} description={t('profile.tolerate_checksum_about')} checked={link.tolerateChecksum}
            onChange={(event) => change({ tolerateChecksum: event.currentTarget.checked })}
          />
          <Switch
            label={t('profile.tolerate_frame')} description={t('profile.tolerate_frame_about')} checked={link.tolerateFrameNumber}
            onChange={(event) => change({ tolerateFrameNumber: event.currentTarget.checked })}
          />
        </>
      )}
      <Switch
        label={t('profile.sender')} description={t('profile.sender_about')} checked={sender !== null}
        onChange={(event) => onChange({ sender: event.currentTarget.checked ? { at: { from: [protocol === 'hl7' ? 'MSH-3.1' : 'H-5.1'] }, matches: '.' } : null })}
      />
      {sender && (
        <>
          <ExtractField needed label={t('profile.sender_at')} value={sender.at} onChange={(at) => at && onChange({ sender: { ...sender, at } })} />
          <TextInput
            label={t('profile.sender_matches')} maxLength={120} spellCheck={false} value={sender.matches}
            error={sender.matches === '' || !isExpression(sender.matches) ? t('profile.no_expression') : null}
            onChange={(event) => onChange({ sender: { ...sender, matches: event.currentTarget.value } })}
          />
        </>
      )}
    </>
  )
}
