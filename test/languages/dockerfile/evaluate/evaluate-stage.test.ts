// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import assert from 'node:assert/strict'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {failureOf} from '../make-scope.js'

function evaluate(content: string) {
  return evaluateDockerfile(parseDockerfile(content))
}

/** What $V is at the end of the last stage. */
function readV(content: string, buildArgs: Record<string, string> = {}): string | undefined {
  const dockerfile = parseDockerfile(`${content}\nWORKDIR /$V`)
  const last = evaluateDockerfile(dockerfile, {buildArgs}).stages.at(-1)?.instructions.at(-1)
  return last?.keyword === 'WORKDIR' ? last.path.slice(1) : undefined
}

describe('evaluateStage', () => {
  const rows: [title: string, content: string, value: string, buildArgs?: Record<string, string>][] = [
    ['an ARG', 'FROM a\nARG V=x', 'x'],
    ['a build argument over an ARG', 'FROM a\nARG V=x', 'y', {V: 'y'}],
    ['no undeclared build argument', 'FROM a', '', {V: 'y'}],
    ['no global ARG', 'ARG V=g\nFROM a', ''],
    ['a redeclared global ARG', 'ARG V=g\nFROM a\nARG V', 'g'],
    ['an ARG over a global one', 'ARG V=g\nFROM a\nARG V=x', 'x'],
    ['ENV after ARG', 'FROM a\nARG V=x\nENV V=e', 'e', {V: 'y'}],
    ['ARG after ENV', 'FROM a\nENV V=e\nARG V=x', 'x'],
    ['ENV before a bare ARG', 'FROM a\nENV V=e\nARG V', 'e'],
    ['the values from before the line', 'FROM a\nENV A=1\nENV A=2 V=$A', '1'],
    ['those from earlier in an ARG', 'FROM a\nARG A=1 V=$A', '1'],
    ['what a base stage sets', 'FROM a AS b\nENV V=e\nFROM b', 'e'],
    ['what a base stage takes as ARG', 'FROM a AS b\nARG V=x\nFROM b', 'x'],
    ['ENV of a base stage over its later ARG', 'FROM a AS b\nENV V=e\nARG V=x\nFROM b', 'e'],
    ['an unused default that is broken', 'FROM a\nARG V=${x', 'y', {V: 'y'}],
    ['no scanner argument', 'FROM a\nARG BUILDKIT_SBOM_SCAN_STAGE=x\nENV V=$BUILDKIT_SBOM_SCAN_STAGE', ''],
  ]
  for (const [title, content, value, buildArgs] of rows) {
    it(`sees ${title}`, () => assert.equal(readV(content, buildArgs), value))
  }

  it('knows the working directory unless the base image decides it', () => {
    const content = 'FROM a AS x\nWORKDIR b\nRUN c\nWORKDIR /d\nWORKDIR e/..//f\nFROM x\nRUN c\n'
    const {stages} = evaluate(content)
    const workdirs = stages.map(({instructions}) => instructions.map(({workdir}) => workdir))
    assert.deepEqual(workdirs, [[null, null, '/d', '/d/f'], ['/d/f']])
  })

  const failures: [content: string, message: string][] = [
    ['FROM a\nEXPOSE 80/x\n', '2: bad port "80/x": write 8080, 8080-8090 or 8080/udp'],
    ['FROM a\nSTOPSIGNAL x\n', '2: unknown signal "x"'],
  ]
  for (const [content, message] of failures) {
    it(`refuses ${JSON.stringify(content)}`, () =>
      assert.equal(
        failureOf(() => evaluate(content)),
        message,
      ))
  }
})
