import path from 'node:path'
import type {Location} from '../../languages/text/range.js'
import type {ProjectFiles} from '../project-files.js'

/** A command that gives Docker the Dockerfile alone: nothing can be copied of the context. */
export interface PipedBuild {
  /** As it is written. */
  command: string
  /** Absolute. */
  dockerfilePath: string
  place: Location
}

/** Files whose commands somebody runs; at the root. */
const SCRIPT = /^(?:(?:GNU)?[Mm]akefile|package\.json|[Jj]ustfile|Taskfile\.ya?ml|.*\.sh)$/
const REDIRECTED = /\bdocker\s+(?:buildx\s+|image\s+)?build\b[^\n#|&;<]*\s-\s*<\s*["']?([\w./-]+)/
const PIPED =
  /\bcat\s+["']?([\w./-]+)["']?\s*\|\s*docker\s+(?:buildx\s+|image\s+)?build\b[^\n#|&;<]*\s-(?=\s*(?:$|[;&"']))/

/** A line that somebody wrote is shorter. Bounds what the search of one line can cost. */
const MAX_LINE = 2_000

/** Finds `docker build - < Dockerfile` in the scripts of a directory. @param rootDir absolute */
export function readPipedBuilds(rootDir: string, files: ProjectFiles): PipedBuild[] {
  return files
    .listNames(rootDir)
    .filter((name) => SCRIPT.test(name))
    .flatMap((name) => {
      const file = path.join(rootDir, name)
      const read = files.read(file)
      return read.status === 'read' && read.text.includes('docker') ? listPiped(read.text, file, rootDir) : []
    })
}

function listPiped(text: string, file: string, rootDir: string): PipedBuild[] {
  return text.split('\n').flatMap((line, at) => {
    const isRead = line.length <= MAX_LINE && !/^\s*#/.test(line)
    const match = !isRead ? null : (REDIRECTED.exec(line) ?? PIPED.exec(line))
    if (match === null) return []
    const dockerfilePath = path.resolve(rootDir, match[1]!)
    return [{command: match[0].trim(), dockerfilePath, place: {file, line: at + 1, column: 1}}]
  })
}
