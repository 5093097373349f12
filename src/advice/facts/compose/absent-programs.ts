import {rootOf, stagesBehind} from '../../../build/graph/query-graph.js'
import {shortImageName} from '../../../languages/dockerfile/evaluate/names/image-name.js'
import type {ServiceBuild} from './service-build.js'

/** Programs with which people ask whether a service answers. */
export type CheckProgram = 'curl' | 'wget'

const LANGUAGES = /^(?:python|node|ruby)$/

/** Since .NET 8 these images have neither. */
const DOTNET = /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps):(?:8|9|\d\d)\b/

/** Tells whether an image is known not to have a program. */
export function lacksProgram(image: string, program: CheckProgram): boolean {
  if (isBare(image)) return true
  const short = shortImageName(image)
  if (short === null) return false
  const [, name = '', tag = ''] = /^([^:@]*)(?::([^@]*))?/.exec(short) ?? []
  const isAlpine = /alpine/.test(name === 'alpine' ? name : tag)
  if (program === 'wget' && (isAlpine || name === 'busybox')) return false
  if (/^(?:alpine|busybox|debian|ubuntu)$/.test(name)) return true
  return (LANGUAGES.test(name) && /slim|alpine/.test(tag)) || DOTNET.test(short)
}

/** Nothing but what a program needs: no shell either. */
function isBare(image: string): boolean {
  return /^gcr\.io\/distroless\/(?!.*:.*debug)/.test(image)
}

/** What may bring a program unseen: scripts, lists of packages, parts of other images. */
const MAY_BRING = /\.sh\b|\bmake\b|\bxargs\b|\$\(|`|\bansible|\bnix\b|\/install\b|-r\s+\S+|\bcat\b/

/** Where programs stand, and what holds such a place. */
const PROGRAMS = /(?:^|\/)s?bin(?:\/|$)/
const ABOVE_PROGRAMS = /^\/(?:usr\/?)?(?:local\/?)?$/

/** The same of an image that is built here: nothing that the Dockerfile does brings the program. */
export function buildLacks({graph}: ServiceBuild, program: CheckProgram): string | null {
  const root = rootOf(graph.target.end)
  const image = root.kind === 'scratch' ? 'scratch' : root.kind === 'image' ? root.image : null
  if (image === null || (image !== 'scratch' && !lacksProgram(image, program))) return null
  const word = new RegExp(`\\b${program}\\b`)
  const brings = stagesBehind(graph.target)
    .flatMap(({instructions}) => instructions)
    .some((one) => {
      if (one.keyword === 'RUN') return word.test(one.script) || MAY_BRING.test(one.script)
      if (one.keyword !== 'COPY' && one.keyword !== 'ADD') return false
      const isWhole = one.from !== null && ABOVE_PROGRAMS.test(one.destination)
      return isWhole || PROGRAMS.test(one.destination) || one.sources.some((source) => word.test(source))
    })
  return brings ? null : image
}
