import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {InstallReads, ProjectFiles} from './project-files.js'

const EVIDENCE = 'strace shows that Go 1.19 opens only go.mod, go.work and the go.mod of local modules'

/**
 * `go mod download` reads go.mod and go.sum, and the go.mod of the modules that `replace` names. A build reads the
 * source: its modules can be fetched ahead.
 */
export function readsOfGo(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const [subcommand = '', ...rest] = args
  const at = (name: string) => joinPath(project, name)
  const manifest = files.evidence.get(at('go.mod'))
  if (manifest === undefined || !files.isSent(at('go.mod'))) return null
  if (subcommand === 'mod' && rest[0] === 'download') {
    return rest.slice(1).every((arg) => arg === '-x' || arg === '-v')
      ? describeDownload(manifest, project, files)
      : null
  }
  const builds =
    /^(?:build|install|test|vet|run)$/.test(subcommand) &&
    !rest.some((arg) => /@|^-(?:C|modfile|mod)\b/.test(arg))
  if (!builds || listRequired(manifest).length === 0 || files.isSent(at('vendor/modules.txt'))) return null
  const {blocker: _, ...reads} = describeDownload(manifest, project, files)
  const isLocal =
    /^[ \t]*replace\b.*=>\s*\.|=>\s*\.{1,2}\//m.test(manifest) || findWork(project, files) !== null
  if (isLocal || !files.isSent(at('go.sum'))) return null
  const question = `go mod download downloads every module of go.mod: may it run before go ${subcommand}?`
  return {...reads, ahead: 'go mod download', questions: [...reads.questions, question]}
}

function describeDownload(manifest: string, project: string, files: ProjectFiles): InstallReads {
  const at = (name: string) => joinPath(project, name)
  const local = listLocal(manifest).map((path) => resolveBelow(project, joinPath(path, 'go.mod')))
  const outside = local.find((path) => path === null || !files.isSent(path))
  const work = findWork(project, files)
  const isAbsolute = /=>\s*["`]?\//.test(manifest)
  const odd = findUnsummed(manifest, files.evidence.get(at('go.sum')) ?? '')
  return {
    title: 'go mod download',
    files: [
      at('go.mod'),
      ...['go.sum', 'go.work', 'go.work.sum'].map(at).filter((path) => files.isSent(path)),
      ...local.filter((path) => path !== null),
    ],
    writes: [],
    evidence: EVIDENCE,
    questions: [
      ...(work === null ? [] : [`Which modules does ${work} use?`]),
      ...(isAbsolute ? [`Does ${at('go.mod')} replace a module by a directory of the project?`] : []),
      ...(odd === null
        ? []
        : [
            `${odd}: go mod download may write go.sum, and the copy of the source would overwrite that with the old one`,
          ]),
    ],
    ...(outside !== undefined && {
      blocker: `${at('go.mod')} replaces a module by a directory that no COPY copies`,
    }),
  }
}

/** Go looks for it in the directories above, too; null where there is none. */
function findWork(project: string, files: ProjectFiles): string | null {
  for (let at = project; ; at = parentPath(at)) {
    if (files.isSent(joinPath(at, 'go.work'))) return joinPath(at, 'go.work')
    if (at === '') return null
  }
}

/** Modules that `replace` takes from a directory of the project. */
function listLocal(manifest: string): string[] {
  return Array.from(
    manifest.matchAll(/=>\s*["`]?(\.{1,2}\/[^\s"`]*|\.)["`]?(?=\s|$)/g),
    ([, path = '']) => path,
  )
}

function listRequired(manifest: string): [module: string, version: string][] {
  const bare = manifest
    .replace(/\/\/.*$/gm, '')
    .replace(/^[ \t]*(?:replace|exclude|retract)\s*(?:\([^)]*\)|.*$)/gm, '')
  return Array.from(
    bare.matchAll(/(?:^|\s)([\w.-]+\.[\w.-]+(?:\/[\w.~-]+)*)\s+(v\d\S+)/gm),
    ([, module = '', version = '']) => [module, version],
  )
}

/** Why go.sum may not be complete; null if every module of go.mod is there. From go 1.17 on go.mod names all that are fetched. */
function findUnsummed(manifest: string, sums: string): string | null {
  const required = listRequired(manifest)
  const [, major = '1', minor = '0'] = /^go\s+(\d+)\.(\d+)/m.exec(manifest) ?? []
  if (required.length === 0) return null
  if (Number(major) === 1 && Number(minor) < 17)
    return `go.mod is for Go ${major}.${minor}, which lists direct modules only`
  const lines = new Set(sums.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')))
  const replaced = new Set(
    Array.from(manifest.matchAll(/([\w./~-]+)(?:\s+v\S+)?\s*=>/g), ([, module = '']) => module),
  )
  const missing = required.find(
    ([module, version]) =>
      !replaced.has(module) &&
      !(lines.has(`${module} ${version}`) && lines.has(`${module} ${version}/go.mod`)),
  )
  return missing === undefined ? null : `go.sum does not have ${missing[0]}`
}

/** A path of the context; null for one that leads out of it. */
function resolveBelow(project: string, path: string): string | null {
  const levels = path.split('/').filter((part) => part === '..').length
  const depth = project === '' ? 0 : project.split('/').length
  return levels > depth ? null : resolveContainerPath(`/${project}`, path).slice(1)
}
