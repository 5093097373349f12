import {baseName} from '../../../languages/text/container-path.js'
import {type CiProblem, type CiRule, type JudgedBuild, typeOf} from './define-ci-rule.js'

const STEP = (file: string, scope: string): string =>
  `      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          file: ${file}\n          cache-from: type=gha${scope}\n          cache-to: type=gha,mode=max${scope}\n`
const JOB =
  'jobs:\n  images:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/setup-buildx-action@v3\n'

/** Finds builds that overwrite each other's cache. */
const rule: CiRule = {
  id: 'ci-cache-scope',
  severity: 'warning',
  summary: 'Give each build its own scope in the GitHub cache',
  reason:
    'By default all builds share one scope of the gha cache, and each export replaces its content: of two builds only the one that ends last finds its steps again.',
  remedy: 'Add scope=NAME to cache-from and cache-to.',
  examples: [
    {
      title: 'two Dockerfiles in one scope',
      system: 'github',
      text: JOB + STEP('Dockerfile', '') + STEP('other/Dockerfile', ''),
      expected: /replaces the cache of/,
    },
    {
      title: 'a scope each',
      system: 'github',
      text: JOB + STEP('Dockerfile', ',scope=a') + STEP('other/Dockerfile', ',scope=b'),
      expected: null,
    },
    {
      title: 'one build twice',
      system: 'github',
      text: JOB + STEP('Dockerfile', '') + STEP('Dockerfile', ''),
      expected: null,
    },
  ],
  find: ({builds, allBuilds}) =>
    builds.flatMap((build): CiProblem[] => {
      const scope = scopeOf(build.cacheTo)
      const other = allBuilds.find((one) => {
        const isOther = one.dockerfilePath !== build.dockerfilePath || one.target !== build.target
        return isOther && one.dockerfilePath !== null && scope !== null && scopeOf(one.cacheTo) === scope
      })
      if (other === undefined || scope === null) return []
      return [
        {
          place: build.place,
          message: `job "${build.job}" replaces the cache of another build (line ${other.place.line} of "${nameOf(other)}"): both export to scope "${scope}"`,
          fix: 'Give each build its own scope in cache-from and cache-to',
          snippet: 'cache-from: type=gha,scope=NAME\ncache-to: type=gha,mode=max,scope=NAME',
        },
      ]
    }),
}

export default rule

/** Null without a gha cache, and where only GitHub knows the scope. */
function scopeOf(cacheTo: readonly string[]): string | null {
  const cache = cacheTo.find((one) => typeOf(one) === 'gha')
  if (cache === undefined || cache.includes('${{')) return null
  return /(?:^|,)scope=([^,]*)/.exec(cache)?.[1] ?? 'buildkit'
}

function nameOf({place}: Pick<JudgedBuild, 'place'>): string {
  return baseName(place.file)
}
