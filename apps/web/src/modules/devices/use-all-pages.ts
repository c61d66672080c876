import type { InputOf, RouteDefinition } from '@aliquot/contracts'
import { useEffect } from 'react'
import { useInfinitePages, type RowSource } from '../../platform/index.ts'

/** A short list as a whole, page after page: for choices, not for lists that grow with the work. */
export function useAllPages<R extends RouteDefinition>(route: R, input: InputOf<R>, options: Parameters<typeof useInfinitePages<R>>[2] = {}): ReturnType<typeof useInfinitePages<R>> {
  const source = useInfinitePages(route, input, options)
  const more = (source as RowSource<unknown>).hasMore && !source.isLoadingMore
  useEffect(() => {
    if (more) source.loadMore()
  })
  return source
}
