/**
 * Docker's config.json, changed so that it can be had back byte for byte. A journal beside it remembers what no text
 * can tell afterwards: the values that were replaced, and which objects (and whether the file) are of our making.
 */
import {SlimCheckError} from '../../errors.js'
import {explainUneditable, isEmptyObject, readValue, removeValue, setValue} from './json-text.js'

/** A value of ours in the configuration. */
export interface ConfigEntry {
  path: readonly string[]
  /** Raw JSON. */
  value: string
  /** Nobody but us would write it: it goes even when the journal is lost. */
  isOwn?: boolean
}

/** What was there before, by path (`aliases.builder`). */
export interface ConfigJournal {
  /** Raw JSON of what a value replaced; null where there was none. */
  previous: Record<string, string | null>
  /** Objects that we made; `""` is the file. */
  created: string[]
}

/** A configuration and its journal; null for a file that is not there. */
export interface ConfigState {
  config: Uint8Array | null
  journal: Uint8Array | null
}

export const JOURNAL_NAME = 'slim-check.json'

/** Sets values. The same again changes nothing. @throws SlimCheckError `docker-config-invalid` */
export function addConfigEntries(
  file: string,
  state: ConfigState,
  entries: readonly ConfigEntry[],
): ConfigState {
  const journal = readJournal(state.journal)
  let text = state.config === null ? '{}\n' : decode(file, state.config)
  if (state.config === null) journal.created.push('')
  for (const {path, value} of entries) {
    check(file, text, path)
    const current = readValue(text, path)
    if (current !== null && sameJson(current, value)) continue
    const name = path.join('.')
    journal.previous[name] = current
    for (let depth = 1; depth < path.length; depth++) {
      const object = path.slice(0, depth)
      if (readValue(text, object) === null) journal.created.push(object.join('.'))
    }
    text = setValue(text, path, value)
  }
  return {config: encode(text, state.config), journal: writeJournal(journal)}
}

/** Removes values that are still ours, restores what they replaced, and removes objects that we added and that are empty. */
export function removeConfigEntries(
  file: string,
  state: ConfigState,
  entries: readonly ConfigEntry[],
): ConfigState {
  if (state.config === null) return {config: null, journal: null}
  const journal = readJournal(state.journal)
  let text = decode(file, state.config)
  for (const {path, value, isOwn} of entries) {
    check(file, text, path)
    const name = path.join('.')
    const previous = isOwn ? (journal.previous[name] ?? null) : journal.previous[name]
    delete journal.previous[name]
    const current = readValue(text, path)
    if (previous === undefined || current === null || !sameJson(current, value)) continue
    text = previous === null ? removeValue(text, path) : setValue(text, path, previous)
    text = removeCreated(text, path, journal)
  }
  const isOurs = journal.created.includes('') && isEmptyObject(text, [])
  return isOurs
    ? {config: null, journal: null}
    : {config: encode(text, state.config), journal: writeJournal(journal)}
}

function removeCreated(text: string, path: readonly string[], journal: ConfigJournal): string {
  let result = text
  for (let depth = path.length - 1; depth > 0; depth--) {
    const object = path.slice(0, depth)
    const at = journal.created.indexOf(object.join('.'))
    if (at < 0 || !isEmptyObject(result, object)) break
    journal.created.splice(at, 1)
    result = removeValue(result, object)
  }
  return result
}

/** Reads a string of the configuration; null for anything else. @throws SlimCheckError `docker-config-invalid` */
export function readConfigString(
  file: string,
  config: Uint8Array | null,
  path: readonly string[],
): string | null {
  const value = readConfig(file, config, path)
  return typeof value === 'string' ? value : null
}

/** Reads a value of the configuration; undefined for none. @throws SlimCheckError `docker-config-invalid` */
export function readConfig(file: string, config: Uint8Array | null, path: readonly string[]): unknown {
  if (config === null) return undefined
  const text = decode(file, config)
  check(file, text, path)
  const raw = readValue(text, path)
  return raw === null ? undefined : JSON.parse(raw)
}

function check(file: string, text: string, path: readonly string[]): void {
  const reason = explainUneditable(text, path)
  if (reason !== null) throw new SlimCheckError('docker-config-invalid', {file, reason})
}

function decode(file: string, content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(content)
  } catch {
    throw new SlimCheckError('docker-config-invalid', {file, reason: 'it is not UTF-8'})
  }
}

function encode(text: string, before: Uint8Array | null): Uint8Array {
  const content = Buffer.from(text)
  return before !== null && content.equals(before) ? before : content
}

export function readJournal(content: Uint8Array | null): ConfigJournal {
  const empty: ConfigJournal = {previous: {}, created: []}
  if (content === null) return empty
  try {
    return {...empty, ...(JSON.parse(Buffer.from(content).toString()) as Partial<ConfigJournal>)}
  } catch {
    return empty
  }
}

function writeJournal({previous, created}: ConfigJournal): Uint8Array | null {
  // Without a value of ours, the objects that we added belong to others now.
  if (Object.keys(previous).length === 0) return null
  return Buffer.from(`${JSON.stringify({previous, created: [...new Set(created)]}, null, 2)}\n`)
}

function sameJson(a: string, b: string): boolean {
  return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b))
}
