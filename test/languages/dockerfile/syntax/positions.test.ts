import assert from 'node:assert/strict'
import fc from 'fast-check'
import {DockerfileError} from '../../../../src/errors.js'
import {evaluateDockerfile} from '../../../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {scriptOf} from '../../../../src/languages/dockerfile/syntax/inner-text.js'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {readShell} from '../../../../src/languages/scripts/read-shell.js'
import {textAt} from '../../../../src/languages/text/range.js'
import {readConformanceRows} from '../../../helpers/project.js'
import {checkPositions, unwrap} from './positions.js'

/** Texts that are hard to keep the place in. */
const NASTY: Readonly<Record<string, string>> = {
  'a mark, CRLF and blanks at line ends': '\ufeff# c\r\n  FROM a  \r\n\tCOPY  b \\\r\n\t c\t\r\n',
  'comments and empty lines in a continuation': 'FROM a\nRUN b \\\n# c\n\n  # d\n   e \\\n\n\n&& f\n',
  'another escape character': '# escape=`\nFROM a\nRUN b `\n  c\\\nCOPY d `\r\n # e\r\n f\n',
  'words cut by a continuation': 'FR\\\nOM a\nCO\\\n# c\nPY --ch\\\nown=1\\\n:2 b\\\nc [d\n',
  'JSON over several lines': 'FROM a\nCMD [ "b\\"c" ,\\\n "d\\u00e9\\\\", \\\n# e\n"" ]\n',
  'flags with quotes, escapes and letters':
    'FROM a\nCOPY --chown="b c" --chmod=d\\ e\\" --from=é --exclude=😀 f g\n',
  'a flag that BuildKit cuts in a letter': 'FROM a\nRUN --mount=type=tmpfs,target=à b\n',
  'a lone -- behind the flags': 'FROM a\nCOPY --link -- --b c\n',
  'the old form of ENV': 'FROM a\nENV b  c \\\n  d=e\nLABEL f g\n',
  'quotes in assignments': 'FROM a\nENV b="c d" e=f\\ g \\\n  h=\'i  j\'\nARG k="l m" n\n',
  heredocs: 'FROM a\nRUN <<E cat <<-"F" 3<< G\n1\n#2\nE\n\tx\\\n\t\tF\nG\nCOPY <<H /i\n\nH\n',
  'a trigger with a heredoc': 'FROM a\nONBUILD RUN <<E\nb\nE\n\nRUN c\n',
  'a trigger over lines': 'FROM a\nONBUILD \\\n COPY --link b \\\n# x\n c\n',
  'health checks':
    'FROM a\nHEALTHCHECK --interval=1s  CMD\tb  c\nHEALTHCHECK CMD [ "d" ]\nHEALTHCHECK NONE\n',
  'no line feed at the end': 'FROM a\nRUN b \\\n  c',
  'a continuation that the file ends': 'FROM a\nRUN b \\\n',
  'an escape character with nothing behind it': 'FROM a\nARG b=c\\\\\\\n',
  'a carriage return alone': 'FROM a\nRUN b\rc\r\r\n',
}

describe('positions', () => {
  for (const [title, content] of Object.entries(NASTY)) {
    it(`are right with ${title}`, () => {
      checkPositions(parseDockerfile(content))
      checkPositions(parseDockerfile(new TextEncoder().encode(content)))
    })
  }

  it('are right in every row of dockerfile.jsonl that can be read', () => {
    let count = 0
    for (const {name, dockerfile} of readConformanceRows<{name: string; dockerfile: string}>(
      'dockerfile.jsonl',
    )) {
      const parsed = parseIfValid(dockerfile)
      if (parsed === null) continue
      count++
      try {
        checkPositions(parsed)
      } catch (error) {
        throw new Error(`row ${JSON.stringify(name)}`, {cause: error})
      }
    }
    assert.ok(count > 200, `${count} rows`)
  })

  it('are right however lines are broken, and breaks change nothing that is read', () => {
    fc.assert(
      fc.property(brokenDockerfile, ({plain, broken}) => {
        const parsed = parseDockerfile(broken)
        checkPositions(parsed)
        const outline = ({instructions}: typeof parsed) =>
          instructions.map(({keyword, flags, args, isJson}) => ({
            keyword,
            args,
            isJson,
            flags: flags.map(({name, value}) => [name, value]),
          }))
        assert.deepEqual(outline(parsed), outline(parseDockerfile(plain)))
      }),
      {numRuns: 500},
    )
  })
})

describe('positions of commands', () => {
  const rows: [title: string, content: string, commands: string[]][] = [
    [
      'a script over lines',
      'RUN a b \\\n# c\n  && A=1 d > e; \\\n if f; then g; fi\n',
      ['a b', 'A=1 d > e', 'f', 'g'],
    ],
    ['a command over lines', 'RUN a \\\n\n  b && c\n', ['a \\\n\n  b', 'c']],
    ['a heredoc', 'RUN <<E\r\na\r\nb c\\\n d\nE\n', ['a', 'b c\\\n d']],
    ['a heredoc without tabs', 'RUN <<-E\n\ta\n\t\tb c\n\tE\n', ['a', 'b c']],
    ['a heredoc for a shell', 'RUN sh <<E\na\nb | c\nE\n', ['a', 'b', 'c']],
    ['a heredoc for another program', 'RUN cat <<E && a\nb\nE\n', ['cat <<E', 'a']],
    ['a script in quotes', `RUN a && sh -c 'b; c "d"'\n`, ['a', 'b', 'c "d"']],
    // more than one pair of quotes: any part stands for the whole word
    ['a script in mixed quotes', `RUN sh -c "a \\"b\\"; c"\n`, [`"a \\"b\\"; c"`, `"a \\"b\\"; c"`]],
    ['substitutions', 'RUN a $(b c) "$(d)"\n', ['b c', 'd', 'a $(b c) "$(d)"']],
    ['a JSON array', 'RUN ["a", "b c", \\\n "d"]\n', ['a", "b c", \\\n "d']],
    ['a script in a JSON array', 'RUN ["/bin/sh", "-c", "a\\n\\"b\\" c"]\n', ['a', '\\"b\\" c']],
    ['a trigger', 'ONBUILD RUN a && \\\n  b\nFROM base\n', ['a', 'b']],
  ]
  for (const [title, content, expected] of rows) {
    it(`are right in ${title}`, () => assert.deepEqual(commandsOf(content), expected))
  }
})

/** The commands of the RUNs as they stand in the file. */
function commandsOf(content: string): string[] {
  const dockerfile = parseDockerfile(`FROM a AS base\n${content}`)
  return evaluateDockerfile(dockerfile, {}).stages.flatMap(({instructions}) =>
    instructions.flatMap((instruction) =>
      instruction.keyword === 'RUN'
        ? readShell(scriptOf(instruction.written), {directory: '/'}).map(({range}) =>
            textAt(dockerfile.text, range),
          )
        : [],
    ),
  )
}

function parseIfValid(content: string) {
  try {
    return parseDockerfile(content)
  } catch (error) {
    if (error instanceof DockerfileError) return null
    throw error
  }
}

const INSTRUCTIONS = [
  'FROM --platform=linux/amd64 node:22 AS build',
  'COPY --chown=a:b --link package.json src/ ./',
  'ADD ["a b", "c\\\\d", "é"]',
  'RUN --mount=type=cache,target=/c npm ci && npm run build',
  'ENV A="b c" D=e',
  'ENV A b c',
  'ARG A B="c d"',
  'LABEL a.b="c"',
  'EXPOSE 80 443/udp',
  'ONBUILD COPY . .',
  'HEALTHCHECK --interval=1s CMD curl -f x',
  'CMD ["node", "a.js"]',
  'WORKDIR /a b',
]

/** Instructions on one line each, and the same broken at random places. */
const brokenDockerfile = fc
  .record({
    lines: fc.array(fc.constantFrom(...INSTRUCTIONS), {minLength: 1, maxLength: 5}),
    breaks: fc.array(fc.nat(60), {maxLength: 6}),
    fillings: fc.array(fc.constantFrom('', '# c\n', '\n', ' \t# d \r\n', '\r\n\n'), {
      minLength: 1,
      maxLength: 4,
    }),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    escapeCharacter: fc.constantFrom('\\', '`'),
    indent: fc.constantFrom('', '  ', '\t'),
    mark: fc.constantFrom('', '\ufeff'),
  })
  .map(({lines, breaks, fillings, lineEnd, escapeCharacter, indent, mark}) => {
    const head = escapeCharacter === '`' ? `# escape=\`${lineEnd}` : ''
    const wrap = (line: string) => {
      const places = [...new Set(breaks.filter((at) => at > 0 && at < line.length))].sort((a, b) => a - b)
      // an escape character before a break would escape the break
      const kept = places.filter(
        (at) => line[at - 1] !== '\\' && !/[#\ud800-\udfff]/.test(line[at]!) && /\S/.test(line[at]!),
      )
      return [0, ...kept]
        .map((at, index) => line.slice(at, kept[index]))
        .join(`${escapeCharacter}${lineEnd}${fillings[kept.length % fillings.length]}`)
    }
    return {
      plain: head + lines.join('\n'),
      broken: mark + head + lines.map((line) => indent + wrap(line) + lineEnd).join(''),
    }
  })

describe('unwrap', () => {
  it('joins as the reference says', () => assert.equal(unwrap('a \\ \r\n# c\n\n  b', '\\'), 'a   b'))
})
