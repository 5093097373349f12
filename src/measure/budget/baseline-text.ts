import {BaselineError} from '../../errors.js'
import {BASELINE_VERSION, type Baseline, type BaselineBuild, type BaselinePath} from './baseline.js'

/** Reads a baseline and ignores keys that it does not know. @throws BaselineError that says what is wrong */
export function parseBaseline(text: string): Baseline {
  const {version, builds} = readObject(parse(text), 'the file')
  if (version !== BASELINE_VERSION) {
    throw new BaselineError(
      version === undefined
        ? 'it has no "version"'
        : `it has version ${cut(JSON.stringify(version))}, and this program reads version ${BASELINE_VERSION}`,
    )
  }
  const read = readList(builds, 'builds').map((build, at) => readBuild(build, `builds[${at}]`))
  const names = new Set<string>()
  for (const {name} of read) {
    if (names.has(name)) throw new BaselineError(`it has the build ${cut(JSON.stringify(name))} twice`)
    names.add(name)
  }
  return {builds: read}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    const isConflict = /^(<<<<<<<|>>>>>>>)/m.test(text)
    throw new BaselineError(isConflict ? 'it has the markers of a merge conflict' : 'it is not JSON')
  }
}

function readBuild(value: unknown, place: string): BaselineBuild {
  const {name, transferBytes, rebuildTransferBytes, fileCount, paths, otherPaths} = readObject(value, place)
  const others = readObject(otherPaths, `${place}.otherPaths`)
  return {
    name: readText(name, `${place}.name`),
    transferBytes: readCount(transferBytes, `${place}.transferBytes`),
    rebuildTransferBytes: readCount(rebuildTransferBytes, `${place}.rebuildTransferBytes`),
    fileCount: readCount(fileCount, `${place}.fileCount`),
    paths: readList(paths, `${place}.paths`).map((path, at) => readPath(path, `${place}.paths[${at}]`)),
    otherPaths: {
      pathCount: readCount(others.pathCount, `${place}.otherPaths.pathCount`),
      transferBytes: readCount(others.transferBytes, `${place}.otherPaths.transferBytes`),
      fileCount: readCount(others.fileCount, `${place}.otherPaths.fileCount`),
    },
  }
}

function readPath(value: unknown, place: string): BaselinePath {
  const {path, transferBytes, fileCount} = readObject(value, place)
  return {
    path: readText(path, `${place}.path`),
    transferBytes: readCount(transferBytes, `${place}.transferBytes`),
    fileCount: readCount(fileCount, `${place}.fileCount`),
  }
}

function readObject(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw new BaselineError(`${place} is not an object`)
}

function readList(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new BaselineError(`${place} is not a list`)
}

function readText(value: unknown, place: string): string {
  if (typeof value === 'string') return value
  throw new BaselineError(`${place} is not a text`)
}

function readCount(value: unknown, place: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new BaselineError(`${place} is not a whole number`)
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

/** Writes a baseline as JSON, one line a path, so that a path that grew is one line of a diff. Equal baselines give equal texts. */
export function writeBaseline({builds}: Baseline): string {
  const texts = builds.map(writeBuild)
  return `{\n  "version": ${BASELINE_VERSION},\n  "builds": ${writeList(texts, '  ')}\n}\n`
}

function writeBuild({
  name,
  transferBytes,
  rebuildTransferBytes,
  fileCount,
  paths,
  otherPaths,
}: BaselineBuild): string {
  const lines = paths.map(
    ({path, transferBytes, fileCount}) =>
      `{"path": ${JSON.stringify(path)}, "transferBytes": ${transferBytes}, "fileCount": ${fileCount}}`,
  )
  const others = `{"pathCount": ${otherPaths.pathCount}, "transferBytes": ${otherPaths.transferBytes}, "fileCount": ${otherPaths.fileCount}}`
  return [
    '{',
    `      "name": ${JSON.stringify(name)},`,
    `      "transferBytes": ${transferBytes},`,
    `      "rebuildTransferBytes": ${rebuildTransferBytes},`,
    `      "fileCount": ${fileCount},`,
    `      "paths": ${writeList(lines, '      ')},`,
    `      "otherPaths": ${others}`,
    '    }',
  ].join('\n')
}

function writeList(items: readonly string[], indent: string): string {
  if (items.length === 0) return '[]'
  return `[\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}]`
}
