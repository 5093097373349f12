import {readFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

/** The root of the checkout: compiled tests run from dist-test/test/. */
export const projectRoot = path.resolve(fileURLToPath(import.meta.url), '../../../..')

/** Reads the rows of a table under test/conformance, one JSON object a line. */
export function readConformanceRows<Row>(file: string): Row[] {
  const text = readFileSync(path.join(projectRoot, 'test/conformance', file), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}
