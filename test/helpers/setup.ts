/**
 * Loaded before the tests: nothing of the developer's own counts, and nothing of it is touched. Each worker has a home
 * without settings, with a cache of its own, and removes it when it ends.
 */
import path from 'node:path'
import {makeTemporaryDirectory, removeTree} from './tree.js'

const home = makeTemporaryDirectory()
process.once('exit', () => removeTree(home))

const OWN =
  /^(?:SLIM_CHECK|DOCKER_CONFIG$|DOCKER_CLI_PLUGIN|BUILD(?:X|KIT)_|COMPOSE_|GIT_|NO_COLOR$|FORCE_COLOR$|COLUMNS$)/
for (const name of Object.keys(process.env)) if (OWN.test(name)) delete process.env[name]
Object.assign(process.env, {
  HOME: home,
  XDG_CONFIG_HOME: path.join(home, '.config'),
  XDG_CACHE_HOME: path.join(home, '.cache'),
  GIT_CONFIG_NOSYSTEM: '1',
})
