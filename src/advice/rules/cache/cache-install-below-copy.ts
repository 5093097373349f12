import type {Step} from '../../../build/graph/build-graph.js'
import {chainOf} from '../../../build/graph/query-graph.js'
import {sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'
import {actionsOf, takesWholeContext} from './cache-facts.js'

/** Makes that fetch what a lock file or a manifest names. */
const INSTALL = /-install$|-restore$|-vendor$|mix-deps/

/** Commands that fetch packages and are recognised by their words alone. */
const COMMAND =
  /\b(?:npm (?:ci|i|install)|yarn(?: install)?|pnpm (?:i|install|fetch)|bun (?:i|install)|pip3? install|uv (?:sync|pip install)|poetry install|pdm install|pipenv (?:install|sync)|go mod download|bundle install|composer install|cargo fetch|mix deps\.get|dotnet restore|apt-get install|apk add|dnf install|yum install)\b/

interface Install {
  command: string
  copy: string
  copyLine: number
}

/** Finds an install that every edit of the code runs again. */
export default defineCacheRule<Install>({
  id: 'cache-install-below-copy',
  severity: 'warning',
  summary: 'Install dependencies before the COPY of the source code',
  reason:
    'A step runs again when a step before it does: an install after "COPY . ." runs again with every edit of the code.',
  remedy: 'Copy the manifest and the lock file first, install, then copy the rest.',
  examples: {
    good: [
      {
        dockerfile: 'FROM node\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n',
        tree: ['package.json', 'package-lock.json', 'src/a.js'],
      },
    ],
    bad: [
      {
        dockerfile: 'FROM node\nCOPY . .\nRUN npm ci\n',
        tree: ['package.json', 'package-lock.json', 'src/a.js'],
      },
    ],
  },
  message: ({command, copy, copyLine}) =>
    sentence`"${command}" is after "${copy}" (line ${copyLine}): every edit of the code runs it again`,
  fix: ({command}) => `Copy what "${command}" reads before it, and the rest after it`,
  check: ({graph}) =>
    graph.steps.flatMap((step) => {
      const copy = chainOf(step.base).find(({reads, instruction}) => {
        return instruction.keyword !== 'RUN' && reads.some(takesWholeContext)
      })
      const command = copy === undefined ? null : findInstall(step)
      if (copy === undefined || command === null) return []
      return [{data: {command, copy: copy.instruction.text, copyLine: copy.line}, line: step.line}]
    }),
})

/** The command of a RUN that fetches packages; a project that is installed itself needs its code. */
function findInstall({instruction}: Step): string | null {
  if (instruction.keyword !== 'RUN') return null
  for (const {text, makes = [], buildsPythonProject} of actionsOf(instruction)) {
    if (buildsPythonProject) continue
    if (makes.some((one) => INSTALL.test(one)) || COMMAND.test(text)) return text
  }
  return null
}
