import type {EvaluatedDockerfile} from '../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {parseDeclaration} from '../languages/dockerfile/evaluate/global-arguments.js'
import type {Instruction} from '../languages/dockerfile/syntax/instruction.js'

/** A build argument without a value that a base image hangs on. */
export interface LackingArgument {
  name: string
  /** 1-based, of the FROM. */
  line: number
  /** What FROM names, as written. */
  image: string
}

/** What stands for the values, and for which arguments. */
export interface StandIns {
  values: Readonly<Record<string, string>>
  lacking: readonly LackingArgument[]
}

/** `$NAME` and `${NAME}`: one with a default needs no value. */
const VARIABLE = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g
const NO_DIGEST = '0'.repeat(64)

/**
 * Finds values that may stand for build arguments which the Dockerfile declares without a default, and which its base
 * images hang on: whoever builds it gives them. No base image changes what is asked of the context. One that may be a
 * stage of the file is that stage, where all that it may be take nothing from the context; else null, as where nothing
 * is lacking.
 * @param args those that are given
 */
export function standInForArguments(
  instructions: readonly Instruction[],
  args: Readonly<Record<string, string>>,
): StandIns | null {
  const open = listOpenArguments(instructions, args)
  const values: Record<string, string> = {}
  const lacking: LackingArgument[] = []
  const stages: Stage[] = []
  for (const from of instructions.filter(({keyword}) => keyword === 'FROM')) {
    const image = from.args[0] ?? ''
    const found = findVariables(image).filter(({name}) => open.has(name))
    const fitting = found.length > 0 ? listFitting(image, stages) : []
    const suffix = fitting.length > 0 ? chooseStage(image, fitting) : null
    if (fitting.length > 0 && suffix === null) return null
    for (const {name, before} of found) {
      if (Object.hasOwn(values, name)) continue
      values[name] = suffix ?? describeValue(before)
      lacking.push({name, line: from.line, image})
    }
    if (from.args[2] !== undefined)
      stages.push({name: from.args[2].toLowerCase(), takes: takesContext(instructions, from)})
  }
  return lacking.length === 0 ? null : {values, lacking}
}

/** Names of arguments that choose among stages. */
const OF_STAGE = /stage|target|variant|flavou?r|mode|type|env/i

/** Tells whether a base image that is a variable alone may be a stage that nothing else leads to. */
export function mayBeOtherStage({lacking}: StandIns, {stages}: Pick<EvaluatedDockerfile, 'stages'>): boolean {
  return lacking.some(
    ({name, image, line}) =>
      isVariableAlone(image) &&
      OF_STAGE.test(name) &&
      stages.some((stage) => !stage.isReachable && stage.line < line),
  )
}

/** The ARGs before the first FROM without a default and without a value. */
function listOpenArguments(
  instructions: readonly Instruction[],
  args: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  const firstFrom = instructions.findIndex(({keyword}) => keyword === 'FROM')
  const declared = instructions
    .slice(0, Math.max(firstFrom, 0))
    .filter(({keyword}) => keyword === 'ARG')
    .flatMap((arg) => arg.args.map(parseDeclaration))
  return new Set(
    declared
      .filter(({name, initial}) => !initial && !(Object.hasOwn(args, name) && args[name]))
      .map(({name}) => name),
  )
}

function findVariables(image: string): {name: string; before: string}[] {
  return [...image.matchAll(VARIABLE)].map((match) => ({
    name: (match[1] ?? match[2])!,
    before: image.slice(0, match.index),
  }))
}

function describeValue(before: string): string {
  if (before.endsWith('@sha256:')) return NO_DIGEST
  return before.endsWith('@') ? `sha256:${NO_DIGEST}` : 'unknown'
}

interface Stage {
  /** In small letters. */
  name: string
  /** It takes something from the context. */
  takes: boolean
}

/** Whether a stage copies or mounts from the context, as far as its own instructions tell. */
function takesContext(instructions: readonly Instruction[], from: Instruction): boolean {
  const start = instructions.indexOf(from) + 1
  const next = instructions.slice(start).findIndex(({keyword}) => keyword === 'FROM')
  return instructions
    .slice(start, next < 0 ? undefined : start + next)
    .some(
      ({keyword, flags}) =>
        ((keyword === 'COPY' || keyword === 'ADD') && !flags.some(({name}) => name === 'from')) ||
        (keyword === 'RUN' && flags.some(({name}) => name === 'mount')),
    )
}

/** The stages that a name with variables and letters of its own fits. */
function listFitting(image: string, stages: readonly Stage[]): Stage[] {
  if (isVariableAlone(image)) return []
  const parts = splitAtVariables(image)
  return stages.filter(({name}) => fits(name, parts))
}

function splitAtVariables(image: string): string[] {
  return image.toLowerCase().split(/\$\{\w+[^}]*\}|\$\w+/)
}

/** What people call what is built without a wish. */
const USUAL = /^(?:default|base|main|standard|prod|production|release)$/

/** The value that leads to the usual one of some stages, or to the first; null where one of them takes something. */
function chooseStage(image: string, fitting: readonly Stage[]): string | null {
  const [before = '', after, ...others] = splitAtVariables(image)
  if (after === undefined || others.length > 0 || fitting.some(({takes}) => takes)) return null
  const values = fitting.map(({name}) => name.slice(before.length, name.length - after.length))
  return values.find((value) => USUAL.test(value)) ?? values[0]!
}

/** The first part stands at the start, the last at the end, the others between them in turn. */
function fits(stage: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts
  if (!stage.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = stage.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return stage.endsWith(parts.at(-1) ?? '')
}

function isVariableAlone(image: string): boolean {
  return /^\$(?:\{\w+[^}]*\}|\w+)$/.test(image)
}
