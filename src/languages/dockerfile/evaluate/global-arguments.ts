import type {Instruction} from '../syntax/instruction.js'
import {expandWord} from '../words/expand-word.js'
import {failAt, type WordScope} from '../words/word-scope.js'
import {formatPlatform, type Platform} from './names/platform.js'

/** What the values of the global ARGs depend on. */
export interface GlobalInputs {
  buildArgs: ReadonlyMap<string, string>
  targetPlatform: Platform
  buildPlatform: Platform
  /** TARGETSTAGE. */
  targetStage: string
}

/** The values that FROM sees, and that a stage gets by redeclaring their names: the predefined ones, then the ARGs. */
export function evaluateGlobalArguments(
  args: readonly Instruction[],
  inputs: GlobalInputs,
  scope: Omit<WordScope, 'lookUp' | 'fail'>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of Object.entries(predefinedArguments(inputs))) {
    values.set(name, inputs.buildArgs.get(name) ?? value)
  }
  for (const {args: declarations, line} of args) {
    for (const declaration of declarations) {
      const {name, initial} = parseDeclaration(declaration)
      const given = inputs.buildArgs.get(name)
      if (given !== undefined) values.set(name, given)
      else if (initial !== null) {
        const wordScope = {...scope, lookUp: (key: string) => values.get(key), fail: failAt(line)}
        values.set(name, expandWord(initial, wordScope))
      }
    }
  }
  return values
}

/** Cuts `NAME=initial` or a bare `NAME`. */
export function parseDeclaration(declaration: string): {name: string; initial: string | null} {
  const equals = declaration.indexOf('=')
  if (equals < 0) return {name: declaration, initial: null}
  return {name: declaration.slice(0, equals), initial: declaration.slice(equals + 1)}
}

function predefinedArguments({buildPlatform, targetPlatform, targetStage}: GlobalInputs) {
  return {
    BUILDPLATFORM: formatPlatform({...buildPlatform, osVersion: ''}),
    BUILDOS: buildPlatform.os,
    BUILDOSVERSION: buildPlatform.osVersion,
    BUILDARCH: buildPlatform.architecture,
    BUILDVARIANT: buildPlatform.variant,
    TARGETPLATFORM: formatPlatform(targetPlatform),
    TARGETOS: targetPlatform.os,
    TARGETOSVERSION: targetPlatform.osVersion,
    TARGETARCH: targetPlatform.architecture,
    TARGETVARIANT: targetPlatform.variant,
    TARGETSTAGE: targetStage || 'default',
  }
}
