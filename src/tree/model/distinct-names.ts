import type {EntryColumns} from './entry-columns.js'

/** So many names become text at once: one by one takes several times as long. */
const BLOCK_NAMES = 256
/** Texts of 256,000 names: those of a directory of a million files would cost 100 MB. */
const MAX_KEPT_BLOCKS = 1_000
const MAX_KEPT_NUMBERS = 50_000

/**
 * The names of entries, numbered so that equal ones share a number. A tree of packages repeats most of its names:
 * 234,000 entries of a `node_modules` bear 11,000, so what hangs on a name alone is worked out once for each.
 */
export class DistinctNames {
  /** How many there are; numbers run from 0. */
  readonly count: number
  private readonly lists: BearerLists
  /** Texts by number, `BLOCK_NAMES` together; those that were asked for last. */
  private readonly blocks = new Map<number, readonly string[]>()
  /** Numbers of names that were asked for. */
  private readonly asked = new Map<string, number>()

  /** @param table of all names */
  private constructor(
    private readonly columns: EntryColumns,
    private readonly numbers: Uint32Array,
    private readonly table: NameTable,
  ) {
    this.count = table.count
    this.lists = new BearerLists(numbers, table.count)
  }

  /** Numbers the names of some entries: each new name has the next number. */
  static of(columns: EntryColumns): DistinctNames {
    const table = new NameTable(columns)
    const numbers = new Uint32Array(columns.length)
    for (let entry = 0, {length} = columns; entry < length; entry++) numbers[entry] = table.add(entry)
    return new DistinctNames(columns, numbers, table)
  }

  /** The same from the numbers that `of` gave: only the first bearer of each name is looked at, and they follow each other. */
  static numbered(columns: EntryColumns, numbers: Uint32Array): DistinctNames {
    const table = new NameTable(columns)
    for (let entry = numbers.indexOf(0); entry >= 0; entry = numbers.indexOf(table.count, entry))
      table.add(entry)
    return new DistinctNames(columns, numbers, table)
  }

  /** The same with one more entry, that stands at `place` in these columns. */
  withEntry(columns: EntryColumns, place: number): DistinctNames {
    const table = this.table.shifted(columns, place)
    const numbers = new Uint32Array(columns.length)
    numbers.set(this.numbers.subarray(0, place))
    numbers[place] = table.add(place)
    numbers.set(this.numbers.subarray(place), place + 1)
    return new DistinctNames(columns, numbers, table)
  }

  /** The number of an entry's name. */
  numberOf(entry: number): number {
    return this.numbers[entry]!
  }

  /** The number of a name; -1 where no entry bears it. */
  find(name: Uint8Array): number {
    return this.table.find(name)
  }

  /** The number of a name as text, which must be valid; -1 where no entry bears it. The same ones are asked for again and again. */
  numberNamed(name: string): number {
    const known = this.asked.get(name)
    if (known !== undefined) return known
    if (this.asked.size >= MAX_KEPT_NUMBERS) this.asked.clear()
    const number = this.table.find(Buffer.from(name))
    this.asked.set(name, number)
    return number
  }

  /** The entries that bear a name, ascending. Not to be changed. */
  bearersOf(number: number): Uint32Array {
    return this.lists.of(number)
  }

  /** The entries that bear one of some names, ascending. */
  bearersOfAny(numbers: readonly number[]): number[] {
    if (numbers.length === 1) return [...this.bearersOf(numbers[0]!)]
    return numbers.flatMap((number) => [...this.bearersOf(number)]).sort((one, other) => one - other)
  }

  /** The numbers of the names that a test accepts; it is asked about each name once. */
  filter(test: (name: string) => boolean): number[] {
    const found: number[] = []
    for (let number = 0; number < this.count; number++) if (test(this.textOf(number))) found.push(number)
    return found
  }

  /** A name as text. */
  textOf(number: number): string {
    const block = Math.floor(number / BLOCK_NAMES)
    const texts = this.blocks.get(block) ?? this.readBlock(block)
    return texts[number % BLOCK_NAMES]!
  }

  private readBlock(block: number): readonly string[] {
    if (this.blocks.size >= MAX_KEPT_BLOCKS) this.blocks.clear()
    const start = block * BLOCK_NAMES
    const texts = this.columns.namesOf(
      this.table.bearers.subarray(start, Math.min(start + BLOCK_NAMES, this.count)),
    )
    this.blocks.set(block, texts)
    return texts
  }
}

/** Sorting all entries by their names takes as long as searching them for some hundred. */
const MAX_SEARCHES = 32

/** Who bears each name: searched for the first names that are asked for, then worked out for all of them. */
class BearerLists {
  private entries: Uint32Array | null = null
  private readonly searched = new Map<number, Uint32Array>()
  /** By number: where its list ends. */
  private readonly ends: Uint32Array

  constructor(
    private readonly numbers: Uint32Array,
    count: number,
  ) {
    this.ends = new Uint32Array(count)
  }

  of(number: number): Uint32Array {
    if (this.entries === null) {
      const known = this.searched.get(number)
      if (known !== undefined) return known
      if (this.searched.size < MAX_SEARCHES) return this.search(number)
      this.entries = this.sort()
    }
    return this.entries.subarray(number === 0 ? 0 : this.ends[number - 1]!, this.ends[number]!)
  }

  private search(number: number): Uint32Array {
    const {numbers} = this
    const found: number[] = []
    for (let at = numbers.indexOf(number); at >= 0; at = numbers.indexOf(number, at + 1)) found.push(at)
    const entries = Uint32Array.from(found)
    this.searched.set(number, entries)
    return entries
  }

  private sort(): Uint32Array {
    const {ends, numbers} = this
    const {length} = numbers
    for (let entry = 0; entry < length; entry++) ends[numbers[entry]!]!++
    for (let number = 1; number < ends.length; number++) ends[number]! += ends[number - 1]!
    const entries = new Uint32Array(length)
    for (let entry = length - 1; entry >= 0; entry--) entries[--ends[numbers[entry]!]!] = entry
    // Each end has moved to the start of its list: where the one before ends.
    ends.copyWithin(0, 1)
    ends[ends.length - 1] = length
    return entries
  }
}

const FIRST_SLOTS = 2 ** 12

/**
 * Names by number, found by a hash of their bytes, with open addressing. It grows with the names, not with the entries:
 * as long as it fits into the processor's cache, looking up is fast.
 */
class NameTable {
  count = 0
  /** By number: an entry that bears the name. Longer than there are names. */
  bearers = new Uint32Array(FIRST_SLOTS / 2)
  /** The numbers plus one; 0: free. */
  private slots = new Uint32Array(FIRST_SLOTS)

  constructor(private readonly columns: EntryColumns) {}

  /** The number of an entry's name, which is taken in if it is new. */
  add(entry: number): number {
    const {names, nameStarts} = this.columns
    const slot = this.slotOf(names, nameStarts[entry]!, nameStarts[entry + 1]!)
    const known = this.slots[slot]!
    if (known !== 0) return known - 1
    if (this.count === this.bearers.length) {
      this.grow()
      return this.add(entry)
    }
    this.bearers[this.count++] = entry
    this.slots[slot] = this.count
    return this.count - 1
  }

  /** The number of a name; -1 for one that is not there. */
  find(name: Uint8Array): number {
    return this.slots[this.slotOf(name, 0, name.length)]! - 1
  }

  /** The same names, of entries that have moved up behind `place` in these columns. */
  shifted(columns: EntryColumns, place: number): NameTable {
    const table = new NameTable(columns)
    table.count = this.count
    table.bearers = this.bearers.map((bearer) => (bearer < place ? bearer : bearer + 1))
    table.slots = this.slots.slice()
    return table
  }

  /** The slot of a name, given as a range of bytes; a free one if it does not exist. */
  private slotOf(bytes: Uint8Array, start: number, end: number): number {
    const {slots, bearers} = this
    const mask = slots.length - 1
    let slot = hashBytes(bytes, start, end) & mask
    while (slots[slot] !== 0 && !this.isNamed(bearers[slots[slot]! - 1]!, bytes, start, end))
      slot = (slot + 1) & mask
    return slot
  }

  private isNamed(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const {names, nameStarts} = this.columns
    const other = nameStarts[entry]!
    if (nameStarts[entry + 1]! - other !== end - start) return false
    for (let at = 0; at < end - start; at++) if (names[other + at] !== bytes[start + at]) return false
    return true
  }

  /** Four times the room, half of the slots free. */
  private grow(): void {
    const {names, nameStarts} = this.columns
    const {bearers, count} = this
    this.bearers = new Uint32Array(count * 4)
    this.bearers.set(bearers)
    this.slots = new Uint32Array(this.slots.length * 4)
    for (let number = 0; number < count; number++) {
      const bearer = bearers[number]!
      this.slots[this.slotOf(names, nameStarts[bearer]!, nameStarts[bearer + 1]!)] = number + 1
    }
  }
}

/** FNV-1a, its bits mixed once more so that the lowest ones tell names apart that differ at the end. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  return hash ^ (hash >>> 15)
}
