import assert from 'node:assert/strict'
import {parseBuildArguments} from '../../../src/plan/command-line/parse-build-arguments.js'
import {readBuildCommand, readFinishedBuild} from '../../../src/plan/command-line/read-build-command.js'

describe('the arguments of docker build', () => {
  const rows: [string, object | null][] = [
    ['.', {contextDir: '.'}],
    ['-t app .', {contextDir: '.'}],
    ['. -t app', {contextDir: '.'}],
    ['-qt app web', {contextDir: 'web'}],
    ['-fapi/Dockerfile .', {contextDir: '.', dockerfile: 'api/Dockerfile'}],
    ['-f=api/Dockerfile .', {contextDir: '.', dockerfile: 'api/Dockerfile'}],
    ['--file api/Dockerfile --target=run .', {contextDir: '.', dockerfile: 'api/Dockerfile', target: 'run'}],
    ['--pull=false --no-cache .', {contextDir: '.'}],
    ['--platform linux/arm64,linux/amd64 .', {contextDir: '.', platform: 'linux/arm64'}],
    ['--build-arg A=1 --build-arg=B .', {contextDir: '.', buildArgs: ['A=1', 'B']}],
    ['--build-context lib=../lib .', {contextDir: '.', buildContexts: ['lib=../lib']}],
    ['-- -dir', {contextDir: '-dir'}],
    ['--call build .', {contextDir: '.'}],
    // Nothing of this machine is sent, or nothing is built.
    ['-', null],
    ['-f - .', null],
    ['https://example.com/x.git', null],
    ['git@example.com:x.git', null],
    ['github.com/x/y', null],
    ['--help', null],
    ['--help .', null],
    ['--check .', null],
    ['--call=outline .', null],
    // Not sure.
    ['', null],
    ['. web', null],
    ['--nonsense .', null],
    ['-Z .', null],
    ['. --target', null],
  ]
  for (const [line, expected] of rows) {
    it(`reads: ${line}`, () => {
      const actual = parseBuildArguments(line.split(' ').filter((word) => word !== ''))
      assert.deepEqual(actual, expected && {buildArgs: [], buildContexts: [], ...expected})
    })
  }

  for (const [line, contextDir] of [
    ['docker build a', 'a'],
    ['/usr/bin/docker -D --context x image build a', 'a'],
    ['docker --config=x buildx b a', 'a'],
    ['docker builder build a', 'a'],
    ['docker compose build a', null],
    ['docker run a build', null],
    ['podman build a', null],
    ['', null],
  ] as const) {
    it(`finds the build in: ${line}`, () => {
      assert.equal(readBuildCommand(line.split(' '))?.contextDir ?? null, contextDir)
    })
  }

  for (const [flags, line, isRead] of [
    ['{"t":""}', 'docker build -t a .', true],
    ['{"build-arg":"","f":"","tag=a":""}', 'docker build --tag=a -f D --build-arg X=y .', true],
    ['{}', 'docker build .', true],
    ['{"t":""}', 'docker build .', false],
    ['{}', 'docker build -t a .', false],
  ] as const) {
    it(`takes ${line} for the build with the flags ${flags}: ${isRead}`, () => {
      const message = `{"RootCmd":"buildx build","Flags":${flags}}`
      assert.equal(readFinishedBuild(message, line.split(' ')) !== null, isRead)
    })
  }

  it('says nothing of a build that failed, of an unknown caller and of a broken message', () => {
    const words = ['docker', 'build', '.']
    assert.equal(readFinishedBuild('{"Flags":{},"CommandError":"x"}', words), null)
    assert.equal(readFinishedBuild('{"Flags":{}}', null), null)
    assert.equal(readFinishedBuild('{', words), null)
  })
})
