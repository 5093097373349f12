import assert from 'node:assert/strict'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {failureOf} from '../make-scope.js'

/** Each instruction as `line-endLine KEYWORD arg|arg`. */
function outline(content: string | Uint8Array): string[] {
  return parseDockerfile(content).instructions.map(
    ({line, endLine, keyword, args}) => `${line}-${endLine} ${keyword} ${args.join('|')}`,
  )
}

describe('parseDockerfile', () => {
  const rows: [title: string, content: string, expected: string[]][] = [
    ['reads lines with and without a line feed', 'FROM a\nRUN b', ['1-1 FROM a', '2-2 RUN b']],
    ['reads CRLF', 'FROM a\r\nCOPY b \\\r\n  c\r\n', ['1-1 FROM a', '2-3 COPY b|c']],
    ['skips comments and empty lines', '\n# c\n  # d\nFROM a\n', ['4-4 FROM a']],
    ['joins continuations', 'FROM a\nRUN b \\\n  c\n', ['1-1 FROM a', '2-3 RUN b   c']],
    ['skips both inside a continuation', 'COPY a \\\n# c\n\n  b\n', ['1-4 COPY a|b']],
    ['takes an escaped escape character as it is', 'RUN a \\\\\nRUN b\n', ['1-1 RUN a \\\\', '2-2 RUN b']],
    ['allows blanks after the escape character', 'COPY a \\ \t\nb\n', ['1-2 COPY a|b']],
    ['ends a continuation with the file', 'RUN a \\', ['1-1 RUN a']],
    ['takes keywords in any case', 'from a as b\n', ['1-1 FROM a|as|b']],
    ['reads the JSON form', 'COPY ["a b", "c"]\n', ['1-1 COPY a b|c']],
    ['takes broken JSON for words', "COPY ['a', 'b']\n", ["1-1 COPY ['a',|'b']"]],
    [
      'reads both forms of ENV',
      'ENV A some dir\nENV B="x y" C=z\n',
      ['1-1 ENV A=some dir', '2-2 ENV B="x y"|C=z'],
    ],
    ['takes heredoc bodies off', 'RUN <<A <<B\n1\nA\n2\nB\nRUN x\n', ['1-5 RUN <<A <<B', '6-6 RUN x']],
    ['takes the heredoc of a trigger off', 'ONBUILD RUN <<A\nx\nA\n', ['1-3 ONBUILD RUN <<A']],
    ['finds no heredoc in JSON', 'RUN ["<<A"]\n', ['1-1 RUN <<A']],
    ['finds no heredoc where quotes do not close', "RUN it's <<A\n", ["1-1 RUN it's <<A"]],
    ['drops the byte-order mark', '\ufeffFROM a\n', ['1-1 FROM a']],
  ]
  for (const [title, content, expected] of rows) {
    it(title, () => {
      assert.deepEqual(outline(content), expected)
      assert.deepEqual(outline(new TextEncoder().encode(content)), expected)
    })
  }

  it('keeps the source, the flags and the heredocs', () => {
    const content = 'COPY --link --chown=1:2 <<-"E" \\\n  /x\n\ta\n\tE\n'
    const [instruction] = parseDockerfile(content).instructions
    assert.equal(instruction?.source, content.trimEnd())
    assert.deepEqual(instruction.flags, [
      {name: 'link', value: null, range: {start: 5, end: 11}},
      {name: 'chown', value: '1:2', range: {start: 12, end: 23}},
    ])
    assert.deepEqual(instruction.heredocs, [
      {
        name: 'E',
        isChomped: true,
        isExpanded: false,
        range: {start: 24, end: 30},
        content: '\ta\n',
        contentRange: {start: 38, end: 41},
        endRange: {start: 42, end: 43},
      },
    ])
  })

  it('reads the directives at the top', () => {
    const {escapeCharacter, directives} = parseDockerfile(
      '# syntax=a/b:1\n#Escape = `\n\n# check=x\nRUN a `\nb\n',
    )
    assert.equal(escapeCharacter, '`')
    assert.deepEqual(directives, [
      {line: 1, name: 'syntax', value: 'a/b:1'},
      {line: 2, name: 'escape', value: '`'},
    ])
  })

  const failures: [content: string, message: string][] = [
    ['', '1: the Dockerfile is empty'],
    ['# a\n\n', '2: the Dockerfile has no instructions'],
    ['FROM a\n\\\n\n', '2: unknown instruction ""'],
    ['# escape=x\nFROM a\n', '1: the escape character is "\\" or "`", not "x"'],
    ['# escape=`\n# escape=`\nFROM a\n', '2: directive "escape" is given twice'],
    ['FROM a\nCOPY <<A /x\ny\n', '2: heredoc "A" is never closed'],
    ['FROM a\nRUN \\\n x\nCOPPY a b\n', '4: unknown instruction "COPPY" (did you mean COPY?)'],
    [`FROM a\nRUN ${'x'.repeat(65_540)}\n`, '2: the line is longer than 65,535 bytes'],
    ['RUN a\n'.repeat(100_001), '100001: the Dockerfile has more than 100,000 instructions'],
  ]
  for (const [content, message] of failures) {
    it(`refuses ${JSON.stringify(content.slice(0, 40))}`, () => {
      assert.equal(
        failureOf(() => parseDockerfile(content)),
        message,
      )
    })
  }

  it('ends on garbage with a line', () => {
    const bytes = Uint8Array.from({length: 200_000}, (_, index) => (index * 7919 + (index >> 3) * 31) % 256)
    assert.match(
      failureOf(() => parseDockerfile(bytes)),
      /^\d+: /,
    )
  })

  it('refuses what the builder cannot load', () => {
    const message = '1: the Dockerfile is larger than 16 MiB: the builder cannot load it'
    assert.equal(
      failureOf(() => parseDockerfile(new Uint8Array(100_000_000))),
      message,
    )
  })

  it('reads millions of lines without holding them', () => {
    assert.deepEqual(outline(`${'\n'.repeat(3_000_000)}RUN a \\\n${'\n'.repeat(1_000_000)}b\n`).length, 1)
  })
})
