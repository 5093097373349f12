/** How far an instruction takes a path of the context: into the final image, into a stage, or nowhere. */

import type {
  ContextRequest,
  CopyInstruction,
  EvaluatedDockerfile,
  EvaluatedStage,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {createIgnorePattern, findPatternProblem} from '../../languages/ignore/parse-ignore-file.js'
import {cleanContextPath, resolvePath} from '../../languages/text/clean-path.js'

export type Destiny =
  /** It is in a layer of the final image. `through`: the line of the COPY --from that takes it there, if any. */
  | {kind: 'image'; through: number | null}
  /** It is in a stage, and nothing shows that it goes further. The stage's name, or its number. */
  | {kind: 'stage'; stage: string}
  /** A RUN step can read it. */
  | {kind: 'mount'}
  /** It is only sent: the instruction excludes it from the copy, or copies nothing. */
  | {kind: 'excluded'}

/** Traces a path that a request asks for. Where a copy puts it is followed only as far as the Dockerfile shows it. */
export function traceToImage(
  dockerfile: EvaluatedDockerfile,
  request: ContextRequest,
  path: string,
): Destiny {
  const {stages} = dockerfile
  const stage = stages[request.stageIndex]
  if (request.keyword === 'RUN') return {kind: 'mount'}
  if (request.keyword === 'FROM' || stage === undefined) return describeStage(stages, request.stageIndex)
  if (isExcluded(request, path)) return {kind: 'excluded'}
  const final = finalStages(stages)
  if (final.has(stage.index)) return {kind: 'image', through: null}
  const copy = stage.instructions.find(
    (instruction): instruction is CopyInstruction =>
      isCopy(instruction) && instruction.line === request.line && instruction.from === null,
  )
  const places = copy === undefined ? [] : placesOf(copy, request.path, path)
  const through = followCopies(stages, final, stage.index, places)
  return through === null ? describeStage(stages, stage.index) : {kind: 'image', through}
}

/** The stages whose layers are the final image: the target and what it is made from. */
function finalStages(stages: readonly EvaluatedStage[]): ReadonlySet<number> {
  const final = new Set<number>()
  let at: EvaluatedStage | undefined = stages.find(({isTarget}) => isTarget)
  while (at !== undefined && !final.has(at.index)) {
    final.add(at.index)
    at = at.baseStageIndex === null ? undefined : stages[at.baseStageIndex]
  }
  return final
}

/** Follows what lies at a place of a stage through COPY --from; returns the line that takes it into the final image. */
function followCopies(
  stages: readonly EvaluatedStage[],
  final: ReadonlySet<number>,
  start: number,
  places: readonly string[],
): number | null {
  const seen = new Set<string>()
  const pending = places.map((place) => ({stageIndex: start, place}))
  for (let here = pending.pop(); here !== undefined; here = pending.pop()) {
    const key = `${here.stageIndex} ${here.place}`
    if (seen.has(key)) continue
    seen.add(key)
    for (const {index, baseStageIndex, instructions} of stages) {
      if (baseStageIndex === here.stageIndex) pending.push({stageIndex: index, place: here.place})
      for (const copy of instructions.filter(isCopy)) {
        if (copy.from?.kind !== 'stage' || copy.from.stageIndex !== here.stageIndex) continue
        const taken = copiesOf(copy, here.place)
        if (taken.length > 0 && final.has(index)) return copy.line
        pending.push(...taken.map((place) => ({stageIndex: index, place})))
      }
    }
  }
  return null
}

/** Where a COPY --from puts what lies at a place, if its sources hold it. */
function copiesOf(copy: CopyInstruction, place: string): string[] {
  return copy.sources.flatMap((source) => {
    const asked = cleanContextPath(source)
    const path = place.slice(1)
    const isHeld = asked === '.' || path === asked || path.startsWith(`${asked}/`)
    return isHeld ? placesOf(copy, asked, path) : []
  })
}

/**
 * Where a copy puts a path: below the destination if the source is a directory around it; a file goes to the
 * destination or into it, which the Dockerfile alone does not always tell. None if the working directory is unknown.
 */
function placesOf({destination, workdir}: CopyInstruction, source: string, path: string): string[] {
  if (!destination.startsWith('/') && workdir === null) return []
  const target = resolvePath(workdir ?? '/', destination)
  const below = (rest: string) => resolvePath(target, rest)
  if (source === '.') return [below(path)]
  if (path.startsWith(`${source}/`)) return [below(path.slice(source.length + 1))]
  const name = path.slice(path.lastIndexOf('/') + 1)
  return destination.endsWith('/') ? [below(name)] : [target, below(name)]
}

/** `COPY --exclude` keeps a path out of the copy, though not out of the transfer. Seen on the first line only. */
function isExcluded({text, path: source}: ContextRequest, path: string): boolean {
  const patterns = [...text.matchAll(/\s--exclude=(\S+)/g)]
    .map(([, glob = '']) => createIgnorePattern(glob))
    .filter((pattern) => findPatternProblem(pattern) === null)
  if (patterns.length === 0) return false
  const relative = path.startsWith(`${source}/`) ? path.slice(source.length + 1) : path
  return new IgnoreRules(patterns).matchesPath(relative) ?? false
}

function describeStage(stages: readonly EvaluatedStage[], index: number): Destiny {
  const stage = stages[index]
  if (stage?.isTarget) return {kind: 'image', through: null}
  return {kind: 'stage', stage: stage?.name ?? String(index)}
}

function isCopy(instruction: {keyword: string}): instruction is CopyInstruction {
  return instruction.keyword === 'COPY' || instruction.keyword === 'ADD'
}
