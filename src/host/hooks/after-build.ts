import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import type {FileChange} from '../../report/file-change.js'
import {PLUGIN_NAME} from '../docker/docker-plugin.js'
import {
  addConfigEntries,
  type ConfigEntry,
  JOURNAL_NAME,
  readConfigString,
  removeConfigEntries,
} from './docker-config.js'
import type {HookKind, HookPlace} from './hook-kind.js'

const HOOKS = ['plugins', PLUGIN_NAME, 'hooks']

/**
 * No space after the comma: Docker takes it for part of the name. With our alias the command has another name, and
 * what there is to say was said before the build.
 */
const ENTRIES: readonly ConfigEntry[] = [
  {path: HOOKS, value: JSON.stringify('build,buildx build'), isOwn: true},
  // A string: a boolean is a configuration error to Docker.
  {path: ['features', 'hooks'], value: '"true"'},
]

/** Speaks after a build on a terminal, under Docker's "What's next:", when much less could have been sent. */
export const afterBuild: HookKind = {
  name: 'after-build',
  summary: `after a build on a terminal, under Docker's "What's next:"`,
  install(place) {
    if (place.platform === 'win32') throw new SlimCheckError('windows-plugin', {})
    const {config, journal} = findFiles(place)
    const next = addConfigEntries(config.path, {config: config.before, journal: journal.before}, ENTRIES)
    const hasPlugin = place.findPlugin(PLUGIN_NAME) !== null
    return {
      changes: [
        {...journal, after: next.journal},
        {...config, after: next.config, isPrivate: true},
      ],
      notes: [
        'It prints nothing unless the context could be much smaller; DOCKER_CLI_HOOKS=0 turns all hooks of Docker off',
        ...(hasPlugin ? [] : ['It needs the plugin: run docker-slim-check install']),
      ],
    }
  },
  uninstall(place) {
    const {config, journal} = findFiles(place)
    const next = removeConfigEntries(config.path, {config: config.before, journal: journal.before}, ENTRIES)
    return {
      changes: [
        {...config, after: next.config},
        {...journal, after: next.journal},
      ].filter(({before}) => before !== null),
      notes: [],
    }
  },
  status(place) {
    const {config} = findFiles(place)
    if (readConfigString(config.path, config.before, HOOKS) === null) return {isInstalled: false}
    const status = {isInstalled: true, where: config.path} as const
    if (place.findPlugin(PLUGIN_NAME) !== null) return status
    return {...status, problem: 'the plugin is missing: run docker-slim-check install'}
  },
  print() {
    const [hooks, features] = ENTRIES.map(({value}) => JSON.parse(value) as string)
    return `${JSON.stringify({plugins: {[PLUGIN_NAME]: {hooks}}, features: {hooks: features}}, null, 2)}\n`
  },
}

function findFiles({dockerConfigDir, readFile}: HookPlace): {config: FileChange; journal: FileChange} {
  const look = (name: string): FileChange => {
    const file = path.join(dockerConfigDir, name)
    const before = readFile(file)
    return {path: file, before, after: before}
  }
  return {config: look('config.json'), journal: look(JOURNAL_NAME)}
}
