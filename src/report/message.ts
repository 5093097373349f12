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

/** Where a finding keeps its message as parts. A symbol, so that the field is none of the report's JSON. */
export const PARTS = Symbol('parts of the message')

/** Where a finding keeps the paths that a line of the ignore file should let in again. No field of the report's JSON either. */
export const RESTORES = Symbol('paths to let in again')
