import type {Step} from '../../../build/graph/build-graph.js'
import {scriptOf} from '../../../languages/dockerfile/syntax/inner-text.js'
import type {Instruction} from '../../../languages/dockerfile/syntax/instruction.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {isWithin} from '../../../languages/text/container-path.js'
import {findDestinationLink} from '../../rewrites/destination-link.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Joins a clean-up to the RUN before it, whose files it removes. */
const rule: RewriteRule = {
  id: 'late-cleanup',
  summary: 'Remove files in the RUN that creates them',
  reason:
    'A file that a later step removes stays in the layer of the earlier step, and is downloaded with it. Proved: nothing but clean-ups and copies to other places is between the two steps, user, variables and shell are the same, the clean-up removes absolute paths or empties the cache of a package manager that the first step calls, and the first step cannot end before it.',
  examples: [
    {
      title: 'package lists removed in a step of their own',
      dockerfile:
        'FROM debian\nRUN apt-get update && apt-get install -y curl\n# lists\nRUN rm -rf /var/lib/apt/lists/*\nRUN a\n',
      tree: ['a'],
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM debian\nRUN apt-get update && apt-get install -y curl \\\n && rm -rf /var/lib/apt/lists/*\n# lists\nRUN a\n',
      },
    },
    {
      title: 'an archive, with another escape character and CRLF',
      dockerfile:
        '# escape=`\r\nFROM debian\r\nRUN curl -o /tmp/x.tgz https://example.org/x.tgz `\r\n && tar -xf /tmp/x.tgz\r\nRUN rm /tmp/x.tgz && apt-get clean\r\n',
      tree: ['a'],
      expected: {
        confidence: 'safe',
        dockerfile:
          '# escape=`\r\nFROM debian\r\nRUN curl -o /tmp/x.tgz https://example.org/x.tgz `\r\n && tar -xf /tmp/x.tgz `\r\n && rm /tmp/x.tgz && apt-get clean\r\n',
      },
    },
    {
      title: 'a comment for a linter above the clean-up',
      dockerfile:
        'FROM debian\nRUN apt-get update && apt-get install -y curl\n\n# hadolint ignore=DL3009\nRUN rm -rf /var/lib/apt/lists/*\nRUN a\n',
      tree: ['a'],
      expected: {confidence: 'review', says: /hadolint ignore=DL3009/},
    },
    {
      title: 'clean-ups behind a copy',
      dockerfile:
        'FROM python\nCOPY r.txt /app/\nRUN pip install -r /app/r.txt\nCOPY . /app\nRUN rm -rf /root/.cache/pip\nCMD ["python"]\n',
      tree: ['r.txt'],
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM python\nCOPY r.txt /app/\nRUN pip install -r /app/r.txt \\\n && rm -rf /root/.cache/pip\nCOPY . /app\nCMD ["python"]\n',
      },
    },
    {
      title: 'a copy to where the clean-up is',
      dockerfile: 'FROM python\nRUN pip install x\nCOPY . /root\nRUN rm -rf /root/.cache/pip\n',
      tree: ['r.txt'],
      expected: null,
    },
    {
      title: 'a clean-up of what another step made',
      dockerfile: 'FROM debian\nRUN make /opt/x\nRUN rm -rf /srv/y\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a mount over what is removed: only the mount would be emptied',
      dockerfile:
        'FROM debian\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update\nRUN rm -rf /var/lib/apt/lists/*\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a script that may end before',
      dockerfile:
        'FROM debian\nRUN apt-get update; test -e /x || exit 0; apt-get install -y x\nRUN rm -rf /var/lib/apt/lists/*\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a script that ends in a comment',
      dockerfile: 'FROM debian\nRUN apt-get update # lists\nRUN rm -rf /var/lib/apt/lists/*\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'what the other step only reads',
      dockerfile:
        'FROM debian\nCOPY . /src\nRUN make -C /src install\nRUN cat /src/v > /etc/v\nRUN rm -rf /src\n',
      tree: ['Makefile', 'v'],
      expected: null,
    },
    {
      title: 'package lists of an earlier step',
      dockerfile:
        'FROM example.org/a\nRUN apt-get update && apt-get install -y git\nRUN apt-get install -y curl\nRUN rm -rf /var/lib/apt/lists/*\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a relative path',
      dockerfile: 'FROM debian\nRUN cd /tmp && apt-get update\nRUN rm -rf lists\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a script that changes what a command means',
      dockerfile: 'FROM debian\nRUN export PATH=/opt/bin; apt-get update\nRUN rm -rf /var/lib/apt/lists/*\n',
      tree: [],
      expected: null,
    },
  ],
  find: (facts) =>
    facts.graph.steps.flatMap((step) => {
      const found = propose(facts, step)
      return found === null ? [] : [found]
    }),
}
export default rule

const REMOVES = /^-[rRfv]+$|^--(?:recursive|force)$/

/** What empties a cache, and the program that fills it. */
const CACHES: readonly (readonly [words: RegExp, maker: RegExp])[] = [
  [/^apt(?:-get)? (?:auto)?clean$/, /^apt(?:-get)?$/],
  [/^(?:yum|dnf|microdnf) clean all$/, /^(?:yum|dnf|microdnf)$/],
  [/^apk cache clean$/, /^apk$/],
  [/^npm cache clean --force$/, /^npm$/],
  [/^pip3? cache purge$/, /^pip3?$/],
  [/^yarn cache clean$/, /^yarn$/],
]

/** Directories that a program fills without being told so. */
const FILLED_BY: readonly (readonly [directory: string, maker: RegExp])[] = [
  ['/var/lib/apt/lists', /^apt(?:-get)?$/],
  ['/var/cache/apt', /^apt(?:-get)?$/],
  ['/var/cache/yum', /^yum$/],
  ['/var/cache/dnf', /^(?:dnf|microdnf)$/],
  ['/root/.npm', /^npm$/],
  ['/root/.cache/pip', /^pip3?$/],
  ['/root/.cache/uv', /^uv$/],
  ['/root/.cache/pypoetry', /^poetry$/],
  ['/root/.cache/pipenv', /^pipenv$/],
  ['/root/.cache/go-build', /^go$/],
  ['/go/pkg/mod', /^go$/],
  ['/root/.cargo/registry', /^cargo$/],
  ['/usr/local/cargo/registry', /^cargo$/],
  ['/root/.m2', /^mvnw?$/],
  ['/root/.gradle', /^gradlew?$/],
  ['/root/.composer/cache', /^composer$/],
  ['/usr/local/bundle/cache', /^bundler?$/],
  ['/usr/local/share/.cache', /^yarn$/],
  ['/root/.yarn/berry/cache', /^yarn$/],
  ['/root/.bun/install/cache', /^bun$/],
]

/** Commands behind which the rest of a script may not run, or not as it stands; also behind `command` and `builtin`. */
const ENDS_SCRIPT = /(?<![\w./-])(?:exit|exec|return|trap|alias|shopt|enable|hash|eval|kill)(?![\w./-])/
/** Behind them another program than `rm` may work elsewhere, or with other settings. */
const MOVES = /^(?:cd|pushd|export|unset|umask|declare|typeset|readonly)$/

/** A script that changes what a later command of it means: functions, and variables that programs look at. */
const CHANGES_SHELL =
  /\w\s*\(\s*\)|(?:^|[;&|\s])(?:unset|readonly|declare|source|\.)\s|(?:^|[;&|\s])(?:export\s+)?(?:PATH|HOME|IFS|XDG_\w+|(?:NPM_CONFIG|PIP|YARN|APT)_\w+)=/i

function propose(facts: RewriteFacts, cleanup: Step): ProposedRewrite | null {
  const {stage, instruction} = cleanup
  const maker = findMaker(facts, cleanup)
  if (maker === null || !isPlainRun(maker) || !isPlainRun(cleanup)) return null
  if (instruction.written.flags.length > 0) return null
  const commands = facts.commandsOf(cleanup)
  const script = scriptOf(instruction.written)
  const isChain = !/[;\n|]|(?<!&)&(?!&)|[$`]/.test(script.text)
  if (commands.length === 0 || !isChain || !endsWithCommand(facts, maker)) return null
  if (!commands.every((command) => isCleanup(command, maker))) return null
  if (!keepsShell(facts, maker, commands)) return null
  if (!commands.some((command) => frees(command, facts.commandsOf(maker)))) return null
  const {escapeCharacter} = facts.dockerfile
  const end = maker.instruction.written.range.end
  const joined = ` ${escapeCharacter}${facts.lineEnd} && ${facts.textAt(script.origin)}`
  return {
    line: maker.instruction.line,
    endLine: instruction.endLine,
    title: `run ${commands[0]!.words.join(' ')} in the RUN that creates the files`,
    proof: [
      {
        claim: 'the two steps follow each other',
        evidence:
          stage.instructions.indexOf(instruction) - stage.instructions.indexOf(maker.instruction) === 1
            ? 'nothing is in between: user, variables and shell are the same'
            : 'only clean-ups and copies to other places are in between: user, variables and shell are the same',
      },
      {
        claim: 'the clean-up does the same there',
        evidence:
          'it removes absolute paths, or empties the cache of a package manager, and no mount covers them',
      },
      {
        claim: 'it is not skipped',
        evidence: 'the first script ends with a command, and has no exit, exec or return',
      },
    ],
    questions: askAboutComment(facts, instruction.written),
    edits: [
      {range: {start: end, end}, text: joined},
      {range: facts.linesOf(instruction.written), text: ''},
    ],
  }
}

/** The last RUN before a clean-up that is none itself; copies to other places may stand between. */
function findMaker(facts: RewriteFacts, cleanup: Step): Step | null {
  const {stage, instruction} = cleanup
  const targets = facts.commandsOf(cleanup).flatMap((command) => pathsOf(command).map(canonical))
  for (const before of stage.instructions.slice(0, stage.instructions.indexOf(instruction)).toReversed()) {
    const step = stage.steps.find((one) => one.instruction === before)
    if (step === undefined || before.keyword === 'WORKDIR') return null
    if (before.keyword !== 'RUN') {
      const isApart = step.reads.every(({landing}) =>
        targets.every((target) => {
          const place = canonical(landing.path)
          return !isWithin(place, target) && !isWithin(target, place)
        }),
      )
      if (!isApart || findDestinationLink(facts, step) !== null) return null
      continue
    }
    const commands = facts.commandsOf(step)
    const cleansOnly = commands.length > 0 && commands.every((command) => isCleanup(command, step))
    if (!cleansOnly) return hasSameState(step, cleanup) ? step : null
  }
  return null
}

/** What a clean-up empties; everything for a program that knows by itself. */
function pathsOf({words, directory}: ShellCommand): string[] {
  return words[0] === 'rm' ? targetsOf(words).map(directoryOf) : ['/var', '/root', '/home', '/usr', directory]
}

/** Directories that are links in most base images. */
const LINKED: readonly (readonly [link: RegExp, place: string])[] = [
  [/^\/var\/run(?=\/|$)/, '/run'],
  [/^\/var\/lock(?=\/|$)/, '/run/lock'],
  [/^\/(?=(?:s?bin|lib\w*)(?:\/|$))/, '/usr/'],
]

function canonical(path: string): string {
  return LINKED.reduce((place, [link, target]) => place.replace(link, target), path)
}

function hasSameState({instruction: one}: Step, {instruction: other}: Step): boolean {
  const [a, b] = [one.state, other.state]
  return a.environment === b.environment && a.user === b.user && a.shell === b.shell
}

/** A comment that tells a linter about the step would stand above the next one. */
function askAboutComment(facts: RewriteFacts, written: Instruction): string[] {
  const {start} = facts.linesOf(written)
  const above = facts.dockerfile.text.slice(0, start).trimEnd().split('\n').at(-1)?.trim() ?? ''
  if (!/^#\s*(?:hadolint|slim-check|tally|check)\b/.test(above)) return []
  return [`May the comment above the clean-up move to the next instruction: ${above}?`]
}

/** A RUN in shell form without a heredoc, not from an ONBUILD. */
function isPlainRun({instruction}: Step): boolean {
  if (instruction.keyword !== 'RUN' || instruction.isInherited || instruction.isJson) return false
  const {shell} = instruction.state
  return (
    instruction.written.heredocs.length === 0 &&
    (shell === null || /(?:^|\/)(?:ba|da|a)?sh$/.test(shell[0] ?? ''))
  )
}

function endsWithCommand(facts: RewriteFacts, step: Step): boolean {
  const script = scriptOf(step.instruction.written)
  const commands = facts.commandsOf(step)
  const isOpen = /(?<!&)&(?!&)|#|\n/.test(script.text) || CHANGES_SHELL.test(script.text)
  return !isOpen && !ENDS_SCRIPT.test(script.text) && commands.at(-1)?.range.end === script.origin.end
}

/** Tells whether a clean-up finds the shell behind the other script as a new one would be, as far as it matters. */
function keepsShell(facts: RewriteFacts, maker: Step, cleanups: readonly ShellCommand[]): boolean {
  const made = facts.commandsOf(maker)
  const isSet = made.some(
    ({words}) => words[0] === 'set' && /^[-+]\w*[fnN]|glob/.test(words.slice(1).join(' ')),
  )
  const isRemoval = cleanups.every(({words}) => words[0] === 'rm')
  return !isSet && (isRemoval || !made.some(({words}) => MOVES.test(words[0] ?? '')))
}

/** Tells whether a command only removes files, and none that a mount of the other step hides. */
function isCleanup({words}: ShellCommand, maker: Step): boolean {
  if (words[0] !== 'rm') {
    return CACHES.some(([cleanup]) => cleanup.test(words.join(' '))) && !hasMounts(maker)
  }
  const targets = targetsOf(words)
  const isPlain = targets.every((target) => /^\/[^/~]/.test(target) && !/\.\./.test(target))
  return targets.length > 0 && isPlain && !targets.some((target) => isMounted(maker, directoryOf(target)))
}

/** `apt-get update` fills it, an install does not. */
const APT_LISTS = '/var/lib/apt/lists'

/** They make nothing where their arguments point. */
const ONLY_READS = /^(?:cat|grep|test|\[|ls|head|tail|echo|printf|diff|cmp|stat|file|du|wc|sha\d+sum|md5sum)$/

/** Tells whether a clean-up removes something that the other step has made. */
function frees({words}: ShellCommand, made: readonly ShellCommand[]): boolean {
  const isCalled = (name: RegExp) => made.some((command) => name.test(command.words[0] ?? ''))
  if (words[0] !== 'rm')
    return CACHES.some(([cleanup, name]) => cleanup.test(words.join(' ')) && isCalled(name))
  return targetsOf(words).some((target) => {
    const directory = directoryOf(target)
    const isNamed = made.some(
      ({words: [program = '', ...args]}) =>
        !ONLY_READS.test(program) && args.some((word) => word.includes(directory)),
    )
    const isList = isWithin(directory, APT_LISTS) && !made.some(({words: call}) => call.includes('update'))
    const isFilled =
      !isList && FILLED_BY.some(([filled, name]) => isWithin(directory, filled) && isCalled(name))
    return (directory !== '/' && isNamed) || isFilled
  })
}

function targetsOf(words: readonly string[]): string[] {
  return words.slice(1).filter((word) => !REMOVES.test(word))
}

/** The path up to its first wildcard. */
function directoryOf(target: string): string {
  return target.replace(/\/?[*?[].*$/, '') || '/'
}

function hasMounts({instruction}: Step): boolean {
  return instruction.keyword === 'RUN' && instruction.mounts.length > 0
}

function isMounted({instruction}: Step, directory: string): boolean {
  if (instruction.keyword !== 'RUN') return false
  return instruction.mounts.some(
    ({target}) => !target.startsWith('/') || isWithin(directory, target) || isWithin(target, directory),
  )
}
