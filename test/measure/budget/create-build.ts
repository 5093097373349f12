import type {BuildFigures, MeasuredPath} from '../../../src/measure/budget/build-figures.js'

/** Makes a path of `web/dist 500 3`: its bytes and files; a rebuild sends 10 bytes for each file. */
function createPath(text: string): MeasuredPath {
  const [path = '', bytes = '0', files = '1'] = text.split(' ')
  const fileCount = Number(files)
  return {path, transferBytes: Number(bytes), rebuildTransferBytes: 10 * fileCount, fileCount}
}

/** Makes a build that is the sum of its paths. */
export function createBuild(
  name: string,
  paths: readonly string[],
  {savings = [], largestEntries = []}: {savings?: string[]; largestEntries?: string[]} = {},
): BuildFigures {
  const all = paths.map(createPath)
  const sum = (amountOf: (path: MeasuredPath) => number): number =>
    all.reduce((total, path) => total + amountOf(path), 0)
  const fileCount = sum((path) => path.fileCount)
  return {
    name,
    sizes: {
      entryCount: fileCount,
      fileCount,
      fileBytes: 0,
      transferBytes: sum((path) => path.transferBytes),
      rebuildTransferBytes: sum((path) => path.rebuildTransferBytes),
    },
    paths: all,
    savings: savings.map(createPath),
    largestEntries: largestEntries.map(createPath),
  }
}
