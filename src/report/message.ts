/** A number in a sentence. The renderer formats it. */
export type Amount =
  | {
      bytes: number
      /** Set where the unit is understood from an amount before: `1 of 5 bytes`. */
      isBare?: true
    }
  | {
      count: number
      /** What is counted, for one and for any other number: `entry`, `entries`. */
      one: string
      many: string
    }

/** A sentence as its parts. */
export type Message = readonly (string | Amount)[]

/** The key of a finding's message in parts. A symbol, so that JSON leaves the field out. */
export const PARTS = Symbol('parts of the message')

/** The key of the paths that the ignore file should let in again. A symbol for the same reason. */
export const RESTORES = Symbol('paths to let in again')
