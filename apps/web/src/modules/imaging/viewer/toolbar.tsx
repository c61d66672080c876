import type { DentalImageDetail } from '@aliquot/contracts'
import { ActionIcon, Button, Menu, SegmentedControl, Tooltip } from '@mantine/core'
import {
  IconAdjustmentsHorizontal, IconArrowBackUp, IconContrast, IconDotsVertical, IconDownload, IconFlipVertical, IconHandStop, IconInfoCircle, IconLayoutColumns, IconLink,
  IconRefresh, IconRotate, IconRotateClockwise, IconRulerMeasure, IconSunHigh, IconTrash, IconZoomIn, IconZoomOut, type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../../ui/index.ts'
import type { Look, Preset, Tool } from './pane-state.ts'
import classes from './viewer.module.css'

interface ToolbarProps {
  tool: Tool
  setTool: (tool: Tool) => void
  image: DentalImageDetail | null
  look: Look
  presets: readonly Preset[]
  comparing: boolean
  comparable: boolean
  linked: boolean
  setLinked: (linked: boolean) => void
  panel: boolean
  setPanel: (shown: boolean) => void
  flipped: boolean
  onLook: (change: (look: Look) => Look) => void
  onShare: (what: 'picture' | 'original') => void
  reset: () => void
  zoom: (factor: number) => void
  turn: (by: number) => void
  flip: () => void
  invert: () => void
  compare: () => void
  forget: (all: boolean) => void
}

export function Toolbar(props: ToolbarProps) {
  const { tool, setTool, image, look, presets, comparing, comparable, linked, setLinked, panel, setPanel, flipped, onLook } = props
  const { t } = useTranslation('imaging')
  const tools: [Tool, Icon][] = [['window', IconSunHigh], ['measure', IconRulerMeasure], ['pan', IconHandStop]]
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('viewer.toolbar')}>
      <SegmentedControl
        value={tool} onChange={(next) => setTool(next as Tool)} aria-label={t('viewer.tool')}
        data={tools.map(([value, ToolIcon]) => ({
          value, label: <span className={classes.group}><ToolIcon size={16} aria-hidden /> {t(`tool_short.${value}`)}</span>,
        }))}
      />
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" disabled={presets.length === 0} leftSection={<IconAdjustmentsHorizontal size={16} />}>{t('viewer.presets')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {presets.map(({ key, name, shown }, at) => (
            <Menu.Item key={at} rightSection={<KeyHint keys={String(at + 1)} />} onClick={() => onLook((old) => ({ ...old, shown }))}>{name ?? t(`preset.${key}`)}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <div className={classes.group}>
        <Act icon={IconContrast} label={t('viewer.invert')} keys="i" on={look.invert} run={props.invert} />
        <Act icon={IconZoomIn} label={t('viewer.zoom_in')} keys="+" run={() => props.zoom(1.25)} />
        <Act icon={IconZoomOut} label={t('viewer.zoom_out')} keys="-" run={() => props.zoom(0.8)} />
        <Act icon={IconRotateClockwise} label={t('viewer.turn')} keys="r" run={() => props.turn(1)} />
        <Act icon={IconRotate} label={t('viewer.turn_back')} keys="l" run={() => props.turn(-1)} />
        <Act icon={IconFlipVertical} label={t('viewer.flip')} keys="f" on={flipped} run={props.flip} />
        <Act icon={IconRefresh} label={t('viewer.reset')} keys="0" run={props.reset} />
      </div>
      {look.measures.length > 0 && (
        <div className={classes.group}>
          <Act icon={IconArrowBackUp} label={t('viewer.unmeasure')} keys="u" run={() => props.forget(false)} />
          <Act icon={IconTrash} label={t('viewer.unmeasure_all')} run={() => props.forget(true)} />
        </div>
      )}
      <div className={classes.group} style={{ marginLeft: 'auto' }}>
        {comparing && <Act icon={IconLink} label={t('viewer.link')} on={linked} run={() => setLinked(!linked)} />}
        <Button
          variant={comparing ? 'light' : 'default'} disabled={!comparable} leftSection={<IconLayoutColumns size={16} />} rightSection={<KeyHint keys="c" />}
          aria-pressed={comparing} onClick={props.compare}
        >
          {t('viewer.compare')}
        </Button>
        <Act icon={IconInfoCircle} label={t('viewer.tags')} keys="t" on={panel} run={() => setPanel(!panel)} />
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="default" size="input-sm" aria-label={t('viewer.more')} disabled={!image}><IconDotsVertical size={17} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            {image?.links.original && <Menu.Item leftSection={<IconDownload size={16} />} component="a" href={image.links.original} download>{t('viewer.download')}</Menu.Item>}
            <Menu.Item leftSection={<IconLink size={16} />} onClick={() => props.onShare('picture')}>{t('viewer.share_picture')}</Menu.Item>
            <Menu.Item leftSection={<IconLink size={16} />} onClick={() => props.onShare('original')}>{t('viewer.share_original')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  )
}

function Act({ icon: ActIcon, label, keys, on, run }: { icon: Icon; label: string; keys?: string; on?: boolean; run: () => void }) {
  return (
    <Tooltip label={<>{label} {keys && <KeyHint keys={keys} />}</>}>
      <ActionIcon variant={on ? 'light' : 'default'} size="input-sm" aria-label={label} {...(on === undefined ? {} : { 'aria-pressed': on })} onClick={run}>
        <ActIcon size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  )
}
