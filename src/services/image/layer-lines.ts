import {matchInstructions} from '../../build/image/match-instructions.js'
import {readCreatedBy} from '../../tree/image/figures/created-by.js'
import type {LoadedImage} from './load/load-images.js'
import type {KnownDockerfile} from './load-dockerfile.js'
import type {LayerLines} from './report-image.js'

/**
 * The line of each layer: as the build attested it, unless a Dockerfile is given that is another by now; else by its
 * text.
 */
export function findLines(
  {found, provenance, isFromRecord = false}: LoadedImage,
  dockerfile: KnownDockerfile | null,
): LayerLines {
  const attested = provenance?.dockerfile ?? null
  const isSame = attested !== null && (dockerfile === null || dockerfile.text === attested.text)
  if (isSame && provenance!.lines.some((line) => line !== null))
    return {
      file: dockerfile?.file ?? attested.file,
      lines: provenance!.lines,
      source: isFromRecord ? 'record' : 'provenance',
    }
  if (dockerfile === null) return {file: null, lines: [], source: null}
  const created = found.layers.map((_, index) => {
    const entry = found.config.history?.find(({layer}) => layer === index)
    return entry === undefined ? null : readCreatedBy(entry.createdBy)
  })
  return {file: dockerfile.file, lines: matchInstructions(created, dockerfile.evaluated), source: 'text'}
}

/** Whether a line is a COPY --from, which brings nothing of the context: the history does not say so. */
export function copiesFromStage(dockerfile: KnownDockerfile | null, line: number | null): boolean {
  const instructions = dockerfile?.evaluated.stages.flatMap((stage) => stage.instructions) ?? []
  return instructions.some((one) => one.line === line && one.keyword === 'COPY' && one.from !== null)
}
