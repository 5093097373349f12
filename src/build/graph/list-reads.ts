import type {
  CopyInstruction,
  EvaluatedMount,
  Origin,
  RunInstruction,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {sourceKind} from '../../languages/dockerfile/evaluate/names/remote-source.js'
import {resolvePath} from '../../languages/text/clean-path.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import type {GraphStage, Landing, Read, ReadOrigin, StepInstruction} from './build-graph.js'

const WILDCARD = /[*?[]/

/** Lists what a step takes from elsewhere, in order. @param stages those before it, and its own */
export function listReads(instruction: StepInstruction, stages: readonly GraphStage[]): Read[] {
  switch (instruction.keyword) {
    case 'RUN':
      return listMounts(instruction, stages)
    case 'WORKDIR':
      return []
    default:
      return listCopies(instruction, stages)
  }
}

function listCopies(instruction: CopyInstruction, stages: readonly GraphStage[]): Read[] {
  const {sources, inlineFiles, flags} = instruction
  const landing = findLanding(instruction)
  const origin = describeOrigin(instruction.from, stages)
  const copied = sources.map((source): Read => {
    const kind = instruction.keyword === 'ADD' ? sourceKind(source) : 'local'
    const common = {source, exclude: flags.exclude, how: 'copy' as const, landing}
    if (kind !== 'local') {
      const from = {kind: 'remote' as const, kindOfRemote: kind}
      return {...common, from, path: '/', hasWildcards: false}
    }
    const path = resolvePath('/', source)
    return {...common, from: origin, path, hasWildcards: WILDCARD.test(path)}
  })
  const inline = inlineFiles.map((file): Read => {
    const from = {kind: 'inline' as const, file}
    const path = resolvePath('/', file.name)
    return {from, path, hasWildcards: false, exclude: [], source: file.name, how: 'copy', landing}
  })
  return [...copied, ...inline]
}

function findLanding({destination, sources, inlineFiles, state}: CopyInstruction): Landing {
  const isDirectory = /(?:^|\/)\.{0,2}$/.test(destination) || sources.length + inlineFiles.length > 1
  return {path: resolveContainerPath(state.directory, destination), isDirectory}
}

function listMounts({mounts, scriptFile, state}: RunInstruction, stages: readonly GraphStage[]): Read[] {
  const mounted = mounts.filter(isRead).map((mount): Read => {
    const landing = {path: resolveContainerPath(state.directory, mount.target), isDirectory: false}
    return {
      from: describeOrigin(mount.from, stages),
      path: resolvePath('/', mount.source),
      hasWildcards: false,
      exclude: [],
      source: mount.source,
      how: mount.type === 'tmpfs' ? 'nothing' : 'mount',
      landing,
    }
  })
  return scriptFile === null ? mounted : [...mounted, readScript(scriptFile)]
}

/** Secrets and SSH agents come from the client, a cache from the builder unless it names a stage. */
function isRead({type, from}: EvaluatedMount): boolean {
  return type === 'bind' || type === 'tmpfs' || (type === 'cache' && from !== null)
}

function readScript(file: {name: string; content: string}): Read {
  const landing = {path: `/dev/pipes/${file.name}`, isDirectory: false}
  const from = {kind: 'inline' as const, file}
  return {from, path: '/', hasWildcards: false, exclude: [], source: file.name, how: 'mount', landing}
}

function describeOrigin(origin: Origin | null, stages: readonly GraphStage[]): ReadOrigin {
  switch (origin?.kind) {
    case undefined:
      return {kind: 'context', name: null}
    case 'named-context':
      return {kind: 'context', name: origin.namedContext}
    case 'stage':
      return {kind: 'stage', stage: stages[origin.stageIndex]!}
    case 'image':
      return {kind: 'image', image: origin.image, platform: stages[0]!.platform}
  }
}
