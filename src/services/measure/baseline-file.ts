import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import {readFileBounded} from '../../host/files/read-file.js'
import type {Baseline} from '../../measure/build/compare-with-baseline.js'
import {parseMeasureReport} from '../../measure/build/parse-report.js'

/** Steps of some hundred runs. */
const MAX_BYTES = 64 * 2 ** 20

/** Loads a report that `--save` wrote; its `.md` stands for the `.json` beside it. @throws SlimCheckError */
export function loadMeasureBaseline(file: string, workingDir = process.cwd()): Baseline {
  const shown = nameFiles(file).json
  const read = readFileBounded(path.resolve(workingDir, shown), MAX_BYTES)
  if (read.status === 'missing')
    throw new SlimCheckError('measure-file-invalid', {file: shown, reason: 'there is no such file'})
  if (read.status !== 'read') {
    const reason = read.status === 'unreadable' ? read.reason : 'it cannot be read as a file'
    throw new SlimCheckError('measure-file-invalid', {file: shown, reason})
  }
  const parsed = parseMeasureReport(Buffer.from(read.content).toString())
  if (typeof parsed === 'string')
    throw new SlimCheckError('measure-file-invalid', {file: shown, reason: parsed})
  return {file: shown, report: parsed}
}

/** The two files of a report, whichever of them was named. */
export function nameFiles(file: string): {markdown: string; json: string} {
  const base = file.replace(/\.(?:md|markdown|json)$/i, '')
  return {markdown: `${base}.md`, json: `${base}.json`}
}

/** Where the results of a comparison go: beside the baseline. */
export function nameResults(baseline: string): {markdown: string; json: string} {
  return nameFiles(path.join(path.dirname(baseline), 'results.md'))
}
