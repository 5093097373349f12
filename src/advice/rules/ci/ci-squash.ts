import type {CiRule} from './define-ci-rule.js'

const JOB = 'jobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n'

/** Finds builds that ask for one layer of everything. */
const rule: CiRule = {
  id: 'ci-squash',
  severity: 'warning',
  summary: 'Do not squash the layers of an image',
  reason:
    'BuildKit does not support --squash and prints a warning; the legacy builder merges all layers into one, and each deploy pulls all of it: 8.4 MB instead of 422 bytes after an edit of one source file, in a measured example at a tenth of its size.',
  remedy:
    'Remove files in the RUN that creates them, and copy what the program needs into a last stage: docker slimcheck dockerfile proposes both. For a smaller pull of the same files, --output type=image,compression=zstd,force-compression=true takes some 5 % off and compresses ten times faster; it needs a builder of its own, or the containerd store.',
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
              message: `job "${job}" squashes the image into one layer: each deploy would pull all of it again`,
              fix: 'Remove --squash',
            },
          ],
    ),
}

export default rule
