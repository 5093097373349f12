import assert from 'node:assert/strict'
import {
  type EvaluateOptions,
  evaluateDockerfile,
} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {listEnvironment} from '../../../../src/languages/dockerfile/evaluate/step-state.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'

/** The state that the last RUN of the last stage finds, and its name and command. */
function lastRun(text: string, options: EvaluateOptions = {}) {
  const {stages} = evaluateDockerfile(parseDockerfile(text), options)
  const run = stages.at(-1)!.instructions.findLast(({keyword}) => keyword === 'RUN')
  assert(run?.keyword === 'RUN')
  return run
}

const IMAGES = {
  'bb:2': {env: [['BASE', 'two']] as const, workingDir: '/w', user: 'app', shell: ['/bin/ash', '-c']},
  on: {onBuild: ['COPY a /on/', 'RUN echo on']},
}

describe('the state of a step', () => {
  const environments: [text: string, options: EvaluateOptions, variables: string[]][] = [
    ['FROM x\nENV A=1 B=2\nRUN x', {}, ['PATH', 'A=1', 'B=2']],
    ['FROM x\nENV A=1\nENV B=2\nENV A=1\nRUN x', {}, ['PATH', 'B=2', 'A=1']],
    ['FROM x\nARG A\nARG B=2\nRUN x', {}, ['PATH', 'B=2']],
    ['FROM x\nARG A\nARG B=2\nRUN x', {buildArgs: {A: ''}}, ['PATH', 'A=', 'B=2']],
    ['FROM x AS y\nENV A=1\nARG B=2\nFROM y\nRUN x', {}, ['B=2', 'PATH', 'A=1']],
    ['FROM bb:2\nENV A=1\nRUN x', {images: IMAGES}, ['BASE=two', 'PATH', 'A=1']],
  ]
  for (const [text, options, variables] of environments) {
    it(`lists the environment of ${JSON.stringify(text)}`, () => {
      const listed = listEnvironment(lastRun(text, options).state.environment)
      assert.deepEqual(
        listed.map(([name, value]) => (name === 'PATH' ? name : `${name}=${value}`)),
        variables,
      )
    })
  }

  const directories: [text: string, directory: string][] = [
    ['FROM x\nRUN x', '?'],
    ['FROM x\nWORKDIR a\nWORKDIR ../b\nRUN x', '?/b'],
    ['FROM x\nWORKDIR /a/\nRUN x', '/a/'],
    ['FROM x\nWORKDIR /a\nWORKDIR b/\nRUN x', '/a/b'],
    ['FROM scratch\nRUN x', '/'],
    ['FROM bb:2\nWORKDIR v\nRUN x', '/w/v'],
  ]
  for (const [text, directory] of directories) {
    it(`is in ${directory} after ${JSON.stringify(text)}`, () => {
      assert.equal(lastRun(text, {images: IMAGES}).state.directory, directory)
    })
  }

  it('takes user and shell from a known image, and from the stage before', () => {
    const {state, command} = lastRun('FROM bb:2 AS a\nFROM a\nRUN x', {images: IMAGES})
    assert.deepEqual([state.user, state.shell, command], ['app', ['/bin/ash', '-c'], ['/bin/ash', '-c', 'x']])
    const later = lastRun('FROM bb:2\nUSER web\nSHELL ["/bin/bash", "-c"]\nRUN x', {images: IMAGES})
    assert.deepEqual([later.state.user, later.command], ['web', ['/bin/bash', '-c', 'x']])
  })

  it('runs the triggers of a known image on the line of the FROM', () => {
    const {stages} = evaluateDockerfile(parseDockerfile('ARG X\nFROM on\nRUN x'), {images: IMAGES})
    assert.deepEqual(
      stages[0]!.instructions.map(({line, isInherited, text}) => [line, isInherited, text]),
      [
        [2, true, 'ONBUILD COPY a /on/'],
        [2, true, 'ONBUILD RUN echo on'],
        [3, false, 'RUN x'],
      ],
    )
  })

  it('makes a file of a heredoc that names its interpreter', () => {
    const {command, scriptFile} = lastRun('FROM x\nRUN <<-E\n#!/bin/a\n\tb\nE\n')
    assert.deepEqual(command, ['/bin/sh', '-c', '/dev/pipes/E'])
    assert.deepEqual(scriptFile, {name: 'E', content: '#!/bin/a\nb\n'})
  })
})

describe('the name of a step', () => {
  const names: [text: string, name: string][] = [
    ['run  echo  a', 'RUN  echo  a'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of a Dockerfile
    ['ENV A=1\nRUN echo "$A" \'$A\' $B ${B:-c}', 'RUN echo "1" \'$A\' $B ${B:-c}'],
    ['RUN a \\\n  b', 'RUN a   b'],
    ['RUN <<E\n echo 1\necho 2\nE', 'RUN <<E (echo 1...)'],
    ['RUN ["a", "b"]', 'RUN ["a", "b"]'],
    ['RUN\techo a', 'RUN\tECHO a'],
    ['RUN echo "', 'RUN echo "'],
  ]
  for (const [text, name] of names) {
    it(`of ${JSON.stringify(text)} is ${name}`, () => {
      assert.equal(lastRun(`FROM x\n${text}\n`).name, name)
    })
  }
})
