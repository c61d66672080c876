import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { startLive } from '../platform/live.ts'
import { startShortcuts } from '../platform/shortcuts.ts'
import classes from './frame.module.css'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { SessionEnded } from './session-ended.tsx'
import { ShortcutHelp } from './shortcut-help.tsx'
import { TopBar } from './top-bar.tsx'
import { UploadTray } from './upload-tray.tsx'
import { useFrameShortcuts } from './use-frame-shortcuts.ts'
import { useNarrow, useStoredFlag } from './use-stored-flag.ts'

/** The frame of every page that needs a session. */
export function Frame() {
  const { t } = useTranslation('shell')
  const narrow = useNarrow()
  const [folded, setFolded] = useStoredFlag('aliquot-navigation-folded')
  const [helping, setHelping] = useState(false)
  useEffect(() => startLive(), [])
  useEffect(() => startShortcuts(), [])
  useFrameShortcuts({ onHelp: () => setHelping(true), onFold: () => setFolded(!folded) })

  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    // A link in the navigation gives the focus to the page that it opened, so that its keys work at once.
    const focus = document.activeElement
    if (focus === document.body || focus?.closest('nav')) main.current?.focus({ preventScroll: true })
  }, [pathname])

  return (
    <div className={classes.frame} data-folded={narrow || folded || undefined}>
      <a href="#main" className="skip-link">{t('skip')}</a>
      <Navigation folded={narrow || folded} onFold={narrow ? null : () => setFolded(!folded)} />
      <TopBar onHelp={() => setHelping(true)} />
      <main ref={main} id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <UploadTray />
      <Palette />
      <ShortcutHelp opened={helping} onClose={() => setHelping(false)} />
      <SessionEnded />
    </div>
  )
}
