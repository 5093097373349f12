import path from 'node:path'
import {type InlineIgnores, readInlineIgnores} from '../../advice/rules/inline-ignores.js'
import type {EvaluatedDockerfile} from '../../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {loadPlan} from '../load/load-plan.js'

/** The Dockerfile that an image is said to come from. */
export interface KnownDockerfile {
  /** As messages call it. */
  file: string
  text: string
  evaluated: EvaluatedDockerfile
  /** Tells whether one of its comments asks to leave a finding out. */
  isIgnored: InlineIgnores['isIgnored']
}

/**
 * @param request names it, or the context that holds it
 * @returns null for a context without one @throws SlimCheckError for one that cannot be read
 */
export function loadDockerfile(request: {dockerfile?: string; contextDir?: string}): KnownDockerfile | null {
  const {dockerfile, contextDir} = request
  const plan = loadPlan({
    contextDir: contextDir ?? path.dirname(dockerfile!),
    ...(dockerfile !== undefined && {dockerfile}),
  })
  if (plan.dockerfile === null) return null
  const file = dockerfile ?? path.join(contextDir!, plan.dockerfile.path)
  const {content, evaluated} = plan.dockerfile
  const text = Buffer.from(content).toString()
  return {file, text, evaluated, isIgnored: readInlineIgnores(new Map([[file, text]])).isIgnored}
}
