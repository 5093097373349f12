import type {EvaluatedStage, Origin} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {findNearest} from '../../../languages/text/suggest.js'
import {defineRule} from '../define-rule.js'

interface Data {
  name: string
  /** A stage of almost that name. */
  near: string
}

/** Images of one word that people copy from. */
const IMAGES = new Set(
  'node bun deno golang go rust python ruby php composer nginx httpd caddy alpine debian ubuntu busybox scratch maven gradle openjdk sbt perl swift haskell elixir erlang julia bash docker redis postgres mysql mariadb mongo memcached rabbitmq consul vault traefik haproxy tomcat jetty buildpack-deps gcc clojure groovy hylang r-base fedora centos rockylinux almalinux archlinux amazonlinux eclipse-temurin amazoncorretto'.split(
    ' ',
  ),
)

/** Finds names behind `from` that are almost those of stages: Docker takes them for images. */
export default defineRule<Data>({
  id: 'unknown-stage',
  severity: 'warning',
  summary: 'Copy from a stage that there is',
  reason:
    'What is no stage of the Dockerfile is an image for Docker: it is pulled, and the build fails, or takes files of somebody else.',
  remedy: 'Correct the name.',
  examples: {
    good: [
      {dockerfile: 'FROM alpine AS build\nFROM scratch\nCOPY --from=build /a /a', tree: []},
      {dockerfile: 'FROM alpine AS base\nFROM scratch\nCOPY --from=busybox /a /a', tree: []},
      {dockerfile: 'FROM alpine AS nodes\nFROM scratch\nCOPY --from=node /a /a', tree: []},
    ],
    bad: [{dockerfile: 'FROM alpine AS builder\nFROM scratch\nCOPY --from=bulder /a /a', tree: []}],
  },
  message: ({name}) => `"${name}" is no stage of this Dockerfile: Docker pulls an image of that name`,
  fix: ({near}) => `Did you mean "${near}"?`,
  check(facts) {
    const stages = facts.plan.dockerfile?.evaluated.stages ?? []
    return stages.flatMap((stage) =>
      listImages(stage).flatMap(({image, line}) => {
        const data = explain(image, stage, stages)
        return data === null ? [] : [{data, place: facts.atRequest({line})}]
      }),
    )
  },
})

function listImages({instructions}: EvaluatedStage): {image: string; line: number}[] {
  return instructions.flatMap((instruction) => {
    const {keyword, line} = instruction
    const origins: (Origin | null)[] =
      keyword === 'COPY' || keyword === 'ADD'
        ? [instruction.from]
        : keyword === 'RUN'
          ? instruction.mounts.map(({from}) => from)
          : []
    return origins.flatMap((origin) => (origin?.kind === 'image' ? [{image: origin.image, line}] : []))
  })
}

function explain(image: string, {index}: EvaluatedStage, stages: readonly EvaluatedStage[]): Data | null {
  if (/[/:@.$]/.test(image)) return null
  const name = image.toLowerCase()
  if (IMAGES.has(name)) return null
  const near = findNearest(
    name,
    stages.flatMap((stage) => (stage.index !== index && stage.name !== null ? [stage.name] : [])),
  )
  return near === null ? null : {name: image, near}
}
