/** What sources of compiled languages take in of their own project. */

import {baseName, joinPath, parentPath} from '../../../../languages/text/container-path.js'
import {resolveIn} from '../needs.js'
import {matchLines} from '../text-lines.js'
import type {Import, ImportReader} from './source-imports.js'

/** A statement with one group, and where what it names may lie. */
interface Statement {
  /** With the flags `g` and `m`. */
  pattern: RegExp
  targets(name: string, path: string): readonly string[]
}

function createReader(...statements: readonly Statement[]): ImportReader {
  return ({path, text}) =>
    statements.flatMap(({pattern, targets}) =>
      matchLines(text, pattern).map(
        ({match, line}): Import => ({targets: targets(match[1] ?? '', path), line, text: match[0]}),
      ),
    )
}

/** `mod name;`, but where a condition stands above it. */
export const readRustModules: ImportReader = createReader({
  pattern: /(?<!#\[(?:cfg|path)[^\n]*\n)^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*;/gm,
  targets: (name, path) => {
    const own = baseName(path).replace(/\.rs$/, '')
    const isRoot = /^(?:main|lib|mod)$/.test(own) || /(?:^|\/)(?:bin|tests|benches)\/[^/]+$/.test(path)
    const folder = isRoot ? parentPath(path) : joinPath(parentPath(path), own)
    return [joinPath(folder, `${name}.rs`), joinPath(folder, `${name}/mod.rs`)]
  },
})

const JVM_ENDINGS = ['java', 'kt', 'scala', 'groovy']

/** A class of the same source directory: its package is its path. */
export const readJvmImports: ImportReader = (source, project) => {
  const own = /^package[ \t]+([\w.]+)/m.exec(source.text)?.[1]?.replaceAll('.', '/')
  const folder = parentPath(source.path)
  if (own === undefined || !folder.endsWith(own)) return []
  const root = folder.slice(0, folder.length - own.length).replace(/\/$/, '')
  const read = createReader({
    pattern: /^import[ \t]+(?:static[ \t]+)?([a-z_][\w.]*\.[A-Z]\w*)/gm,
    targets: (name) => JVM_ENDINGS.map((ending) => joinPath(root, `${name.replaceAll('.', '/')}.${ending}`)),
  })
  return read(source, project)
}

/** `#include "name"`, beside the file or below a directory of headers around it. */
export const readHeaders: ImportReader = createReader({
  pattern: /^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm,
  targets: (name, path) => {
    const found: string[] = []
    for (let at = parentPath(path); ; at = parentPath(at)) {
      found.push(
        resolveIn(at, name),
        resolveIn(joinPath(at, 'include'), name),
        resolveIn(joinPath(at, 'src'), name),
      )
      if (at === '') return found
    }
  },
})
