/** A table of (0028,3000) or (0028,3010): `data[0]` is for `first` and all below it, the last for all above. Values of `bits` bits. */
export interface LookupTable { first: number; bits: number; data: number[] }

export const lookUp = ({ first, data }: LookupTable, value: number): number =>
  data[Math.min(Math.max(Math.round(value) - first, 0), data.length - 1)] ?? 0
