import type {Step} from '../../../build/graph/build-graph.js'
import {stepsBehind} from '../../../build/graph/query-graph.js'
import {readJsonRecord, toRecord} from '../../../languages/documents/json-record.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import {chainBefore} from '../moves/chain-before.js'
import {findInstall} from '../moves/find-install.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {type InstalledList, type InstalledPackages, sourceBefore} from './installed-packages.js'

const MANAGER = /^(?:npm|pnpm|yarn|bun|lerna|bower)$/
const INSTALL =
  /^(?:npm (?:ci|install|i|clean-install)|pnpm (?:install|i)|yarn(?: install)?|bun (?:install|i))(?: --?\S+)*$/
/** They bring no package to where a program looks for one. */
const ASIDE =
  /^\w+ (?:-g\b|(?:install|i|add) (?:-g|--global)\b|config\b|cache\b|run\b|run-script\b|exec\b|build\b|test\b|start\b|set\b|-v\b|--version\b|global\b)/
const PRODUCTION = /--omit[ =]dev|--only[ =]prod|--production\b(?!=false)|--prod\b|(?:^| )-P\b/
const LOCKS = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock']

/** Lists what the steps of the image that is built install for programs of Node.js. */
export function listInstalledNode(facts: RewriteFacts): InstalledPackages {
  const steps = stepsBehind(facts.graph.target)
  const found: NodeList[] = []
  let isWhole = !steps.some((step) => bringsModules(facts, step))
  for (const step of steps) {
    for (const command of facts.commandsOf(step)) {
      if (!MANAGER.test(command.words[0] ?? '')) continue
      const call = command.words.join(' ')
      const list = INSTALL.test(call) ? readList(facts, step, command) : null
      if (list !== null) found.push(list)
      else if (!ASIDE.test(call)) isWhole = false
    }
  }
  return {
    lists: found,
    byName: [],
    brought: found.flatMap(({locked}) => locked ?? []),
    isWhole: isWhole && found.length > 0 && found.every(({locked}) => locked !== null),
  }
}

interface NodeList extends InstalledList {
  /** All that the lock file names; null where none was read. */
  locked: readonly string[] | null
}

/** Packages come with a copy, from another stage or of this machine. */
function bringsModules(facts: RewriteFacts, step: Step): boolean {
  if (step.instruction.keyword !== 'COPY' && step.instruction.keyword !== 'ADD') return false
  return step.reads.some(({from, landing}) => {
    if (from.kind !== 'context') return true
    const place = resolveContainerPath(landing.path, 'node_modules')
    const source = facts.sourceOf(step, place)
    return source !== null && facts.sendsAnyOf(source)
  })
}

function readList(facts: RewriteFacts, step: Step, command: ShellCommand): NodeList | null {
  const path = sourceBefore(facts, step, resolveContainerPath(command.directory, 'package.json'))
  const install = findInstall(facts, step, chainBefore(step))
  if (path === null) return null
  const isProduction =
    PRODUCTION.test(command.words.join(' ')) || command.env.get('NODE_ENV') === 'production'
  const members = install?.reads.files.filter((one) => one.endsWith('/package.json')) ?? []
  const manifests = [...new Set([path, ...members])]
  const names = manifests.flatMap((one) => namesIn(facts.wholeTexts.get(one) ?? '', isProduction))
  return {step, command, path, names, locked: readLocked(facts, parentPath(path), isProduction)}
}

function namesIn(manifest: string, isProduction: boolean): string[] {
  const root = readJsonRecord(manifest)
  const kinds = [root.dependencies, root.optionalDependencies, root.peerDependencies]
  return [...kinds, ...(isProduction ? [] : [root.devDependencies])].flatMap((one) =>
    Object.keys(toRecord(one)),
  )
}

/** The packages that a lock file names; only npm's says which come without those for development. */
function readLocked(facts: RewriteFacts, directory: string, isProduction: boolean): string[] | null {
  const path = LOCKS.map((name) => joinPath(directory, name)).find((one) => facts.isSent(one))
  const text = path === undefined ? undefined : facts.wholeTexts.get(path)
  if (text === undefined) return null
  if (text.startsWith('{') && text.includes('"packages"')) {
    const entries = Object.entries(toRecord(readJsonRecord(text).packages))
    const installed = entries.filter(([, one]) => !isProduction || toRecord(one).dev !== true)
    return installed.map(([place]) =>
      place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
    )
  }
  return Array.from(text.matchAll(/(?:^|[\s"'/,])((?:@[\w.-]+\/)?[\w][\w.-]*)@/gm), ([, name = '']) => name)
}
