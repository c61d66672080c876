// The other end of the imaging agent's bench, in a process of its own: resolver, forms and a bucket on the disk. Arguments: folder, GUIDs of C-1,
// C-2 …
import { openLab } from '../../apps/imaging-agent/src/testing/lab.ts'

const [folder = '', ...guids] = process.argv.slice(2)
const lab = await openLab({ clinicId: 7, cards: new Map(guids.map((guid, at) => [`C-${at + 1}`, [guid]])), folder })
console.log(lab.url)
process.once('SIGTERM', () => { void lab.close() })
