import {BASELINE_VERSION, type Baseline, type BaselineBuild} from './baseline.js'

/** Writes a baseline as JSON, one line a path: what grew is one line of a diff. The same baseline is the same text. */
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
