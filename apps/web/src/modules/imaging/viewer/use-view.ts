import { getDentalImage, type DentalImageDetail } from '@aliquot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useRouteQuery } from '../../../platform/index.ts'
import { loadPixels, type View } from './load-pixels.ts'

/** Loaded pixels are kept while an image is on screen and a few minutes after: going back and forth is quick, and the memory is given back. */
const keptFor = 3 * 60_000

export interface LoadedView { image: DentalImageDetail | null; view: View | null; problem: string | null; retry: () => void }

export function useView(imageId: number): LoadedView {
  const query = useRouteQuery(getDentalImage, { params: { imageId } }, { live: [`image:${imageId}`] })
  const { data: image } = query
  const pixels = useQuery({
    // Links change with every answer, the bytes behind them only with the image's version.
    queryKey: ['pixels', imageId, image?.version], enabled: image !== undefined, staleTime: Infinity, gcTime: keptFor, refetchOnWindowFocus: false,
    queryFn: ({ signal }): Promise<View> => loadPixels((image as DentalImageDetail).links, signal),
  })
  const problem = query.error?.message ?? (pixels.isError ? pixels.error.message : null)
  return {
    image: image ?? null, view: pixels.data ?? null, problem: problem || null,
    retry: () => void query.refetch().then(() => pixels.refetch()),
  }
}
