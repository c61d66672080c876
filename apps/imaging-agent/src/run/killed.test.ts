import { expect, it } from 'vitest'
import { soak } from '../testing/soak.ts'

it('sends each image once, however often it is killed', async () => {
  let at = 0
  const result = await soak(40, 2, () => [0.4, 0.9, 0.7, 0.1, 0.2][at++ % 5] ?? 0)
  expect(result).toMatchObject({ images: 40, filed: 36, setAside: 4, twice: [], lost: [], strange: [] })
  expect(result.kills).toBeGreaterThan(0)
})
