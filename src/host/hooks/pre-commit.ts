import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import type {HookOptions} from '../../report/hook-status.js'
import type {HookKind, HookPlace} from './hook-kind.js'
import {UNPUBLISHED} from './unpublished.js'
import {createWholeFileKind} from './whole-file.js'

const CONFIG_NAME = '.pre-commit-config.yaml'

const wholeFile = createWholeFileKind({
  name: 'pre-commit',
  summary: 'a hook of the pre-commit program',
  findPath: ({projectDir}) => path.join(projectDir, CONFIG_NAME),
  createText: ({version, options}) => `repos:
  - repo: https://github.com/docker-slim-check/docker-slim-check
    rev: v${version}
    hooks:
      - id: docker-context
${createArguments(options)}`,
  readOptions(content) {
    const [, maxTransfer] = /"--max-transfer", "(.*)"\]/.exec(Buffer.from(content).toString()) ?? []
    return maxTransfer === undefined ? {} : {maxTransfer}
  },
  listNotes: () => [
    'Run "pre-commit install" once in each clone; pre-commit installs the check itself',
    UNPUBLISHED.repository,
  ],
})

/** A configuration for the pre-commit program; one that exists is left for its owner to extend. */
export const preCommit: HookKind = {
  ...wholeFile,
  install(place: HookPlace) {
    try {
      return wholeFile.install(place)
    } catch (error) {
      if (!(error instanceof SlimCheckError) || error.code !== 'not-ours') throw error
      throw new SlimCheckError('hook-manager', {
        manager: 'pre-commit',
        file: CONFIG_NAME,
        line: 'what "docker-slim-check hook print pre-commit" prints',
      })
    }
  },
}

/** What stands for the hook's own arguments. */
function createArguments({maxTransfer}: HookOptions): string {
  return maxTransfer === undefined ? '' : `        args: [".", "--max-transfer", "${maxTransfer}"]\n`
}
