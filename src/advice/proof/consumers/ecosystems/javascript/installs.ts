/** What package managers of JavaScript read. */

import type {PlacedAction} from '../../../../../build/graph/expand-actions.js'
import {
  joinPath,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../../consumption.js'
import {isKnown, type Mentioned, needAt, needsIn} from '../../needs.js'
import {listDependedMembers, listMembers, listOwnDependencies} from '../../workspace-members.js'

const LOCKS: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  yarnpkg: ['yarn.lock'],
  bun: ['bun.lock', 'bun.lockb'],
}

/** What an install reads beside the manifest. */
export function listManagerNeeds(
  {program, words, makes, directory, filters}: PlacedAction,
  project: ProjectView,
  manifests: readonly SourceText[],
): Need[] {
  // a tool for the whole image has nothing to do with the project
  if (words.some((word) => /^(?:-g|--global|--location=global)$/.test(word)) || words[1] === 'global')
    return []
  // it reads the lock file alone
  if (program === 'pnpm' && words[1] === 'fetch') return []
  if (!makes?.includes('npm-install')) {
    return manifests.map(({path}) => ({contextPath: path, certainty: 'must', askedBy: null}))
  }
  const isFrozen =
    words.some((word) => /^(?:--frozen-lockfile|--immutable)$/.test(word)) ||
    (program === 'npm' && words.some((word) => /^(?:ci|cit|clean-install|install-clean)$/.test(word)))
  // npm ci passes over a package that is not there, and `yarn workspaces focus` over all that it is not told of
  const isPart = (isFrozen && program === 'npm') || words.includes('focus')
  const bases =
    manifests.length > 0
      ? manifests.map(({path}) => parentPath(path))
      : project.sourcesOf(directory).slice(0, 1)
  const yarn = program.startsWith('yarn') ? findYarnProgram(project, directory) : null
  return bases.flatMap((base) => {
    const at = (name: string, certainty: Need['certainty']): Need => needAt(base, name, certainty)
    const own = manifests.filter(({path}) => parentPath(path) === base)
    const locks = LOCKS[program] ?? []
    const lock = locks.find((name) => project.has(joinPath(base, name))) ?? locks[0]!
    const present = [
      'pnpm-workspace.yaml',
      '.npmrc',
      '.pnpmfile.cjs',
      '.yarnrc.yml',
      '.yarnrc',
      'bunfig.toml',
      ...(yarn === null ? ['.yarn/releases'] : []),
      '.yarn/plugins',
      '.yarn/patches',
    ]
      .filter((name) => isFor(program, name) && project.has(joinPath(base, name)))
      .map((name) => at(name, name === '.npmrc' || name === '.yarnrc' ? 'may' : 'likely'))
    const isLinked = lock === 'package-lock.json' && project.has(joinPath(base, lock))
    return [
      at('package.json', 'must'),
      ...(isFrozen
        ? [at(lock, isLenient(program, words, own) ? 'likely' : 'must')]
        : project.has(joinPath(base, lock))
          ? [at(lock, 'may')]
          : []),
      ...present,
      ...(yarn !== null && isKnown(joinPath(base, yarn), base, project)
        ? [{...at(yarn, 'must'), place: resolveContainerPath(directory, yarn)}]
        : []),
      ...own.flatMap((manifest) => listManifestNeeds(manifest, isLinked)),
      ...project
        .readAll(directory, /(?:^|\/)pnpm-workspace\.yaml$/)
        .filter(({path}) => parentPath(path) === base)
        .flatMap(readPnpmPatches),
      ...(filters === undefined && !isPart && (program === 'bun' || (program.startsWith('yarn') && isFrozen))
        ? listOwnDependencies(base, project)
        : []),
      ...(filters === undefined
        ? listMembers(base, project)
            .map((need): Need => ({...need, place: placeOf(need, base, directory)}))
            .map((need): Need => (isPart ? {...need, isMember: true} : need))
            .map((need): Need => (isFrozen && program === 'bun' ? {...need, certainty: 'must'} : need))
        : listDependedMembers(base, filters, project)),
    ]
  })
}

/** The program that .yarnrc.yml names: whatever yarn is called starts it. */
function findYarnProgram(project: ProjectView, directory: string): string | null {
  const texts = project.readAll(directory, /(?:^|\/)\.yarnrc\.yml$/).map(({text}) => text)
  const named = texts.flatMap((text) => /^yarnPath\s*:\s*["']?(?:\.\/)?([\w./@-]+)/m.exec(text)?.[1] ?? [])
  return named[0] ?? null
}

/** Where in the image the file of a member must lie. */
function placeOf({contextPath}: Need, base: string, directory: string): string {
  return resolveContainerPath(directory, base === '' ? contextPath : relativeTo(base, contextPath))
}

/** Yarn 1 installs without its lock, whatever it is told. */
function isLenient(program: string, words: readonly string[], manifests: readonly SourceText[]): boolean {
  if (!program.startsWith('yarn') || words.includes('--immutable')) return false
  return !manifests.some(({text}) => /"packageManager"\s*:\s*"yarn@(?!1\.)/.test(text))
}

function isFor(program: string, name: string): boolean {
  if (name.startsWith('pnpm') || name === '.pnpmfile.cjs') return program === 'pnpm'
  if (name.startsWith('.yarn')) return program.startsWith('yarn')
  if (name === 'bunfig.toml') return program === 'bun'
  return true
}

/** Patches, local packages and the files of install scripts that a package.json names. */
function listManifestNeeds(manifest: SourceText, isLinked: boolean): Need[] {
  const patches: Mentioned = {
    pattern: /"patchedDependencies"\s*:\s*\{[^{}]*\}/g,
    inner: /:\s*"([^"\n]+)"/g,
    certainty: 'must',
    text: 'patchedDependencies',
  }
  const packages: Mentioned = {
    // npm makes a link to what its lock names, and looks at it later
    pattern: /"(?:file|link|portal):(\.{1,2}\/[^"\n]+)"/g,
    certainty: isLinked ? 'likely' : 'must',
    text: 'file:',
  }
  const scripts: Mentioned = {
    pattern:
      /"(?:preinstall|install|postinstall|prepare)"\s*:\s*"(?:[^"\n]*?\s)?(?:node|sh|bash|tsx)\s+((?:\.\/)?[\w./-]+\.\w+)/g,
    certainty: 'must',
    text: 'scripts',
  }
  return needsIn(manifest, [patches, packages, scripts])
}

function readPnpmPatches(workspace: SourceText): Need[] {
  return needsIn(workspace, [
    {
      pattern: /^patchedDependencies:\n(?:[ \t]+.*\n?)+/gm,
      inner: /:\s*["']?([\w./@-]+\.patch)["']?\s*$/gm,
      certainty: 'must',
      text: 'patchedDependencies',
    },
  ])
}
