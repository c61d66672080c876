// `npm run soak -w apps/imaging-agent`: the agent killed 50 times over 1,000 images, as often as wanted: `-- 5000 200`.
import { soak } from './soak.ts'

const [images = '1000', kills = '50'] = process.argv.slice(2)
const began = performance.now()
const result = await soak(Number(images), Number(kills), Math.random)
process.stdout.write(`${JSON.stringify({ ...result, seconds: Math.round((performance.now() - began) / 1000) }, null, 2)}\n`)
process.exitCode = result.lost.length + result.twice.length + result.strange.length === 0 && result.filed + result.setAside === result.images ? 0 : 1
