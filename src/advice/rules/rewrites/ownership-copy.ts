import type {Step} from '../../../build/graph/build-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import {scriptOf} from '../../../languages/dockerfile/syntax/inner-text.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {baseName, isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {type ProposedRewrite, proposeForSteps, type RewriteRule} from './define-rewrite.js'

/** Finds a chown or chmod of what was copied: it stores every file a second time. */
const rule: RewriteRule = {
  id: 'ownership-copy',
  summary: 'Give copied files their owner and mode with COPY --chown and --chmod',
  reason:
    'A chown or chmod in a separate step stores every file that it changes again in a second layer. COPY --chown and --chmod store them once. Proved: which COPY writes the files there. Not proved: that neither the base image nor another step has files there.',
  examples: [
    {
      title: 'chown -R behind a copy',
      dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN chown -R 1000:1000 /app\nUSER 1000\n',
      tree: ['a.js'],
      expected: {
        confidence: 'review',
        says: /\/app/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY --chown=1000:1000 . .\nRUN chown 1000:1000 /app\nUSER 1000\n',
      },
    },
    {
      title: 'several copies, and a user that exists in time',
      dockerfile:
        'FROM debian\nRUN useradd app\nCOPY a /srv/a\nCOPY --link=false b /srv/b\nRUN chown --recursive app /srv\n',
      tree: ['a', 'b'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM debian\nRUN useradd app\nCOPY --chown=app a /srv/a\nCOPY --chown=app --link=false b /srv/b\nRUN chown app /srv\n',
      },
    },
    {
      title: 'a user that is made behind the copy',
      dockerfile: 'FROM debian\nCOPY a /srv/a\nRUN useradd app\nRUN chown -R app /srv\n',
      tree: ['a'],
      expected: {confidence: 'review', says: /useradd/},
    },
    {
      title: 'a directory that nothing is copied to',
      dockerfile: 'FROM debian\nCOPY a /srv/a\nRUN chown -R 1000 /var/lib/x\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'not recursive',
      dockerfile: 'FROM debian\nCOPY a /srv/\nRUN chown 1000 /srv\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'owner and mode, of a directory of another stage',
      dockerfile:
        'FROM node:22 AS build\nRUN make\nFROM node:22\nWORKDIR /app\nCOPY --from=build /out ./out\nRUN chown -R node:node ./out && chmod -R 755 ./out\n',
      tree: ['a'],
      expected: {
        confidence: 'review',
        says: /\/app\/out/,
        dockerfile:
          'FROM node:22 AS build\nRUN make\nFROM node:22\nWORKDIR /app\nCOPY --chown=node:node --chmod=755 --from=build /out ./out\nRUN chown node:node ./out && chmod 755 ./out\n',
      },
    },
    {
      title: 'a file alone',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY start.sh ./\nRUN chmod 755 start.sh && chown node /app/start.sh\nCMD ["./start.sh"]\n',
      tree: ['start.sh'],
      expected: {
        confidence: 'review',
        says: /start\.sh/,
        dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY --chmod=755 --chown=node start.sh ./\nCMD ["./start.sh"]\n',
      },
    },
    {
      title: 'a RUN for each file',
      dockerfile:
        'FROM debian\nCOPY a.sh /srv/\nRUN chmod 755 /srv/a.sh\nCOPY b.sh /srv/\nRUN chown 5:5 /srv/b.sh && chmod 755 /srv/b.sh\nCOPY c.sh /srv/\nRUN chmod 755 /srv/c.sh\nCOPY d.sh /srv/\nRUN chmod 755 /srv/d.sh\n',
      tree: ['a.sh', 'b.sh', 'c.sh', 'd.sh'],
      expected: {
        confidence: 'review',
        says: /others of the kind|d\.sh/,
        dockerfile:
          'FROM debian\nCOPY --chmod=755 a.sh /srv/\nCOPY --chown=5:5 --chmod=755 b.sh /srv/\nCOPY --chmod=755 c.sh /srv/\nCOPY --chmod=755 d.sh /srv/\n',
      },
    },
    {
      title: 'a mode that depends on what is there',
      dockerfile: 'FROM debian\nCOPY a /srv/\nRUN chmod -R u+w /srv\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a file beside other work',
      dockerfile: 'FROM debian\nCOPY a.sh /srv/\nRUN chmod 755 /srv/a.sh && /srv/a.sh\n',
      tree: ['a.sh'],
      expected: null,
    },
  ],
  find: (facts) => joinMany(proposeForSteps(facts, propose)),
}
export default rule

/** More changes than these are told as one. */
const MAX_APART = 3

/** Many small changes of one file are one change for a person. */
function joinMany(found: ProposedRewrite[]): ProposedRewrite[] {
  const written = found.filter(({edits}) => edits.length > 0)
  if (written.length <= MAX_APART) return found
  const [first] = written.toSorted((one, other) => one.line - other.line)
  const questions = [...new Set(written.flatMap((one) => one.questions))]
  const rest = questions.length - MAX_APART
  const joined: ProposedRewrite = {
    ...first!,
    endLine: Math.max(...written.map(({endLine}) => endLine)),
    title: `set owner and mode with COPY --chown and --chmod in place of ${written.length} RUNs`,
    proof: written.flatMap(({proof}) => proof),
    questions: rest > 1 ? [...questions.slice(0, MAX_APART), `And ${rest} others of the kind`] : questions,
    edits: mergeFlags(written.flatMap(({edits}) => edits)),
  }
  return [joined, ...found.filter(({edits}) => edits.length === 0)]
}

/** Two RUNs may be about one copy: of the same flag the later one counts. */
function mergeFlags(edits: readonly TextEdit[]): TextEdit[] {
  const merged = new Map<string, TextEdit>()
  for (const {range, text} of edits) {
    const key = `${range.start} ${range.end}`
    const flags = `${merged.get(key)?.text ?? ''}${text}`.split(' ').filter((flag) => flag !== '')
    const byName = new Map(flags.map((flag) => [flag.split('=')[0], flag]))
    merged.set(key, {range, text: [...byName.values()].map((flag) => ` ${flag}`).join('')})
  }
  return [...merged.values()]
}

/** A command that gives paths another owner or mode, and the copies that could have done it. */
interface OwnerChange {
  flag: 'chown' | 'chmod'
  value: string
  /** A container path. */
  target: string
  isRecursive: boolean
  command: ShellCommand
  copies: readonly Step[]
}

const OWNER = /^[\w.-]+(?::[\w.-]*)?$|^:[\w.-]+$/
/** A mode in letters depends on the mode that is there. */
const MODE = /^[0-7]{3,4}$/
const RECURSIVE = /^(?:-R|--recursive)$/

function propose(facts: RewriteFacts, step: Step): ProposedRewrite | null {
  if (step.instruction.keyword !== 'RUN') return null
  const commands = facts.commandsOf(step)
  const changes = commands.flatMap((command) => readChange(facts, step, command) ?? [])
  const recursive = changes.filter(({isRecursive}) => isRecursive)
  if (recursive.length > 0) return describe(facts, step, recursive, stripRecursion(recursive))
  const isAll = changes.length === commands.length && changes.length > 0 && hasNothingElse(step, commands)
  return isAll
    ? describe(facts, step, changes, [{range: facts.linesOf(step.instruction.written), text: ''}])
    : null
}

/** @returns null for another command, and where no copy could do the same */
function readChange(facts: RewriteFacts, step: Step, command: ShellCommand): OwnerChange | null {
  const [program, ...rest] = command.words
  const isRecursive = RECURSIVE.test(rest[0] ?? '')
  const [value = '', target, ...more] = isRecursive ? rest.slice(1) : rest
  if ((program !== 'chown' && program !== 'chmod') || !command.isCertain || more.length > 0) return null
  if (!(program === 'chown' ? OWNER : MODE).test(value)) return null
  if (target === undefined || /[*?[$]/.test(target)) return null
  const place = resolveContainerPath(command.directory, target)
  const copies = findCopies(facts, step, {place, flag: program, isRecursive})
  return copies.length === 0 ? null : {flag: program, value, target: place, isRecursive, command, copies}
}

/** The copies before a step of its stage that put something into a directory, or the one that brings a file. */
function findCopies(
  facts: RewriteFacts,
  step: Step,
  {place, flag, isRecursive}: {place: string; flag: OwnerChange['flag']; isRecursive: boolean},
): Step[] {
  const before = step.stage.steps.slice(0, step.stage.steps.indexOf(step))
  const copies = before.filter((copy) => {
    const {instruction} = copy
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false
    if (instruction.isInherited || instruction.flags.link) return false
    return isRecursive
      ? copy.reads.some(({landing}) => isWithin(landing.path, place))
      : isFileOf(facts, copy, place)
  })
  const taken = isRecursive ? copies : copies.slice(-1)
  return taken.filter(({instruction}) => !instruction.written.flags.some(({name}) => name === flag))
}

/** Tells whether a copy brings just this one file, as far as its names say. */
function isFileOf(facts: RewriteFacts, copy: Step, place: string): boolean {
  const [read, ...more] = copy.reads
  if (read === undefined || more.length > 0 || read.hasWildcards) return false
  const isContext = read.from.kind === 'context' && read.from.name === null
  const name = baseName(read.path)
  const isFile = isContext ? isFileOfContext(facts, read.path) : /.\.\w+$/.test(name)
  const {path, isDirectory} = read.landing
  return isFile && (isDirectory ? resolveContainerPath(path, name) : path) === place
}

function isFileOfContext({tree}: RewriteFacts, path: string): boolean {
  const entry = tree.find(path.slice(1))
  return entry >= 0 && !tree.isDirectory(entry)
}

/** Only commands joined with `&&`: nothing of the RUN is left when they are gone. */
function hasNothingElse({instruction}: Step, commands: readonly ShellCommand[]): boolean {
  if (instruction.keyword !== 'RUN' || instruction.isJson || instruction.written.heredocs.length > 0)
    return false
  const {origin} = scriptOf(instruction.written)
  return commands[0]?.range.start === origin.start && commands.at(-1)?.range.end === origin.end
}

function describe(
  facts: RewriteFacts,
  step: Step,
  changes: readonly OwnerChange[],
  edits: readonly TextEdit[],
): ProposedRewrite {
  const copies = [...new Set(changes.flatMap((change) => change.copies))].sort((a, b) => a.index - b.index)
  const flags = [...new Set(changes.map(writeFlag))].join(' ')
  const targets = [...new Set(changes.map(({target}) => target))].join(', ')
  const isRecursive = changes.some((change) => change.isRecursive)
  const late = findLateUser(facts, changes, step)
  return {
    line: copies[0]!.instruction.line,
    endLine: step.instruction.endLine,
    title: isRecursive
      ? `copy with ${flags}, and change only ${targets} itself`
      : `copy ${targets} with ${flags}, without a RUN`,
    proof: [
      {
        claim: `${isRecursive ? `files come to ${targets}` : `${targets} comes`} by ${copies.length === 1 ? 'one copy' : `${copies.length} copies`}`,
        evidence: copies.map(({instruction}) => `${facts.file}:${instruction.line}`).join(', '),
      },
    ],
    questions: [late ?? askOf(targets, isRecursive)],
    edits: late === null ? [...writeFlags(changes, copies), ...edits] : [],
    changes: ['commands', 'owners'],
  }
}

function askOf(targets: string, isRecursive: boolean): string {
  return isRecursive
    ? `Does ${targets} have other files, from the base image or another step, that need the same?`
    : `Does a step between the copy and this one need ${targets} with the old owner or mode?`
}

/** Says that a step between the first copy and the change makes the user; null if none does. */
function findLateUser(facts: RewriteFacts, changes: readonly OwnerChange[], last: Step): string | null {
  const {steps} = last.stage
  for (const {flag, value, copies} of changes) {
    const name = value.split(':')[0] ?? ''
    if (flag !== 'chown' || /^\d*$/.test(name)) continue
    const late = steps
      .slice(steps.indexOf(copies[0]!), steps.indexOf(last))
      .find((step) => facts.commandsOf(step).some(({words}) => makesUser(words, name)))
    if (late !== undefined)
      return `${facts.file}:${late.instruction.line} creates the user with useradd or adduser after the copy: can it be before the copy?`
  }
  return null
}

function makesUser(words: readonly string[], name: string): boolean {
  return /^(?:user|group)?add(?:user|group)?$/.test(words[0] ?? '') && words.includes(name)
}

function writeFlag({flag, value}: OwnerChange): string {
  return `--${flag}=${value}`
}

/** Each copy gets the flags of the changes that are about it. */
function writeFlags(changes: readonly OwnerChange[], copies: readonly Step[]): TextEdit[] {
  return copies.map((copy) => {
    const own = changes.filter((change) => change.copies.includes(copy))
    // Of two for the same, the last one counts.
    const flags = [...new Map(own.map((change) => [change.flag, writeFlag(change)])).values()]
    const at = copy.instruction.written.keywordRange.end
    return {range: {start: at, end: at}, text: flags.map((flag) => ` ${flag}`).join('')}
  })
}

function stripRecursion(changes: readonly OwnerChange[]): TextEdit[] {
  return changes.flatMap(({command: {wordRanges}}) => {
    const [, option, next] = wordRanges
    return option === undefined || next === undefined
      ? []
      : [{range: {start: option.start, end: next.start}, text: ''}]
  })
}
