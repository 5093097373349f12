import type {BuildGraph, GraphStage} from '../../../build/graph/build-graph.js'
import {baseName} from '../../../languages/text/container-path.js'
import {sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'
import {stepsAbove} from './cache-facts.js'

interface Moving {
  image: string
  count: number
}

/** Finds base images under a name that moves to another image with every release. */
export default defineCacheRule<Moving>({
  id: 'cache-moving-base',
  severity: 'info',
  summary: 'Choose a base image whose tag does not move with every release',
  reason:
    'A stage is built on the layers of its base image: when the tag points to other layers, each step of the stage runs again, on each machine at another time.',
  remedy: 'Use a version, or a digest that a bot updates.',
  examples: {
    good: [
      {dockerfile: 'FROM node:22.1\nRUN npm ci\n', tree: []},
      {
        dockerfile:
          'FROM node@sha256:0123456789012345678901234567890123456789012345678901234567890123\nRUN a\n',
        tree: [],
      },
      {dockerfile: 'FROM node:latest\nCMD ["x"]\n', tree: []},
    ],
    bad: [
      {dockerfile: 'FROM node\nRUN npm ci\n', tree: []},
      {dockerfile: 'FROM registry.example:5000/a/node:latest AS b\nRUN npm ci\n', tree: []},
    ],
  },
  message: ({image, count}) =>
    sentence`a new image with the tag "${image}" runs ${{count, one: 'step', many: 'steps'}} again: the tag moves with every release`,
  fix: ({image}) => `Add a version to "${image.replace(/:latest$/, '')}"`,
  check: ({graph}) =>
    graph.stages.flatMap((stage) => {
      const {base, line} = stage
      if (base.kind !== 'image' || stage.baseStage !== null || !stage.isReachable || !isMoving(base.image))
        return []
      const count = countRuns(graph, stage)
      return count === 0 ? [] : [{data: {image: base.image, count}, line}]
    }),
})

/** No tag is the tag `latest`. */
function isMoving(image: string): boolean {
  if (image.includes('@')) return false
  const name = baseName(image)
  return !name.includes(':') || name.endsWith(':latest')
}

/** The steps of the stage and of those on top of it, if a RUN is among them. */
function countRuns(graph: BuildGraph, {steps: [first]}: GraphStage): number {
  if (first === undefined) return 0
  const steps = [first, ...stepsAbove(graph, first)]
  return steps.some(({instruction}) => instruction.keyword === 'RUN') ? steps.length : 0
}
