import '@fontsource-variable/inter'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './theme/global.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import i18next from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startWords } from './i18n/index.ts'
import { queryClient } from './platform/queries.ts'
import { router } from './router.tsx'
import { theme, variables } from './theme/theme.ts'

// A page that was not loaded yet cannot be: either a new version was installed while this tab was open, or there is no connection. Only the first
// is helped by a reload; the second would lose what is typed and what is on its way. The changed message keeps the router from reloading by itself.
addEventListener('vite:preloadError', ({ payload }) => {
  payload.message = i18next.t('shell:crash.not_loaded')
  void fetch('/', { method: 'HEAD', cache: 'no-store' }).then(({ ok }) => ok && location.reload(), () => {})
})

await startWords()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={4} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
