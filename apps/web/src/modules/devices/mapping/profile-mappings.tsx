import type { DictionaryEntry, TestMapping } from '@aliquot/contracts'
import { Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import classes from './mapping.module.css'

interface ProfileMappingsProps {
  profileId: number
  name: string
  tests: readonly TestMapping[]
  /** Codes that the instrument itself maps. */
  overridden: ReadonlySet<string>
  dictionary: readonly DictionaryEntry[]
}

/** What the instrument's profile maps already, for every instrument of the model. */
export function ProfileMappings({ profileId, name, tests, overridden, dictionary }: ProfileMappingsProps) {
  const { t } = useTranslation('devices')
  const { number } = useFormat()
  const nameOf = (code: string) => dictionary.find((entry) => entry.code === code)?.name
  return (
    <section aria-label={t('mapping.profile')}>
      <header className={classes.head}>
        <h2 className={classes.heading}>{t('mapping.profile')}</h2>
        <span className={classes.quiet}>
          {t('mapping.profile_about')} <Link to="/instruments/profiles/$profileId" params={{ profileId: String(profileId) }} className={classes.link}>{name}</Link>
        </span>
      </header>
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing={4}>
          <Table.Tbody>
            {tests.map(({ code, parameter, unit, factor }, at) => (
              <Table.Tr key={at} className={overridden.has(code) ? classes.overridden : undefined}>
                <Table.Td w="26%" className={classes.code}>{code}</Table.Td>
                <Table.Td>{parameter === null ? <span className={classes.quiet}>{t('mapping.not_wanted_text')}</span> : <>{nameOf(parameter)} <span className={classes.code}>{parameter}</span></>}</Table.Td>
                <Table.Td w={110}>{unit}</Table.Td>
                <Table.Td w={110}>{factor !== undefined && factor !== 1 && `× ${number(factor)}`}</Table.Td>
                <Table.Td w={150} className={classes.quiet}>{overridden.has(code) && t('mapping.overridden')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  )
}
