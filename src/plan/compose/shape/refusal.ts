import type {Location} from '../../../languages/text/range.js'

/** Why Compose or the engine refuses a project, at a place of one of its files. */
export interface Refusal {
  /** Says what is wrong, without what Compose does about it. */
  what: string
  place: Location
  /** What to do, imperative, no period. */
  fix: string
  /** The service that it is about, if it is one. */
  service?: string
  /** Another value would do: nothing is known where a variable stands for it that nobody has set yet. */
  isOfValue?: boolean
  /** Compose takes it, and the engine does not. */
  isOfEngine?: boolean
  /** A newer version of Compose takes it: the one that began to. */
  since?: string
}
