import {execFileSync} from 'node:child_process'
import path from 'node:path'
import {HOOK_KINDS} from '../../../src/host/hooks/hook-kinds.js'
import {writeTree} from '../../helpers/tree.js'
import type {TreeState} from './tree-state.js'

/** A command line, and the command lines that do the same step by step where one file changes several times. */
export interface Call {
  words: readonly string[]
  steps?: readonly (readonly string[])[]
}

/** Calls that change files, one after the other on one tree. */
export interface Scenario {
  title: string
  calls: readonly Call[]
}

const BUDGET = ['--max-transfer', '50MB']

/** Whatever writes: each hook installed and undone, the plugin, the ignore file, a configuration, a baseline. */
export const SCENARIOS: readonly Scenario[] = [
  ...HOOK_KINDS.map(({name}) => ({
    title: `hook ${name}`,
    calls: [
      {words: ['hook', 'install', name, ...(name === 'after-build' ? [] : BUDGET)]},
      {words: ['hook', 'uninstall', name]},
    ],
  })),
  {
    title: 'install and uninstall',
    calls: [
      {words: ['install', '--shell', '--yes']},
      {words: ['hook', 'install', 'docker-build']},
      {words: ['hook', 'install', 'after-build']},
      {words: ['uninstall'], steps: [['hook', 'uninstall', 'docker-build']]},
    ],
  },
  {
    title: 'context',
    calls: [
      {words: ['context', '.', '--write']},
      {words: ['init', '.']},
      {words: ['context', '.', '--baseline', 'sizes.json', '--update-baseline']},
    ],
  },
]

/** Makes the tree that all scenarios start from: a project in a repository, and a home with Docker's configuration. */
export function makeStart(root: string): void {
  const buildx = 'home/.docker/cli-plugins/docker-buildx'
  writeTree(
    root,
    {
      'project/Dockerfile': 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      'project/.dockerignore': '# mine\ndist\n',
      'project/package.json': '{\n  "scripts": {"docker:build": "docker build ."}\n}\n',
      'project/package-lock.json': '{}',
      'project/node_modules/a/package.json': '{}',
      'project/node_modules/a/index.js': 'x'.repeat(5_000),
      'project/Makefile': 'build:\n\tdocker build .\n',
      'home/.bashrc': 'alias l=ls\n',
      'home/.zshrc': 'alias l=ls\n',
    },
    [
      ['file', buildx, '#!/bin/sh\n', 0o755],
      ['file', 'home/.docker/config.json', '{\n\t"auths": {"r": {"auth": "c2VjcmV0"}}\n}\n', 0o600],
    ],
  )
  execFileSync('git', ['init', '-q', '--template=', path.join(root, 'project')])
}

/** What a call sees of the world: the tree, and nothing of this machine's. */
export function environmentOf(root: string): NodeJS.ProcessEnv {
  const home = path.join(root, 'home')
  return {
    PATH: process.env.PATH,
    HOME: home,
    SHELL: '/bin/bash',
    DOCKER_CONFIG: path.join(home, '.docker'),
    GIT_CONFIG_NOSYSTEM: '1',
    SLIM_CHECK_NO_CACHE: '1',
  }
}

const TEMPORARY = /^\.slim-check-[0-9a-z]+\.tmp$/

/** Leaves out what a killed process may leave, once it is seen that it gives nothing away. */
export function dropTemporary(state: TreeState): TreeState {
  return Object.fromEntries(Object.entries(state).filter(([name]) => !TEMPORARY.test(path.basename(name))))
}

/**
 * Says what is wrong with a state: a file that is neither the old nor the new one, a builder alias without its plugin,
 * which breaks each build, a temporary file that shows others what its target hides. null: nothing.
 * @param whole the states before and after the call and its steps
 */
export function findFault(state: TreeState, whole: readonly TreeState[]): string | null {
  const kept = dropTemporary(state)
  for (const name of new Set([kept, ...whole].flatMap((each) => Object.keys(each)))) {
    const text = JSON.stringify(kept[name])
    if (whole.every((each) => JSON.stringify(each[name]) !== text))
      return `${name} is neither the old file nor the new one: ${text}`
  }
  const config = kept['home/.docker/config.json']?.content ?? ''
  const builder = kept['home/.docker/cli-plugins/docker-slimbuild']
  if (config.includes('slimbuild') && ((builder?.mode ?? 0) & 0o111) === 0)
    return 'the builder alias stands without its plugin'
  for (const [name, {mode, content}] of Object.entries(state))
    if (!(name in kept) && content.includes('c2VjcmV0') && (mode & 0o077) !== 0)
      return `${name} shows credentials`
  return null
}
