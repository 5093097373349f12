import type {
  CopyInstruction,
  EvaluatedMount,
  InlineFile,
  Origin,
  RunInstruction,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {sourceKind} from '../../languages/dockerfile/evaluate/names/remote-source.js'
import {parseHeredocMark} from '../../languages/dockerfile/syntax/heredoc.js'
import type {Instruction} from '../../languages/dockerfile/syntax/instruction.js'
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
  const args = listSources(instruction.written)
  const copied = sources.map((source, at): Read => {
    const kind = instruction.keyword === 'ADD' ? sourceKind(source) : 'local'
    const common = {source, ...args[at]!, exclude: flags.exclude, how: 'copy' as const, landing}
    if (kind !== 'local') {
      const from = {kind: 'remote' as const, kindOfRemote: kind}
      return {...common, from, path: '/', hasWildcards: false}
    }
    const path = resolvePath('/', source)
    return {...common, from: origin, path, hasWildcards: WILDCARD.test(path)}
  })
  const inline = inlineFiles.map((file): Read => {
    return {...readInline(instruction, file), path: resolvePath('/', file.name), how: 'copy', landing}
  })
  return [...copied, ...inline]
}

/** The sources of COPY or ADD as they are written, without its heredocs. */
function listSources({args, argRanges}: Instruction): Pick<Read, 'written' | 'range'>[] {
  return args
    .slice(0, -1)
    .map((written, at) => ({written, range: argRanges[at]!}))
    .filter(({written}) => !parseHeredocMark(written))
}

/** What is the same for every file whose text stands in the Dockerfile. */
function readInline({written: {range}}: StepInstruction, file: InlineFile) {
  const {name} = file
  const from = {kind: 'inline' as const, file}
  return {from, hasWildcards: false, exclude: [], source: name, written: name, range}
}

function findLanding({destination, sources, inlineFiles, state}: CopyInstruction): Landing {
  const isDirectory = /(?:^|\/)\.{0,2}$/.test(destination) || sources.length + inlineFiles.length > 1
  return {path: resolveContainerPath(state.directory, destination), isDirectory}
}

function listMounts(instruction: RunInstruction, stages: readonly GraphStage[]): Read[] {
  const {mounts, scriptFile, state, written} = instruction
  const flags = written.flags.filter(({name}) => name === 'mount')
  const mounted = mounts.flatMap((mount, at): Read[] => {
    if (!isRead(mount)) return []
    const read: Read = {
      from: describeOrigin(mount.from, stages),
      path: resolvePath('/', mount.source),
      hasWildcards: false,
      exclude: [],
      source: mount.source,
      written: mount.writtenSource,
      range: flags[at]!.range,
      how: mount.type === 'tmpfs' ? 'nothing' : 'mount',
      landing: {path: resolveContainerPath(state.directory, mount.target), isDirectory: false},
    }
    return [read]
  })
  if (scriptFile === null) return mounted
  const landing = {path: `/dev/pipes/${scriptFile.name}`, isDirectory: false}
  return [...mounted, {...readInline(instruction, scriptFile), path: '/', how: 'mount', landing}]
}

/** Secrets and SSH agents come from the client, a cache from the builder unless it names a stage. */
function isRead({type, from}: EvaluatedMount): boolean {
  return type === 'bind' || type === 'tmpfs' || (type === 'cache' && from !== null)
}

function describeOrigin(origin: Origin | null, stages: readonly GraphStage[]): ReadOrigin {
  switch (origin?.kind) {
    case undefined:
      return {kind: 'context', name: null, replacedStage: null}
    case 'named-context':
      return {kind: 'context', name: origin.namedContext, replacedStage: origin.replacedStage}
    case 'stage':
      return {kind: 'stage', stage: stages[origin.stageIndex]!}
    case 'image':
      return {kind: 'image', image: origin.image, platform: stages[0]!.platform}
  }
}
