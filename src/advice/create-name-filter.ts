import type {ContextModel} from '../context/context-model.js'
import type {NameIndex} from './catalogue/name-index.js'

const UNKNOWN = 0
const NO = 1
const YES = 2

/**
 * Tells which entries of a model bear a name that an index knows, so that the path of any other need not be put
 * together. Each name is looked up once for each type of entry: on a `node_modules` one entry in twenty is.
 */
export function createNameFilter(model: ContextModel, index: NameIndex): (entry: number) => boolean {
  const {names} = model
  const answers = {
    dir: new Uint8Array(names.count),
    file: new Uint8Array(names.count),
    symlink: new Uint8Array(names.count),
    other: new Uint8Array(names.count),
  }
  return (entry) => {
    const type = model.typeOf(entry)
    const number = names.numberOf(entry)
    const known = answers[type]
    if (known[number] === UNKNOWN) known[number] = index.knowsName(names.textOf(number), type) ? YES : NO
    return known[number] === YES
  }
}
