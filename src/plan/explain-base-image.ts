import {DockerfileError} from '../errors.js'
import type {Instruction} from '../languages/dockerfile/syntax/instruction.js'
import {parseDockerfile} from '../languages/dockerfile/syntax/parse-dockerfile.js'

const VARIABLE = /\$\{?([A-Za-z_]\w*)/g

/**
 * Lists the build arguments without a value in a base image; none where the line is no FROM.
 * @param args those that are given
 */
export function listLackingArguments(
  content: Uint8Array,
  line: number,
  args: Readonly<Record<string, string>>,
): string[] {
  const from = listInstructions(content).find((one) => one.line === line && one.keyword === 'FROM')
  const names = [...(from?.args[0] ?? '').matchAll(VARIABLE)].map(([, name]) => name!)
  return [...new Set(names)].filter((name) => !args[name])
}

/**
 * Says which build argument a base image lacks; undefined where the line is no FROM with a variable that has no value.
 * @param args those that are given
 */
export function explainBaseImage(
  content: Uint8Array,
  line: number,
  args: Readonly<Record<string, string>>,
): string | undefined {
  const [missing] = listLackingArguments(content, line, args)
  return missing && `give the build argument that it lacks: --build-arg ${missing}=…`
}

/** None of a file that cannot be parsed. */
function listInstructions(content: Uint8Array): readonly Instruction[] {
  try {
    return parseDockerfile(content).instructions
  } catch (error) {
    if (error instanceof DockerfileError) return []
    throw error
  }
}
