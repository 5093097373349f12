import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../../languages/text/container-path.js'
import {chainBefore} from '../moves/chain-before.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {normalizePackage, readRequirements} from './requirements.js'

/** A list of packages that a RUN of the image installs: requirements, or a package.json. */
export interface InstalledList {
  step: Step
  command: ShellCommand
  /** In the context. */
  path: string
  /** Normalized. */
  names: readonly string[]
}

/** The packages of one language in an image, as far as the Dockerfile says it. */
export interface InstalledPackages {
  lists: readonly InstalledList[]
  /** Named in a RUN itself; normalized. */
  byName: readonly string[]
  /** What comes with them, by their lock files. */
  brought: readonly string[]
  /** Every step that brings packages is understood. */
  isWhole: boolean
}

const PIP = /^(?:\S*\/)?(?:python[\d.]* -m )?pip[\d.]* install\b/
const PROJECT = /^uv sync\b|^(?:\S*\/)?pip[\d.]* install (?:\S+ )*\.(?:\[[\w,]+\])?$/
const OTHER = /^(?:uv|poetry|pipenv|pdm|conda|mamba|micromamba|easy_install)\b|^apt(?:-get)? .*\bpython3?-/

/** Lists what the steps of the image that is built install for programs of Python. */
export function listInstalled(facts: RewriteFacts): InstalledPackages {
  const steps = stepsBehind(facts.graph.target)
  const lists: InstalledList[] = []
  const byName: string[] = []
  let isWhole = !steps.some(({reads}) =>
    reads.some(
      ({from, landing}) => from.kind === 'stage' && /venv|site-packages|\/usr\/local/.test(landing.path),
    ),
  )
  for (const step of steps) {
    for (const command of facts.commandsOf(step)) {
      const call = command.words.join(' ')
      if (!PIP.test(call) && !PROJECT.test(call)) {
        if (OTHER.test(call)) isWhole = false
        continue
      }
      const found = PROJECT.test(call) ? readProject(facts, step, command) : readLists(facts, step, command)
      if (found === null) isWhole = false
      else lists.push(...found)
      byName.push(...namesIn(command.words))
    }
  }
  return {lists, byName, brought: [], isWhole}
}

function readLists(facts: RewriteFacts, step: Step, command: ShellCommand): InstalledList[] | null {
  const {words, directory} = command
  const found: InstalledList[] = []
  for (const [index, word] of words.entries()) {
    if (words[index - 1] !== '-r' && words[index - 1] !== '--requirement') continue
    const path = sourceBefore(facts, step, resolveContainerPath(directory, word))
    const names = path === null ? null : readRequirements(facts.evidence.get(path) ?? '-e unread')
    if (path === null || names === null) return null
    found.push({step, command, path, names})
  }
  return found
}

function readProject(facts: RewriteFacts, step: Step, command: ShellCommand): InstalledList[] | null {
  const path = sourceBefore(facts, step, resolveContainerPath(command.directory, 'pyproject.toml'))
  const text = path === null ? undefined : facts.evidence.get(path)
  const [, list] = /^dependencies\s*=\s*\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]/m.exec(text ?? '') ?? []
  if (path === null || list === undefined) return null
  const names = Array.from(list.matchAll(/["']([A-Za-z0-9][\w.-]*)/g), ([, name = '']) =>
    normalizePackage(name),
  )
  return [{step, command, path, names}]
}

/** The file of the context that stands at a place when a step runs; null where none does. */
export function sourceBefore(facts: RewriteFacts, step: Step, place: string): string | null {
  const sources = chainBefore(step)
    .toReversed()
    .map((one) => facts.sourceOf(one, place))
  return sources.find((path) => path !== null && facts.isSent(path)) ?? null
}

function namesIn(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const [, name] = /^([A-Za-z][\w.-]*)(?:\[[\w,-]+\])?(?:[=<>~!].*)?$/.exec(word) ?? []
    const isName =
      index > words.indexOf('install') && !words[index - 1]?.startsWith('-') && name !== undefined
    return isName ? [normalizePackage(name)] : []
  })
}
