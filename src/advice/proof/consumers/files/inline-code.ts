/** Files that code opens which stands in the command itself. */

import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import type {Need, ProjectView} from '../consumption.js'

/** What code of a program opens; the first group is the path. */
const OPENINGS: readonly (readonly [program: RegExp, patterns: readonly RegExp[]])[] = [
  [
    /^julia$/,
    [
      /\b(?:Pkg\.)?(?:develop|add)\(\s*(?:Pkg\.)?(?:PackageSpec\()?\s*;?\s*path\s*=\s*"([^"]+)"/g,
      /(?<![.\w])include\(\s*"([^"]+)"/g,
    ],
  ],
  [
    /^(?:R|Rscript)$/,
    [
      /(?<![.\w])source\(\s*["']([^"']+)["']/g,
      /\b(?:install_local|devtools::install|remotes::install_deps|local_install|local_install_deps)\(\s*["'](\.?\/?\w[^"']*)["']/g,
      /\binstall\.packages\(\s*["']([^"']+\.(?:tar\.gz|tgz|zip))["']/g,
      /\blockfile\s*=\s*["']([^"']+)["']/g,
    ],
  ],
  [/^(?:node|bun|tsx)$/, [/\brequire\(\s*["'](\.{1,2}\/[^"']+)["']/g]],
  [/^php$/, [/\b(?:require|include)(?:_once)?[ (]+["']([^"']+\.php)["']/g]],
  [/^ruby$/, [/\b(?:load|require_relative)[ (]+["']([^"']+)["']/g]],
  [/^perl$/, [/\b(?:do|require)\s+["'](\.?\/?[^"']+\.p[lm])["']/g]],
]

/** What a command such as `julia -e 'include("a.jl")'` opens of its project; those that are there. */
export function listOpenedInline({program, words, directory}: PlacedAction, project: ProjectView): Need[] {
  const row = OPENINGS.find(([name]) => name.test(program))
  if (row === undefined || !words.some((word) => /^-\w*[er]$|^--eval$/.test(word))) return []
  const code = words.slice(1).join(' ')
  const names = row[1].flatMap((pattern) => [...code.matchAll(pattern)].map(([, name = '']) => name))
  return names
    .filter((name) => /^[\w./@-]+$/.test(name) && !name.startsWith('/'))
    .flatMap((name) => project.guessSources(directory, name))
    .filter((contextPath) => contextPath !== '' && project.has(contextPath))
    .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null}))
}
