import type {EntryColumns} from './entry-columns.js'

/** Texts of more names than this are not kept: a directory of a million files would cost 100 MB. */
const MAX_KEPT_TEXTS = 100_000

/**
 * The names of entries, numbered so that equal ones share a number. A tree of packages repeats most of its names:
 * 234,000 entries of a `node_modules` bear 11,000, so what hangs on a name alone is worked out once for each.
 */
export class DistinctNames {
  /** How many there are; numbers run from 0. */
  readonly count: number
  private readonly numbers: Uint32Array
  /** By number: an entry that bears the name. */
  private readonly bearers: Uint32Array
  private readonly texts: string[] = []

  constructor(
    private readonly columns: EntryColumns,
    {numbers, bearers} = numberNames(columns),
  ) {
    this.numbers = numbers
    this.bearers = bearers
    this.count = bearers.length
  }

  /** The same with one more entry, that stands at `place` in these columns. */
  withEntry(columns: EntryColumns, place: number): DistinctNames {
    const bearers = this.bearers.map((bearer) => (bearer < place ? bearer : bearer + 1))
    const name = columns.nameBytesOf(place)
    const known = bearers.findIndex((bearer) => columns.isNamed(bearer, name))
    const number = known < 0 ? bearers.length : known
    const numbers = new Uint32Array(columns.length)
    numbers.set(this.numbers.subarray(0, place))
    numbers[place] = number
    numbers.set(this.numbers.subarray(place), place + 1)
    const allBearers = new Uint32Array(Math.max(bearers.length, number + 1))
    allBearers.set(bearers)
    allBearers[number] = place
    return new DistinctNames(columns, {numbers, bearers: allBearers})
  }

  /** The number of an entry's name. */
  numberOf(entry: number): number {
    return this.numbers[entry]!
  }

  /** The number of a name; -1 where no entry bears it. Compares it with all of them. */
  find(name: Uint8Array): number {
    for (let number = 0; number < this.count; number++)
      if (this.columns.isNamed(this.bearers[number]!, name)) return number
    return -1
  }

  /** A name as text. */
  textOf(number: number): string {
    const known = this.texts[number]
    if (known !== undefined) return known
    const text = this.columns.nameOf(this.bearers[number]!)
    if (this.count <= MAX_KEPT_TEXTS) this.texts[number] = text
    return text
  }
}

/**
 * Looks every name up in a table with open addressing, by a hash of its bytes. The table grows with the names, not with
 * the entries: as long as it fits into the processor's cache, looking up is fast.
 */
function numberNames(columns: EntryColumns): {numbers: Uint32Array; bearers: Uint32Array} {
  const {length, names, nameStarts} = columns
  const numbers = new Uint32Array(length)
  const bearers = new Uint32Array(length)
  /** Numbers plus one; 0: free. */
  let table = new Uint32Array(FIRST_SLOTS)
  let count = 0
  for (let entry = 0; entry < length; entry++) {
    const start = nameStarts[entry]!
    const end = nameStarts[entry + 1]!
    const mask = table.length - 1
    let slot = hashBytes(names, start, end) & mask
    while (table[slot] !== 0 && !isNamed(columns, bearers[table[slot]! - 1]!, start, end))
      slot = (slot + 1) & mask
    if (table[slot] === 0) {
      bearers[count++] = entry
      table[slot] = count
    }
    numbers[entry] = table[slot]! - 1
    if (count * 2 > table.length) table = enlarge(table, columns, bearers)
  }
  return {numbers, bearers: bearers.slice(0, count)}
}

const FIRST_SLOTS = 2 ** 12

/** A table with four times the room, the same names in it. */
function enlarge(
  table: Uint32Array,
  {names, nameStarts}: EntryColumns,
  bearers: Uint32Array,
): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(table.length * 4)
  const mask = larger.length - 1
  for (const numberPlusOne of table) {
    if (numberPlusOne === 0) continue
    const bearer = bearers[numberPlusOne - 1]!
    let slot = hashBytes(names, nameStarts[bearer]!, nameStarts[bearer + 1]!) & mask
    while (larger[slot] !== 0) slot = (slot + 1) & mask
    larger[slot] = numberPlusOne
  }
  return larger
}

/** FNV-1a, its bits mixed once more so that the lowest ones tell names apart that differ at the end. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  return hash ^ (hash >>> 15)
}

/** Whether an entry bears the name that stands at this place. */
function isNamed({names, nameStarts}: EntryColumns, entry: number, start: number, end: number): boolean {
  const other = nameStarts[entry]!
  if (nameStarts[entry + 1]! - other !== end - start) return false
  for (let at = 0; at < end - start; at++) if (names[other + at] !== names[start + at]) return false
  return true
}
