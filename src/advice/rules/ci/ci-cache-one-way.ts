import {
  type CiFacts,
  type CiProblem,
  type CiRule,
  type JudgedBuild,
  typeOf,
  UNKNOWN_TYPE,
} from './define-ci-rule.js'

/** The dollar of an expression is left out. */
const STEPS = (inputs: string): string =>
  `jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/setup-buildx-action@v3\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n${inputs.replace('{{', '$${{')}`

/** Finds caches that are taken and never left, or left and never taken. */
const rule: CiRule = {
  id: 'ci-cache-one-way',
  severity: 'warning',
  summary: 'Import what is exported, and export what is imported',
  reason:
    'A cache that no job exports is never there, and one that no job imports costs the time to export it. The build passes, and runs every step.',
  remedy: 'Give both cache-from and cache-to, of one type.',
  examples: [
    {
      title: 'taken and never left',
      system: 'github',
      text: STEPS('          cache-from: type=gha\n'),
      expected: /takes a cache of type gha that no job leaves/,
    },
    {
      title: 'left and never taken',
      system: 'github',
      text: STEPS('          cache-to: type=gha,mode=max\n'),
      expected: /leaves a cache of type gha that no job takes/,
    },
    {
      title: 'both ways',
      system: 'github',
      text: STEPS('          cache-from: type=gha\n          cache-to: type=gha\n'),
      expected: null,
    },
    {
      title: 'left on one branch',
      system: 'github',
      text: STEPS(
        "          cache-from: type=gha\n          cache-to: {{ github.ref_name == 'main' && 'type=gha' || '' }}\n",
      ),
      expected: null,
    },
    {
      title: 'an image with an inline cache',
      system: 'gitlab',
      text: 'build:\n  services: [docker:dind]\n  script:\n    - docker build --cache-from $I --build-arg BUILDKIT_INLINE_CACHE=1 -t $I .\n',
      expected: null,
    },
  ],
  find: (facts) =>
    facts.builds.flatMap((build) => [...findUnleft(build, facts), ...findUntaken(build, facts)]),
}

export default rule

function findUnleft({cacheFrom, job, place, system}: JudgedBuild, {allBuilds}: CiFacts): CiProblem[] {
  const left = new Set(allBuilds.flatMap(({cacheTo}) => cacheTo.map(typeOf)))
  if (left.has(UNKNOWN_TYPE)) return []
  const missing = cacheFrom
    .map(typeOf)
    .find((type) => type !== UNKNOWN_TYPE && !left.has(type) && !(type === 'registry' && left.has('inline')))
  if (missing === undefined) return []
  return [
    {
      place,
      message: `job "${job}" takes a cache of type ${missing} that no job leaves: it is never there`,
      fix: 'Export it, too',
      snippet:
        system === 'github' ? `cache-to: type=${missing},mode=max` : `--cache-to type=${missing},mode=max`,
    },
  ]
}

function findUntaken({cacheTo, job, place, system}: JudgedBuild, {allBuilds}: CiFacts): CiProblem[] {
  const taken = new Set(allBuilds.flatMap(({cacheFrom}) => cacheFrom.map(typeOf)))
  if (taken.has(UNKNOWN_TYPE)) return []
  // What is inline is in the image: somebody may take it who pulls that.
  const lost = cacheTo
    .map(typeOf)
    .find((type) => type !== 'inline' && type !== UNKNOWN_TYPE && !taken.has(type))
  if (lost === undefined) return []
  return [
    {
      place,
      message: `job "${job}" leaves a cache of type ${lost} that no job takes: every step runs, and the export takes time`,
      fix: 'Import it, too',
      snippet: system === 'github' ? `cache-from: type=${lost}` : `--cache-from type=${lost}`,
    },
  ]
}
