import {createHash} from 'node:crypto'
import {SlimCheckError} from '../../errors.js'
import type {HookOptions} from '../../report/hook-status.js'
import {isOwnFile, LAUNCHER_MARK} from '../docker/launcher-mark.js'
import type {HookKind, HookPlace} from './hook-kind.js'

/** A kind that is one file of its own. */
export interface WholeFile {
  name: string
  summary: string
  /** Where it goes. */
  findPath(place: HookPlace): string
  /** Without our mark, which becomes the second line. */
  createText(place: HookPlace): string
  /** Finds the options in what was written. */
  readOptions?(content: Uint8Array): HookOptions
  isExecutable?: boolean
  /** What to do once it is there. */
  listNotes?(place: HookPlace): string[]
}

/**
 * Makes a kind of hook from a file that is all ours: known by its mark, gone with `uninstall`. The mark ends in a sum
 * of the rest, so that the user's additions are neither overwritten nor removed.
 */
export function createWholeFileKind({
  name,
  summary,
  findPath,
  createText,
  readOptions,
  isExecutable,
  listNotes = () => [],
}: WholeFile): HookKind {
  const find = (place: HookPlace) => {
    const path = findPath(place)
    return {path, before: place.readFile(path)}
  }
  const compose = (place: HookPlace): string => {
    const text = createText(place)
    const [first = '', ...others] = text.split('\n')
    return [first, `${LAUNCHER_MARK} (${sum(text)})`, ...others].join('\n')
  }
  return {
    name,
    summary,
    install(place) {
      const {path, before} = find(place)
      if (before !== null && !isOwnFile(before)) throw new SlimCheckError('not-ours', {path})
      const after = Buffer.from(compose(place))
      if (before !== null && isChanged(before)) throw new SlimCheckError('changed-by-hand', {path})
      return {changes: [{path, before, after, ...(isExecutable && {isExecutable})}], notes: listNotes(place)}
    },
    uninstall(place) {
      const {path, before} = find(place)
      if (before === null || !isOwnFile(before)) return {changes: [], notes: []}
      if (isChanged(before)) throw new SlimCheckError('changed-by-hand', {path})
      return {changes: [{path, before, after: null}], notes: []}
    },
    status(place) {
      const {path, before} = find(place)
      if (before === null || !isOwnFile(before)) return {isInstalled: false}
      return {
        isInstalled: true,
        where: path,
        options: readOptions?.(before) ?? {},
        ...(isChanged(before) && {problem: 'it was changed by hand'}),
      }
    },
    print: createText,
  }
}

/** Git may have turned the line ends of a file in a project. */
function isChanged(content: Uint8Array): boolean {
  const [first = '', mark = '', ...others] = Buffer.from(content)
    .toString()
    .replaceAll('\r\n', '\n')
    .split('\n')
  return !mark.endsWith(`(${sum([first, ...others].join('\n'))})`)
}

function sum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
