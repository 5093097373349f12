import assert from 'node:assert/strict'
import path from 'node:path'
import {readToolBuilds} from '../../../src/plan/discover/read-tool-builds.js'
import {createMemoryFiles} from '../memory-files.js'

/** A file, its text, and the line, the Dockerfile and the context of each build that it tells of. */
const ROWS: readonly [what: string, file: string, text: string, expected: readonly string[]][] = [
  [
    'artifacts with and without settings',
    'skaffold.yaml',
    'build:\n  artifacts:\n    - image: a\n      context: api\n      docker:\n        dockerfile: Dockerfile.prod\n    - image: b\ndeploy: {}\n',
    ['3 api/Dockerfile.prod api', '7 Dockerfile .'],
  ],
  [
    'an artifact that another builder makes',
    'skaffold.yaml',
    'build:\n  artifacts:\n  - image: a\n    context: java\n    jib: {}\n  - context: web\n    image: b\n',
    ['6 web/Dockerfile web'],
  ],
  [
    'a profile, comments and quotes, a list on one line',
    'skaffold.yaml',
    'build:\n  artifacts: [{image: a, context: "api", kaniko: {dockerfile: D}}]\nprofiles:\n  - name: dev\n    build:\n      artifacts:\n        # of the page\n        - context: web # here\n          image: b\n',
    ['2 api/D api', '8 web/Dockerfile web'],
  ],
  [
    'the names of the first versions',
    'skaffold.yaml',
    'build:\n  artifacts:\n    - imageName: a\n      workspace: api\n      docker:\n        dockerfilePath: D\n',
    ['3 api/D api'],
  ],
  ['a broken file', 'skaffold.yaml', 'build: [\n', []],
  [
    'docker_build with a Dockerfile, and one with a text',
    'Tiltfile',
    "docker_build('a', '.', dockerfile='api/Dockerfile', only=['./api'])\n# docker_build('c', 'c')\ndocker_build('b', './web')\ndocker_build('d', '.', dockerfile_contents='FROM scratch')\n",
    ['1 api/Dockerfile .', '3 web/Dockerfile web'],
  ],
  [
    'docker.build and a shell',
    'Jenkinsfile',
    "docker.build('a', '-f docker/Dockerfile docker')\ndocker.build('b')\nsh 'docker build -t c web'\nsh \"docker build -t c $dir\"\n",
    ['1 docker/Dockerfile docker', '2 Dockerfile .', '3 web/Dockerfile web'],
  ],
  [
    'arguments on a line, and one a line in a directory',
    'cloudbuild.yaml',
    "steps:\n- name: gcr.io/cloud-builders/docker\n  args: ['build', '-t', 'a', '-f', 'api/Dockerfile', '.']\n- name: gcr.io/cloud-builders/docker\n  dir: web\n  args:\n  - build\n  - '.'\n- name: node\n  entrypoint: npm\n  args: [ci]\n",
    ['3 api/Dockerfile .', '6 web/Dockerfile web'],
  ],
]

describe('readToolBuilds', () => {
  for (const [what, file, text, expected] of ROWS) {
    it(`${file}: ${what}`, () => {
      const show = (hostPath: string) => path.relative('/p', hostPath) || '.'
      const found = readToolBuilds('/p', createMemoryFiles({[file]: text})).map(
        ({place, dockerfilePath, contextPath}) =>
          `${place?.line} ${show(dockerfilePath!)} ${show(contextPath)}`,
      )
      assert.deepEqual(found, expected)
    })
  }
})
