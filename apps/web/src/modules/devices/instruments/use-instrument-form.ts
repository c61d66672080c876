import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { troubleIn } from './check-values.ts'
import type { InstrumentValues } from './instrument-values.ts'

export function useInstrumentForm(initialValues: InstrumentValues) {
  const { t } = useTranslation('devices')
  return useForm<InstrumentValues>({
    initialValues,
    validate: (values) => Object.fromEntries(Object.entries(troubleIn(values)).map(([field, why]) => [field, t(why)])),
  })
}
