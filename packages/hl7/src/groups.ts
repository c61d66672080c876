import type { Message } from './message.ts'
import type { Segment } from './segment.ts'

export interface ObservationGroup {
  obx: Segment
  notes: Segment[]
  /** TCD, SID and others that stand behind the OBX */
  others: Segment[]
}

export interface OrderGroup {
  orc?: Segment
  /** OBR; undefined for results that stand under no order */
  obr?: Segment
  /** SPM of this order, or of all orders of its specimen */
  specimens: Segment[]
  notes: Segment[]
  observations: ObservationGroup[]
  others: Segment[]
}

export interface PatientGroup {
  /** undefined for orders without a patient: quality control, or an instrument that knows the specimen only */
  pid?: Segment
  visit?: Segment
  notes: Segment[]
  orders: OrderGroup[]
  others: Segment[]
}

const starters = new Set(['PID', 'PV1', 'ORC', 'OBR', 'OBX', 'SPM'])

/**
 * The tree of ORU, OUL, ORM, OML, ORR, ORL and RSP messages: patients, their orders, the observations of each. Missing PID, ORC or OBR
 * leave their place empty; a result never moves to another order or patient. Segments before the first of a group (MSH, MSA,
 * QPD, …) are left out, all others are in exactly one place, but for an SPM in front of several orders, which all of them have.
 */
export const oruGroups = (message: Message): PatientGroup[] => {
  const segments = message.segments()
  const first = segments.findIndex(({ name }) => starters.has(name))
  const reader = new GroupReader(message.type.code === 'OUL')
  for (const segment of first < 0 ? [] : segments.slice(first)) reader.read(segment)
  return reader.patients
}

const newOrder = (specimen?: Segment): OrderGroup => ({ specimens: specimen ? [specimen] : [], notes: [], observations: [], others: [] })

class GroupReader {
  readonly patients: PatientGroup[] = []
  readonly #orcAfterObr: boolean
  #patient: PatientGroup | undefined
  #order: OrderGroup | undefined
  #observation: ObservationGroup | undefined
  /** the SPM in front of orders, where specimens are sent so: OUL^R22, OML^O33 */
  #specimen: Segment | undefined

  constructor(orcAfterObr: boolean) {
    this.#orcAfterObr = orcAfterObr
  }

  read(segment: Segment): void {
    switch (segment.name) {
      case 'PID': {
        this.#startPatient().pid = segment
        break
      }
      case 'ORC': {
        this.#orderFor(segment).orc = segment
        break
      }
      case 'OBR': {
        this.#orderFor(segment).obr = segment
        break
      }
      case 'SPM': {
        this.#readSpecimen(segment)
        break
      }
      case 'OBX': {
        const order = this.#currentOrder()
        this.#observation = { obx: segment, notes: [], others: [] }
        order.observations.push(this.#observation)
        break
      }
      default: {
        this.#readDetail(segment)
      }
    }
  }

  #startPatient(): PatientGroup {
    this.#patient = { notes: [], orders: [], others: [] }
    this.patients.push(this.#patient)
    this.#order = undefined
    this.#observation = undefined
    this.#specimen = undefined
    return this.#patient
  }

  #startOrder(): OrderGroup {
    const patient = this.#patient ?? this.#startPatient()
    this.#order = newOrder(this.#specimen)
    this.#observation = undefined
    patient.orders.push(this.#order)
    return this.#order
  }

  #currentOrder(): OrderGroup {
    return this.#order ?? this.#startOrder()
  }

  /** The order that an ORC or OBR completes, or a new one. */
  #orderFor({ name }: Segment): OrderGroup {
    const order = this.#order
    if (!order || order.observations.length > 0) return this.#startOrder()
    const fits = name === 'OBR' ? !order.obr : !order.orc && (!order.obr || this.#orcAfterObr)
    return fits ? order : this.#startOrder()
  }

  #readSpecimen(segment: Segment): void {
    const patient = this.#patient ?? this.#startPatient()
    if (patient.orders.length > 0 && !this.#specimen) {
      this.#currentOrder().specimens.push(segment)
      this.#observation = undefined
      return
    }
    this.#specimen = segment
    this.#startOrder()
  }

  #readDetail(segment: Segment): void {
    const patient = this.#patient ?? this.#startPatient()
    if (segment.name === 'PV1' && !this.#order) patient.visit ??= segment
    if (patient.visit === segment) return
    const place = this.#observation ?? this.#order ?? patient
    const list = segment.name === 'NTE' ? place.notes : place.others
    list.push(segment)
  }
}
