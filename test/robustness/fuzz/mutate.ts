import {pick} from '../../languages/gitignore/random.js'

type Random = (below: number) => number

/** What breaks readers: the syntax of ignore files, Dockerfiles and shells, and characters that are not what they seem. */
const SCRAPS = [
  ...[
    '*',
    '**',
    '**/',
    '?',
    '[',
    ']',
    '[^',
    '[a-',
    '!',
    '!!',
    '\\',
    '\\\\',
    '#',
    '/',
    '//',
    '.',
    '..',
    '../',
    './',
  ],
  ...[
    '{',
    '}',
    '{2}',
    '{0,900}',
    '(',
    ')',
    '|',
    '+',
    '$',
    '^',
    '\\Q',
    '\\E',
    '\\pL',
    '\\x{41}',
    '[[:alpha:]]',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '\u0085',
    '\u00a0',
    '\u200b',
    '\u2028',
    '\ufeff',
    '\u0000',
    '\u001b[31m',
  ],
  ...[
    '\u202e',
    'é',
    '日本',
    '😀',
    '\ud800',
    'a',
    'A',
    'x'.repeat(300),
    '%s',
    '{{.}}',
    '::error::',
    '<b>',
    '`',
  ],
  ...[
    'FROM ',
    'FROM scratch AS a\n',
    'COPY ',
    'COPY --from=',
    'COPY <<EOF /x\n',
    'EOF\n',
    'ADD ',
    'ARG ',
    'ENV ',
  ],
  ...[
    'RUN ',
    'RUN --mount=type=bind,source=',
    'ONBUILD ',
    'WORKDIR ',
    '# syntax=',
    '# escape=`\n',
    '--chmod=',
    '"',
    "'",
  ],
  ...[
    '$',
    '${',
    '}',
    '${a:-',
    '${a#',
    '${a%%',
    '${a/',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
    '${constructor}',
    '$__proto__',
    'constructor',
    'toString',
  ],
  ...[
    '&&',
    '||',
    ';',
    '<<',
    '<<-',
    '>',
    '$(',
    '`',
    '["',
    '"]',
    ',',
    '=',
    ':',
    '@sha256:',
    '\\\n',
    'node_modules',
    '.git',
  ],
]

/** Changes a text in a few places: scraps put in, pieces taken out, doubled, swapped, or taken from another text. */
export function mutate(text: string, others: readonly string[], random: Random): string {
  let changed = text
  for (let times = 1 + random(6); times > 0; times--) changed = mutateOnce(changed, others, random)
  return changed.slice(0, 20_000)
}

function mutateOnce(text: string, others: readonly string[], random: Random): string {
  const start = random(text.length + 1)
  const end = Math.min(text.length, start + random(12))
  const piece = text.slice(start, end)
  switch (random(7)) {
    case 0:
      return text.slice(0, start) + text.slice(end)
    case 1:
      return text.slice(0, start) + piece.repeat(1 + random(8)) + text.slice(end)
    case 2: {
      const other = pick(random, others)
      const from = random(other.length + 1)
      return text.slice(0, start) + other.slice(from, from + random(60)) + text.slice(end)
    }
    case 3:
      return text.slice(0, start) + String.fromCharCode(random(0x300)) + text.slice(end)
    default:
      return text.slice(0, start) + pick(random, SCRAPS) + text.slice(start)
  }
}
