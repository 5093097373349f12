import type {EvaluatedStage, Origin} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import {findNearest} from '../../../languages/text/suggest.js'
import {defineRule} from '../define-rule.js'

interface Data {
  name: string
  /** A stage of almost that name; null where only the word is a stage's. */
  near: string | null
  /** The lines of the stages without a name that stand above. */
  unnamed: readonly number[]
}

/** What people call stages, and nobody an image. */
const STAGE_WORD =
  /^(?:(?:[a-z0-9]+[-_])*(?:builder|build|compile|compiler|deps|dependencies|installer|pruner|packager|publish|prod|production|runner|runtime|final|assets)|build-?env|(?:build|compile|prod)[-_][a-z0-9]+|frontend|backend|stage-?\d+)$/

/** Images of one word that people copy from. */
const IMAGES = new Set(
  'node bun deno golang go rust python ruby php composer nginx httpd caddy alpine debian ubuntu busybox scratch maven gradle openjdk sbt perl swift haskell elixir erlang julia bash docker redis postgres mysql mariadb mongo memcached rabbitmq consul vault traefik haproxy tomcat jetty buildpack-deps gcc clojure groovy hylang r-base fedora centos rockylinux almalinux archlinux amazonlinux eclipse-temurin amazoncorretto'.split(
    ' ',
  ),
)

/** Finds names behind `from` that are almost those of stages, or are what people call stages: Docker takes them for images. */
export default defineRule<Data>({
  id: 'unknown-stage',
  severity: 'warning',
  summary: 'Copy from a stage that exists',
  reason:
    'A name that is not a stage of the Dockerfile is an image name for Docker: the image is pulled, and the build fails or copies files from an unrelated image.',
  remedy: 'Correct the name.',
  examples: {
    good: [
      {dockerfile: 'FROM alpine AS build\nFROM scratch\nCOPY --from=build /a /a', tree: []},
      {dockerfile: 'FROM alpine AS base\nFROM scratch\nCOPY --from=busybox /a /a', tree: []},
      {dockerfile: 'FROM alpine AS nodes\nFROM scratch\nCOPY --from=node /a /a', tree: []},
    ],
    bad: [
      {dockerfile: 'FROM alpine AS builder\nFROM scratch\nCOPY --from=bulder /a /a', tree: []},
      {dockerfile: 'FROM alpine\nFROM scratch\nCOPY --from=builder /a /a', tree: []},
      {dockerfile: 'FROM scratch\nCOPY --from=build-env /a /a', tree: []},
    ],
  },
  message: ({name}) => `"${name}" is not a stage of this Dockerfile: Docker pulls an image of that name`,
  fix: describeFix,
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
  const others = stages.filter((stage) => stage.index !== index)
  const near = findNearest(
    name,
    others.flatMap((stage) => stage.name ?? []),
  )
  if (near === null && !STAGE_WORD.test(name)) return null
  const above = stages.filter((stage) => stage.index < index && stage.name === null)
  return {name: image, near, unnamed: above.map(({line}) => line)}
}

function describeFix({name, near, unnamed}: Data): string {
  if (near !== null) return `Did you mean "${near}"?`
  if (unnamed.length === 0)
    return `Add a stage of that name: FROM … AS ${name}, or pass it as a named context: --build-context ${name}=…`
  const lines = unnamed.length === 1 ? `line ${unnamed[0]}` : `one of the lines ${unnamed.join(', ')}`
  return `Name the stage that makes it: FROM … AS ${name} (${lines})`
}
