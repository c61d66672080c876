import { getPatient, listPatientImages, shareDentalImage, type DentalImage, type Patient } from '@aliquot/contracts'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone, useFilters, useInfinitePages, useRouteMutation, useRouteQuery, useShortcuts } from '../../../platform/index.ts'
import { AgeSex, Loaded, Page, PageHeader } from '../../../ui/index.ts'
import { viewerSearch } from '../filters.ts'
import { matrixOf, wholePicture, zoomAt, type Frame } from './frame.ts'
import { nameOf, Pane, pictureOf } from './pane.tsx'
import { dragged, firstLook, presetsOf, type Look, type Tool } from './pane-state.ts'
import { SidePanel } from './side-panel.tsx'
import { Strip } from './strip.tsx'
import { Toolbar } from './toolbar.tsx'
import { useView } from './use-view.ts'
import classes from './viewer.module.css'

export function ViewerPage() {
  const { patientId, imageId } = useParams({ strict: false })
  const query = useRouteQuery(getPatient, { params: { patientId: Number(patientId) } }, { live: [`patient:${Number(patientId)}`] })
  return (
    <Page layout="fill">
      <Loaded query={query}>{(patient) => <Viewer patient={patient} imageId={Number(imageId)} />}</Loaded>
    </Page>
  )
}

/** The middle of whatever pane is there: keys zoom to it. */
const anyPane = { width: 1000, height: 800 }

function Viewer({ patient, imageId }: { patient: Patient; imageId: number }) {
  const { t } = useTranslation('imaging')
  const navigate = useNavigate()
  const { values, set } = useFilters(viewerSearch)
  const source = useInfinitePages(listPatientImages, { params: { patientGuid: patient.guid }, query: { limit: 200 } }, { live: ['image'] })
  const beside = values.with ?? null
  const [tool, setTool] = useState<Tool>('window')
  const [active, setActive] = useState<'one' | 'two'>('one')
  const [linked, setLinked] = useState(true)
  const [panel, setPanel] = useState(false)
  const [frames, setFrames] = useState<Record<'one' | 'two', Frame>>({ one: wholePicture, two: wholePicture })
  const [looks, setLooks] = useState<Record<number, Look>>({})
  const views = { one: useView(imageId), two: useView(beside ?? imageId) }
  const current = active === 'two' && beside !== null ? 'two' : 'one'
  const ids = { one: imageId, two: beside ?? imageId }
  const { image, view } = views[current]
  const look = looks[ids[current]] ?? firstLook

  const changeFrame = (which: 'one' | 'two') => (change: (frame: Frame) => Frame) => setFrames((old) => {
    const next = change(old[which])
    return linked && beside !== null ? { one: next, two: next } : { ...old, [which]: next }
  })
  const changeLook = (id: number) => (change: (look: Look) => Look) => setLooks((old) => ({ ...old, [id]: change(old[id] ?? firstLook) }))
  const onFrame = changeFrame(current)
  const onLook = changeLook(ids[current])
  const zoom = (factor: number) => {
    if (!view || !image) return
    onFrame((old) => zoomAt(old, pictureOf(view, image), anyPane, { x: anyPane.width / 2, y: anyPane.height / 2 }, factor))
  }
  const move = (x: number, y: number) => onFrame((old) => {
    if (!view || !image) return old
    const [a, b, c, d] = matrixOf({ ...old, zoom: 1 }, pictureOf(view, image), anyPane)
    const [right, down] = [Math.sign(a * x + b * y), Math.sign(c * x + d * y)]
    const clamp = (share: number) => Math.min(1, Math.max(0, share))
    return { ...old, x: clamp(old.x + (right * 0.1) / old.zoom), y: clamp(old.y + (down * 0.1) / old.zoom) }
  })
  const brighten = (right: number, up: number) => view && onLook((old) => dragged(view, old, right, up))
  const reset = () => {
    onFrame(() => wholePicture)
    onLook(() => firstLook)
  }
  const show = (id: number) => {
    if (current === 'two') set({ with: id })
    else void navigate({ to: '/patients/$patientId/images/$imageId', params: { patientId: String(patient.id), imageId: String(id) }, search: beside === null ? {} : { with: beside }, replace: true })
    setFrames((old) => (linked && beside !== null ? old : { ...old, [current]: wholePicture }))
  }
  const step = (by: number) => {
    const at = source.rows.findIndex(({ id }) => id === ids[current])
    const next = source.rows[(at + by + source.rows.length) % Math.max(1, source.rows.length)]
    if (next) show(next.id)
  }
  const compare = () => {
    if (beside !== null) {
      set({ with: undefined })
      setActive('one')
      return
    }
    const at = source.rows.findIndex(({ id }) => id === imageId)
    const other: DentalImage | undefined = source.rows[at + 1] ?? source.rows[at - 1]
    if (other) {
      set({ with: other.id })
      setActive('two')
    }
  }
  const turn = (by: number) => onFrame((old) => ({ ...old, turns: (old.turns + by + 4) % 4 }))
  const flip = () => onFrame((old) => ({ ...old, flipped: !old.flipped }))
  const invert = () => onLook((old) => ({ ...old, invert: !old.invert }))
  const forget = (all: boolean) => onLook((old) => ({ ...old, measures: all ? [] : old.measures.slice(0, -1) }))
  const share = useRouteMutation(shareDentalImage, {
    onSuccess: ({ url }) => void navigator.clipboard.writeText(url).then(() => toastDone(t('viewer.link_copied'))),
  })
  const presets = view ? presetsOf(view) : []
  useShortcuts([
    { keys: 'w', label: t('tool.window'), run: () => setTool('window') }, { keys: 'm', label: t('tool.measure'), run: () => setTool('measure') },
    { keys: 'h', label: t('tool.pan'), run: () => setTool('pan') }, { keys: 'i', label: t('viewer.invert'), run: invert },
    { keys: 'r', label: t('viewer.turn'), run: () => turn(1) }, { keys: 'l', label: t('viewer.turn_back'), run: () => turn(-1) },
    { keys: 'f', label: t('viewer.flip'), run: flip }, { keys: '0', label: t('viewer.reset'), run: reset },
    { keys: '+', label: t('viewer.zoom_in'), run: () => zoom(1.25) }, { keys: '-', label: t('viewer.zoom_out'), run: () => zoom(0.8) },
    { keys: 'ArrowUp', label: t('viewer.brighter'), run: () => brighten(0, 0.02) }, { keys: 'ArrowDown', label: t('viewer.darker'), run: () => brighten(0, -0.02) },
    { keys: 'ArrowRight', label: t('viewer.softer'), run: () => brighten(0.03, 0) }, { keys: 'ArrowLeft', label: t('viewer.harder'), run: () => brighten(-0.03, 0) },
    { keys: 'a', label: t('viewer.left'), run: () => move(-1, 0) }, { keys: 'd', label: t('viewer.right'), run: () => move(1, 0) },
    { keys: 'e', label: t('viewer.up'), run: () => move(0, -1) }, { keys: 'x', label: t('viewer.down'), run: () => move(0, 1) },
    { keys: 'n', label: t('viewer.next'), run: () => step(1) }, { keys: 'p', label: t('viewer.previous'), run: () => step(-1) },
    { keys: 'c', label: t('viewer.compare'), run: compare }, { keys: 's', label: t('viewer.switch'), run: () => setActive(current === 'one' && beside !== null ? 'two' : 'one') },
    { keys: 'u', label: t('viewer.unmeasure'), run: () => forget(false) }, { keys: 't', label: t('viewer.tags'), run: () => setPanel(!panel) },
    ...presets.slice(0, 9).map(({ key, name, shown }, at) => ({ keys: String(at + 1), label: name ?? t(`preset.${key}`), run: () => onLook((old) => ({ ...old, shown })) })),
  ])
  const pane = (which: 'one' | 'two') => (
    <Pane
      key={which} loaded={views[which]} frame={frames[which]} look={looks[ids[which]] ?? firstLook} tool={tool} active={current === which} alone={beside === null}
      onFrame={changeFrame(which)} onLook={changeLook(ids[which])} onActivate={() => setActive(which)}
    />
  )
  return (
    <>
      <PageHeader
        title={image ? nameOf(image) : t('viewer.loading')} back={{ to: `/patients/${patient.id}/images`, label: t('gallery.back') }}
        subtitle={<>{patient.fullName} · <AgeSex ageText={patient.ageText} sex={patient.sex} /> · {patient.number}</>}
      />
      <div className={classes.viewer}>
        <Toolbar
          {...{ tool, setTool, image, look, presets, linked, setLinked, panel, setPanel, onLook, reset, zoom, turn, flip, invert, compare, forget }}
          comparing={beside !== null} comparable={source.rows.length > 1} flipped={frames[current].flipped}
          onShare={(what) => image && share.mutate({ params: { imageId: image.id }, body: { what, hours: 48 } })}
        />
        <div className={classes.body}>
          <div className={classes.panes}>{pane('one')}{beside !== null && pane('two')}</div>
          {panel && image && <SidePanel image={image} />}
        </div>
        <Strip source={source} current={ids[current]} beside={beside === null ? null : ids[current === 'one' ? 'two' : 'one']} onShow={show} />
      </div>
    </>
  )
}
