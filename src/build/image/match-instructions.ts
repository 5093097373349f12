import type {
  EvaluatedDockerfile,
  EvaluatedInstruction,
  EvaluatedStage,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {CreatedBy} from '../../tree/image/figures/created-by.js'

/**
 * Finds the line of the instruction that made each layer, by its text. Layers and instructions are taken from the top:
 * those of the base, which no instruction here made, are what is left over.
 * @param layers of each layer what its history says, lowest first; null where it says nothing
 * @returns 1-based lines; null where none is found
 */
export function matchInstructions(
  layers: readonly (CreatedBy | null)[],
  dockerfile: EvaluatedDockerfile,
): (number | null)[] {
  const instructions = listLayerInstructions(dockerfile)
  const lines: (number | null)[] = layers.map(() => null)
  let end = instructions.length
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const created = layers[layer]!
    const found = created === null ? -1 : findLast(instructions, end, normalize(created.text))
    if (found === -1) continue
    lines[layer] = instructions[found]!.line
    end = found
  }
  return lines
}

function findLast(instructions: readonly {texts: string[]}[], end: number, text: string): number {
  for (let at = end - 1; at >= 0; at--) if (instructions[at]!.texts.includes(text)) return at
  return -1
}

/** What may make a layer, from the first stage that the target is built on to the target. */
function listLayerInstructions(dockerfile: EvaluatedDockerfile): {line: number; texts: string[]}[] {
  return listStages(dockerfile).flatMap(({instructions}) =>
    instructions.flatMap((one) => {
      const texts = textsOf(one)
      return texts.length === 0 ? [] : [{line: one.line, texts: texts.map(normalize)}]
    }),
  )
}

function listStages({stages}: EvaluatedDockerfile): EvaluatedStage[] {
  const chain: EvaluatedStage[] = []
  let stage = stages.find(({isTarget}) => isTarget)
  while (stage !== undefined) {
    chain.unshift(stage)
    const {baseStageIndex} = stage
    stage = baseStageIndex === null ? undefined : stages[baseStageIndex]
  }
  return chain
}

/** What a history may say of an instruction; nothing for one that makes no layer. */
function textsOf(instruction: EvaluatedInstruction): string[] {
  switch (instruction.keyword) {
    case 'RUN':
      // The second where it is run by another shell than usual.
      return [`RUN ${instruction.script}`, `RUN ${instruction.command.join(' ')}`]
    case 'COPY':
    case 'ADD':
      return [instruction.name]
    case 'WORKDIR':
      return [`WORKDIR ${instruction.path}`]
    default:
      return []
  }
}

/** Flags of COPY do not all come into the history, and white space does not as it stands. */
function normalize(text: string): string {
  const plain = text
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return /^(COPY|ADD) /.test(plain) ? plain.replace(/ --[a-z-]+(=\S*)?(?= )/g, '') : plain
}
