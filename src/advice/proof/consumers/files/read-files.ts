/** Files that a script of a build opens by a name that stands in it. */

import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {parentPath} from '../../../../languages/text/container-path.js'
import {quoteCode} from '../../../../languages/text/quote.js'
import type {Need, ProjectView} from '../consumption.js'
import {resolveIn} from '../needs.js'
import {matchLines} from '../text-lines.js'

interface Opening {
  scripts: RegExp
  /** With the flag `g`; the first group is the path, or quoted parts of one. */
  pattern: RegExp
  /** What the path is relative to. */
  from: 'work' | 'script'
}

const PARTS = `((?:["'][^"'\\n]+["']\\s*,?\\s*)+)\\)`
const OPENINGS: readonly Opening[] = [
  {
    scripts: /\.[cm]?[jt]s$/,
    pattern:
      /\b(?:readFileSync|readFile|createReadStream|readJSONSync|readJsonSync|readJson)\(\s*(["'][^"'\n]+["'])/g,
    from: 'work',
  },
  {
    scripts: /\.[cm]?[jt]s$/,
    pattern: new RegExp(
      `\\b(?:readFileSync|readFile|createReadStream)\\(\\s*(?:path\\.)?(?:join|resolve)\\(\\s*process\\.cwd\\(\\)\\s*,\\s*${PARTS}`,
      'g',
    ),
    from: 'work',
  },
  {
    scripts: /\.[cm]?[jt]s$/,
    pattern: new RegExp(
      `\\b(?:readFileSync|readFile|createReadStream)\\(\\s*(?:path\\.)?(?:join|resolve)\\(\\s*(?:__dirname|import\\.meta\\.dirname)\\s*,\\s*${PARTS}`,
      'g',
    ),
    from: 'script',
  },
  {
    scripts: /\.[cm]?[jt]s$/,
    pattern: /\breadFile(?:Sync)?\(\s*new URL\(\s*(["'][^"'\n]+["'])\s*,\s*import\.meta\.url/g,
    from: 'script',
  },
  {scripts: /\.py$/, pattern: /\bopen\(\s*(["'][^"'\n]+["'])(?!\s*,\s*["'][wax])/g, from: 'work'},
  {scripts: /\.py$/, pattern: /\bPath\(\s*(["'][^"'\n]+["'])\s*\)\.read_\w+\(/g, from: 'work'},
  {scripts: /\.rb$/, pattern: /\bFile\.(?:read|foreach)\(?\s*(["'][^"'\n]+["'])/g, from: 'work'},
]

/** Lines before an opening in which a script may ask whether the file is there. */
const LINES_BEFORE = 6
const ASKS = /exists|isfile|\btry\b|access\(|\bstat/i

/** What a step opens that is there and nothing asks for first. */
export function listOpened({script, isStart, directory}: PlacedAction, project: ProjectView): Need[] {
  if (script === undefined || isStart) return []
  const lines = script.text.split('\n')
  return OPENINGS.filter(({scripts}) => scripts.test(script.path)).flatMap(({pattern, from}) =>
    matchLines(script.text, pattern).flatMap(({match, line}): Need[] => {
      const name = [...match[1]!.matchAll(/["']([^"']+)["']/g)].map(([, part = '']) => part).join('/')
      const isPlain = /^[\w./@-]+$/.test(name) && !name.startsWith('/')
      if (!isPlain || ASKS.test(lines.slice(Math.max(0, line - LINES_BEFORE), line).join('\n'))) return []
      const paths =
        from === 'work' ? project.guessSources(directory, name) : [resolveIn(parentPath(script.path), name)]
      const askedBy = {path: script.path, line, text: quoteCode(match[0])}
      return paths
        .filter((one) => project.isFile(one) || project.findClosed(one) !== null)
        .map(
          (one): Need => ({
            contextPath: project.isFile(one) ? one : project.findClosed(one)!,
            certainty: 'likely',
            askedBy,
          }),
        )
    }),
  )
}
