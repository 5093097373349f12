import {type CiRule, typeOf, UNKNOWN_TYPE} from './define-ci-rule.js'

const BUILD =
  '      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          cache-from: type=gha\n          cache-to: type=gha,mode=max\n'
const JOB = 'jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n'

/** Finds exports that the builder of the engine cannot make. */
const rule: CiRule = {
  id: 'ci-needs-builder',
  severity: 'error',
  summary: 'Create a builder before a cache is exported',
  reason:
    'The default builder uses the docker driver, which can only export an inline cache unless the engine uses the containerd image store: the build fails with "Cache export is not supported for the docker driver".',
  remedy: 'Run docker/setup-buildx-action, or docker buildx create --use, before the build.',
  examples: [
    {
      title: 'no step makes a builder',
      system: 'github',
      text: JOB + BUILD,
      expected: /cannot export a cache of type gha/,
    },
    {
      title: 'the builder is the one that is there anyway',
      system: 'github',
      text: `${JOB}      - uses: docker/setup-buildx-action@v3\n        with: {driver: docker}\n${BUILD}`,
      expected: /docker driver/,
    },
    {
      title: 'a builder of its own',
      system: 'github',
      text: `${JOB}      - uses: docker/setup-buildx-action@v3\n${BUILD}`,
      expected: null,
    },
    {
      title: 'a command makes it',
      system: 'github',
      text: `${JOB}      - run: docker buildx create --use\n${BUILD}`,
      expected: null,
    },
    {
      title: 'an inline cache needs none',
      system: 'github',
      text: (JOB + BUILD).replaceAll('type=gha,mode=max', 'type=inline'),
      expected: null,
    },
    {
      title: 'a command of GitLab',
      system: 'gitlab',
      text: 'build:\n  services: [docker:dind]\n  script:\n    - docker buildx build --cache-to type=registry,ref=r,mode=max --cache-from type=registry,ref=r .\n',
      expected: /type registry/,
    },
  ],
  find: ({builds}) =>
    builds.flatMap(({isFresh, hasBuilder, cacheTo, job, place, system}) => {
      const type = cacheTo.map(typeOf).find((one) => one !== 'inline' && one !== UNKNOWN_TYPE)
      if (!isFresh || hasBuilder || type === undefined) return []
      const snippet =
        system === 'github'
          ? '- uses: docker/setup-buildx-action@v3'
          : '- docker context create ci\n- docker buildx create --use --driver docker-container ci'
      return [
        {
          place,
          message: `job "${job}" cannot export a cache of type ${type}: no earlier step creates a builder, and the docker driver does not support that export`,
          fix: 'Create a builder before the build',
          snippet,
        },
      ]
    }),
}

export default rule
