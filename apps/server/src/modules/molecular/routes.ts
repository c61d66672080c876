import type { AnyServed } from '#platform/http'

export const routes: AnyServed[] = []
