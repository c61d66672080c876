export { InstrumentPage } from './instrument-page.tsx'
export { InstrumentsPage } from './instruments-page.tsx'
export { NewInstrumentPage } from './new-instrument-page.tsx'
