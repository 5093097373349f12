/** A stretch of a text: offsets in UTF-16 code units; a byte-order mark before the text does not count. */
export interface Range {
  start: number
  /** Behind the last code unit. */
  end: number
}

/** A place in a file that a person can go to, counted as editors and SARIF do. */
export interface Location {
  file: string
  /** 1-based. */
  line: number
  /** 1-based, in UTF-16 code units; absent where the line is meant. */
  column?: number
}

/** Says where a stretch of a text stands in what the text was taken from. */
export type Locator = (start: number, end: number) => Range

/** For a text that was taken from nothing: each stretch stands where it is. */
export const inPlace: Locator = (start, end) => ({start, end})

/** The stretch that begins at `at` and is as long as `text`. */
export function rangeAt(at: number, text: string): Range {
  return {start: at, end: at + text.length}
}

/** What stands at a range. */
export function textAt(text: string, {start, end}: Range): string {
  return text.slice(start, end)
}
