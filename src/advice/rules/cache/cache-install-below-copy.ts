import type {Step} from '../../../build/graph/build-graph.js'
import {chainOf} from '../../../build/graph/query-graph.js'
import {sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'
import {actionsOf, commandsOf, takesWholeContext} from './cache-facts.js'

/** Makes that fetch what a lock file or a manifest names. */
const INSTALL = /-install$|-restore$|-vendor$|mix-deps/

/** Commands that fetch packages and are recognised by their words alone. */
const COMMAND =
  /\b(?:npm (?:ci|i|install)|yarn(?: install\b|(?=\s*$|\s+-))|pnpm (?:i|install|add|fetch)|bun (?:i|install)|pip3? install|uv (?:sync|pip install)|poetry install|pdm install|pipenv (?:install|sync)|go mod download|bundle install|composer install|cargo fetch|mix deps\.get|dotnet restore)\b/

/** Commands that install for the whole machine, and mostly read nothing of the context. */
const FOR_MACHINE =
  /^(?:apt(?:-get)? (?:-\S+ )*install|apk (?:-\S+ )*add|(?:micro)?dnf (?:-\S+ )*install|yum (?:-\S+ )*install|(?:npm|pnpm|bun) (?:i|install|add) (?:.* )?(?:-g|--global)\b|yarn global add)\b/

/** A package that is a file or a directory of the context. */
const LOCAL_PACKAGE = /\s(?:\.{0,2}\/|file:|\S+\.(?:deb|rpm|apk|tgz|tar\.gz)\b)/

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
      {dockerfile: 'FROM debian\nCOPY . .\nRUN apt-get install -y ./tool.deb\n', tree: ['tool.deb']},
      {
        dockerfile:
          'FROM node\nCOPY package.json yarn.lock ./\nRUN yarn --frozen-lockfile\nCOPY . .\nRUN yarn build && ./run yarn:test\n',
        tree: ['package.json', 'yarn.lock', 'run', 'src/a.js'],
      },
    ],
    bad: [
      {
        dockerfile: 'FROM node\nCOPY . .\nRUN npm ci\n',
        tree: ['package.json', 'package-lock.json', 'src/a.js'],
      },
      {dockerfile: 'FROM debian\nCOPY . .\nRUN apt-get install -y git\n', tree: ['run.sh']},
      {dockerfile: 'FROM node\nCOPY . .\nRUN npm install --loglevel=error -g pnpm\n', tree: ['run.js']},
    ],
  },
  message: ({command, copy, copyLine}) =>
    sentence`"${command}" is after "${copy}" (line ${copyLine}): every edit of the code runs it again`,
  fix: ({command, copyLine}) =>
    FOR_MACHINE.test(command)
      ? `Move it before line ${copyLine}, if it needs nothing of the context`
      : `Copy what "${command}" reads before it, and the rest after it`,
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
  const texts = commandsOf(instruction).map(({words}) => words.join(' '))
  return texts.find((text) => FOR_MACHINE.test(text) && !LOCAL_PACKAGE.test(text)) ?? null
}
