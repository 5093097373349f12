import type {Step} from '../../build/graph/build-graph.js'
import {listEnvironment} from '../../languages/dockerfile/evaluate/step-state.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import type {RewriteFacts} from './rewrite-facts.js'

/** Lists the directories of installed packages that a step makes: container paths of virtual environments and of node_modules. */
export function listPackageTrees(facts: RewriteFacts, step: Step): string[] {
  if (step.instruction.keyword !== 'RUN') return []
  const variables = new Map(listEnvironment(step.instruction.state.environment))
  return facts.commandsOf(step).flatMap((command) => {
    const tree = findTree(command, variables)
    return tree === null ? [] : [resolveContainerPath(command.directory, tree)]
  })
}

/** As it is written; null for a command that makes none. */
function findTree({words}: ShellCommand, variables: ReadonlyMap<string, string>): string | null {
  const call = words.join(' ')
  if (/^uv sync\b/.test(call)) return variables.get('UV_PROJECT_ENVIRONMENT') ?? '.venv'
  if (/^(?:uv venv|virtualenv|python[\d.]* -m (?:venv|virtualenv))\b/.test(call)) return readOperand(words)
  if (/^poetry install\b/.test(call)) {
    return variables.get('POETRY_VIRTUALENVS_IN_PROJECT') === undefined ? null : '.venv'
  }
  if (/^pipenv (?:install|sync)\b/.test(call)) {
    return variables.get('PIPENV_VENV_IN_PROJECT') === undefined ? null : '.venv'
  }
  const isModules = /^(?:npm (?:ci|i|install)|yarn(?: install)?|pnpm (?:i|install)|bun (?:i|install))(?= -|$)/
  return isModules.test(call) && !/ (?:-g|--global)\b/.test(call) ? 'node_modules' : null
}

/** The directory that a virtual environment is made in: the last word, if that is no option. */
function readOperand(words: readonly string[]): string | null {
  const last = words.at(-1) ?? ''
  if (/^(?:venv|virtualenv)$/.test(last) && words.length <= 3) return words[0] === 'uv' ? '.venv' : null
  return last.startsWith('-') ? null : last
}
