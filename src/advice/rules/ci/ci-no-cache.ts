import {type CiRule, proposeCache} from './define-ci-rule.js'

/** Finds builds on new machines that take nothing from earlier ones. */
const rule: CiRule = {
  id: 'ci-no-cache',
  severity: 'warning',
  summary: 'Import a cache on a machine that is new for each job',
  reason:
    'A hosted runner, or an engine that is a service of the job, begins with an empty cache: every RUN of the Dockerfile runs in every job.',
  remedy: 'Import and export a cache: of type gha on GitHub, of type registry elsewhere.',
  examples: [
    {
      title: 'a command on a hosted runner',
      system: 'github',
      text: 'jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: docker build -t app .\n',
      expected: /job "image" builds on a new machine/,
    },
    {
      title: 'the action without a cache',
      system: 'github',
      text: 'jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {context: .}\n',
      expected: /new machine/,
    },
    {
      title: 'an engine that is a service of the job',
      system: 'gitlab',
      text: 'image:\n  services: [docker:27-dind]\n  script:\n    - docker build -t app .\n'.replace(
        'image:',
        'build:',
      ),
      expected: /job "build" builds on a new machine/,
    },
    {
      title: 'the action with a cache',
      system: 'github',
      text: 'jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/setup-buildx-action@v3\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          cache-from: type=gha\n          cache-to: type=gha,mode=max\n',
      expected: null,
    },
    {
      title: 'a machine of one’s own keeps its cache',
      system: 'github',
      text: 'jobs:\n  image:\n    runs-on: [self-hosted, linux]\n    steps:\n      - run: docker build .\n',
      expected: null,
    },
    {
      title: 'a Dockerfile that runs nothing',
      system: 'github',
      dockerfile: 'FROM scratch\nCOPY a /\n',
      text: 'jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - run: docker build .\n',
      expected: null,
    },
  ],
  find: ({builds}) =>
    builds
      .filter(({isFresh, hasRun, cacheFrom, cacheTo}) => {
        return isFresh && hasRun && cacheFrom.length === 0 && cacheTo.length === 0
      })
      .map((build) => ({
        place: build.place,
        message: `job "${build.job}" builds on a new machine without importing a cache: every RUN runs each time`,
        fix: 'Import and export a cache',
        snippet: proposeCache(build),
      })),
}

export default rule
