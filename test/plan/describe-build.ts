import path from 'node:path'
import type {NamedBuild} from '../../src/plan/named-build.js'

/** A build in one line: `web: ctx=web df=web/Dockerfile target=dev A=1 lib<-lib linux/arm64`, paths relative to a root. */
export function describeBuild(build: NamedBuild, root = '/p'): string {
  const show = (given: string): string => (path.isAbsolute(given) ? path.relative(root, given) || '.' : given)
  const {name, contextPath, dockerfilePath, dockerfileInline, target, buildArgs, platform, buildContexts} =
    build
  const words = [`${name}: ctx=${show(contextPath)}`]
  if (dockerfilePath !== undefined) words.push(`df=${show(dockerfilePath)}`)
  if (dockerfileInline !== undefined) words.push(`inline=${JSON.stringify(dockerfileInline)}`)
  if (target !== undefined) words.push(`target=${target}`)
  for (const [key, value] of buildArgs) words.push(`${key}=${value}`)
  for (const [key, value] of buildContexts) words.push(`${key}<-${show(value)}`)
  if (platform !== undefined) words.push(platform)
  return words.join(' ')
}
