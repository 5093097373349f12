import {type ContextModel, ROOT} from '../context/context-model.js'
import type {DistinctNames} from '../context/distinct-names.js'
import type {EntryType} from '../context/file-mode.js'
import type {NameIndex} from './catalogue/name-index.js'

/** Tells whether an entry bears a name that an index knows. */
export type NameFilter = (entry: number) => boolean

const UNKNOWN = 0
const NO = 1
const YES = 2

/** The answers depend on the names and the index alone: several searches of one model share them. */
const kept = new WeakMap<DistinctNames, WeakMap<NameIndex, NameFilter>>()

/**
 * Tells which entries of a model bear a name that an index knows, so that the path of any other need not be put
 * together. Each name is looked up once for each type of entry: on a `node_modules` one entry in twenty is.
 */
export function createNameFilter(model: ContextModel, index: NameIndex): NameFilter {
  const ofNames = kept.get(model.names) ?? new WeakMap<NameIndex, NameFilter>()
  kept.set(model.names, ofNames)
  const filter = ofNames.get(index) ?? createFilter(model, index)
  ofNames.set(index, filter)
  return filter
}

function createFilter(model: ContextModel, index: NameIndex): NameFilter {
  const {names} = model
  const knowsName = rememberAnswers(names, (name, type) => index.knowsName(name, type))
  const knowsPlace = rememberAnswers(names, (name, type) => index.knowsPlace(name, type))
  return (entry) => {
    const type = model.typeOf(entry)
    if (knowsName(names.numberOf(entry), type)) return true
    const parent = model.parentOf(entry)
    return parent !== ROOT && knowsPlace(names.numberOf(parent), type)
  }
}

/** Asks a question once for each name and type. */
function rememberAnswers(
  names: DistinctNames,
  ask: (name: string, type: EntryType) => boolean,
): (number: number, type: EntryType) => boolean {
  const answers = new Map<EntryType, Uint8Array>()
  return (number, type) => {
    const known = answers.get(type) ?? new Uint8Array(names.count)
    answers.set(type, known)
    if (known[number] === UNKNOWN) known[number] = ask(names.textOf(number), type) ? YES : NO
    return known[number] === YES
  }
}
