import type {CiRule} from './define-ci-rule.js'

const JOB = 'jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n'

/** Finds builds that ask for one layer of everything. */
const rule: CiRule = {
  id: 'ci-squash',
  severity: 'warning',
  summary: 'Leave the layers of an image apart',
  reason:
    'BuildKit has no --squash and says so; the older builder makes one layer of the image, and each deploy pulls all of it: 8.4 MB instead of 422 bytes after an edit of one source file, in a measured example at a tenth of its size.',
  remedy:
    'Remove files in the RUN that makes them, and copy what runs into a last stage: docker slimcheck dockerfile has both. For a smaller pull of the same files, --output type=image,compression=zstd,force-compression=true takes some 5 % off and compresses ten times faster; it needs a builder of its own, or the containerd store.',
  page: 'ci.md',
  examples: [
    {
      title: 'a command with the flag',
      system: 'github',
      text: `${JOB}      - run: docker build --squash -t app .\n`,
      expected: /one layer/,
    },
    {
      title: 'of GitLab',
      system: 'gitlab',
      text: 'build:\n  services: [docker:dind]\n  script:\n    - docker build --squash=true .\n',
      expected: /one layer/,
    },
    {
      title: 'a command without it',
      system: 'github',
      text: `${JOB}      - run: docker build -t squash .\n`,
      expected: null,
    },
  ],
  find: ({builds}) =>
    builds.flatMap(({isSquashed, job, place}) =>
      isSquashed !== true
        ? []
        : [
            {
              place,
              message: `job "${job}" asks for one layer of the whole image: each deploy would pull all of it again`,
              fix: 'Take --squash out',
            },
          ],
    ),
}

export default rule
