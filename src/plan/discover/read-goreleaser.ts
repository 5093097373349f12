import path from 'node:path'
import type {Location} from '../../languages/text/range.js'
import type {ProjectFiles} from '../project-files.js'

/** An image that GoReleaser builds: its context holds the binaries and what is listed, nothing else. */
export interface ReleaserBuild {
  /** Absolute. */
  dockerfilePath: string
  /** Files and directories of the context, relative to the repository. */
  extraFiles: readonly string[]
  place: Location
}

const NAME = /^\.?goreleaser\.ya?ml$/

/** Reads the images of a `.goreleaser.yaml`; those whose Dockerfile a template names are left out. @param rootDir absolute */
export function readGoReleaser(rootDir: string, files: ProjectFiles): ReleaserBuild[] {
  return files
    .listNames(rootDir)
    .filter((name) => NAME.test(name))
    .flatMap((name) => {
      const file = path.join(rootDir, name)
      const read = files.read(file)
      if (read.status !== 'read') return []
      return listItems(read.text).flatMap(({text, line}) => {
        const told = /^[\s-]*dockerfile:\s*["']?([^"'#\n]+?)["']?\s*$/m.exec(text)?.[1] ?? 'Dockerfile'
        if (told.includes('{{') || !/^[\s-]*(?:image_templates|images|dockerfile):/m.test(text)) return []
        return [
          {
            dockerfilePath: path.resolve(rootDir, told),
            extraFiles: listExtraFiles(text),
            place: {file, line, column: 1},
          },
        ]
      })
    })
}

/** The items of `dockers:` and `dockers_v2:`, each with its first line. */
function listItems(text: string): {text: string; line: number}[] {
  const found: {lines: string[]; line: number}[] = []
  let indent: number | null = null
  let isInside = false
  for (const [at, line] of text.split('\n').entries()) {
    if (/^[\w#]/.test(line)) {
      isInside = /^dockers(?:_v2)?:\s*(?:#.*)?$/.test(line) || (isInside && line.startsWith('#'))
      if (!isInside) indent = null
      continue
    }
    const depth = /^(\s*)-\s/.exec(line)?.[1]?.length
    if (!isInside) continue
    indent ??= depth ?? null
    if (depth !== undefined && depth === indent) found.push({lines: [], line: at + 1})
    found.at(-1)?.lines.push(line)
  }
  return found.map(({lines, line}) => ({text: lines.join('\n'), line}))
}

function listExtraFiles(text: string): string[] {
  const [, inline, block] =
    /^[\s-]*extra_files:[ \t]*(?:\[([^\]]*)\]|((?:\n[ \t]+-.*|\n[ \t]*#.*)*))/m.exec(text) ?? []
  const items =
    inline !== undefined
      ? inline.split(',')
      : (block ?? '').split('\n').map((one) => one.replace(/^\s*-\s*/, ''))
  return items
    .map((one) =>
      one
        .trim()
        .replace(/^["']|["']$/g, '')
        .replace(/^\.\//, '')
        .replace(/\/$/, ''),
    )
    .filter((one) => one !== '' && !one.startsWith('#'))
}
