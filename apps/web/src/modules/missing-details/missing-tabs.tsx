import { Tabs } from '@mantine/core'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../platform/index.ts'

/** The list, and for those who may, the fields. */
export function MissingTabs() {
  const { t } = useTranslation('missing-details')
  const { can } = useSession()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  if (!can('missing_details.configure')) return null
  const tab = pathname.endsWith('/fields') ? 'fields' : 'list'
  return (
    <Tabs value={tab} mb="sm" onChange={(next) => void navigate({ to: next === 'fields' ? '/missing-details/fields' : '/missing-details' })}>
      <Tabs.List>
        <Tabs.Tab value="list">{t('tabs.list')}</Tabs.Tab>
        <Tabs.Tab value="fields">{t('tabs.fields')}</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  )
}
