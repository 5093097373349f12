import type {Step} from '../../../build/graph/build-graph.js'
import type {TextEdit} from '../../../languages/dockerfile/edit/apply-edits.js'
import {
  isWithin,
  parentPath,
  relativeTo,
  resolveContainerPath,
} from '../../../languages/text/container-path.js'
import type {Range} from '../../../languages/text/range.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {usesManifest} from './aside.js'
import {chainBefore} from './chain-before.js'
import {type Install, placeOf, usesNode} from './find-install.js'
import type {Move} from './find-move.js'

/** A file that an install reads, and the copy that would bring it too late. */
interface Manifest {
  path: string
  copy: Step
  /** In the image. */
  place: string
}

/** The files that must be copied before an install of a move; those that the installs before it had copied are left out. */
export function listMissing(
  facts: RewriteFacts,
  {copies}: Move,
  install: Install,
  known: ReadonlySet<string>,
) {
  const before = chainBefore(install.step, copies)
  return install.reads.files.flatMap((path): Manifest[] => {
    if (known.has(path)) return []
    const wanted = placeOf(path, install.project, install.directory)
    const copy = copies.findLast((one) => {
      const target = facts.targetOf(one, path)
      return target !== null && (wanted === null || target === wanted)
    })
    const place = copy === undefined ? null : facts.targetOf(copy, path)
    if (copy === undefined || place === null) return []
    const last = before.findLast((step) => facts.sourceOf(step, place) !== null)
    return last !== undefined && facts.sourceOf(last, place) === path ? [] : [{path, copy, place}]
  })
}

/** Names that need no quotes in a COPY and are no wildcards. */
const PLAIN_NAME = /^[\w@+.,/-]+$/

/** A name that a COPY cannot take as it is; null if there is none. */
export function findOddName(manifests: readonly Manifest[]): string | null {
  const odd = manifests.find(({path, place}) => !PLAIN_NAME.test(path) || !PLAIN_NAME.test(place))
  return odd === undefined ? null : `the name ${JSON.stringify(odd.path)} would need quotes`
}

/** The edits that put manifests before the installs, and the copies behind the last of them. */
export function writeMove(facts: RewriteFacts, move: Move): TextEdit[] {
  const {copies, installs, last} = move
  const ahead = installs.find(({reads}) => reads.ahead !== undefined)
  const manifests = writeManifests(facts, move)
  if (isSimple(move))
    return writeInPlace(
      facts,
      move,
      manifests.flatMap(({lines}) => lines),
    )
  const beheaded = ahead?.head ? [{range: ahead.head, text: ''}] : []
  if (ahead !== undefined && isFirst(move))
    return [...writeAhead(facts, ahead, copies[0]!, manifests), ...beheaded]
  const insertions = manifests.map(({install, lines}) => {
    const own = install === ahead ? [...lines, writeAheadRun(facts, install)] : lines
    return insertBefore(facts, findFirstUser(facts, move, install), own)
  })
  const copied = copies.map((copy) => commentsAbove(facts, copy.instruction) + writeCopy(facts, copy, last))
  return [
    ...copies.map((copy) => ({range: withComments(facts, copy), text: ''})),
    ...insertions,
    ...beheaded,
    ...writeExact(installs),
    ahead === undefined ? putBehind(facts, move, copied) : insertBefore(facts, ahead.step, copied),
  ].filter(({range, text}) => text !== '' || range.start < range.end)
}

/** One copy directly before one install: the manifests take its place. */
function isSimple({copies, installs, passed}: Move): boolean {
  const isShort = copies.length === 1 && installs.length === 1 && passed.length === 1
  return isShort && installs[0]!.reads.ahead === undefined
}

/** Only copies stand before the install: they stay where they are. */
function isFirst({copies, passed, installs}: Move): boolean {
  return passed.every((step) => copies.includes(step) || step === installs[0]?.step)
}

function writeManifests(facts: RewriteFacts, move: Move): {install: Install; lines: string[]}[] {
  const known = new Set<string>()
  return move.installs.map((install) => {
    const missing = listMissing(facts, move, install, known)
    for (const {path} of missing) known.add(path)
    return {install, lines: writeCopies(facts, missing, isSimple(move) ? missing[0]?.copy : install.step)}
  })
}

/** Comments above the copy stay above the manifests; without any they go along. */
function writeInPlace(facts: RewriteFacts, move: Move, lines: readonly string[]): TextEdit[] {
  const copy = move.copies[0]!
  const source = copy.instruction.written
  const isBare = lines.length === 0
  const first = isBare
    ? {range: withComments(facts, copy), text: ''}
    : {range: source.range, text: lines.join(facts.lineEnd)}
  const comments = isBare ? commentsAbove(facts, copy.instruction) : ''
  return [
    first,
    ...writeExact(move.installs),
    putBehind(facts, move, [comments + writeCopy(facts, copy, move.last)]),
  ]
}

/** The first step before an install that may look at its manifest: corepack and what it calls choose their version by it. */
function findFirstUser(facts: RewriteFacts, {passed, installs}: Move, install: Install): Step {
  if (!usesNode(install)) return install.step
  const previous = installs[installs.indexOf(install) - 1]?.step
  const own = passed.slice(previous === undefined ? 0 : passed.indexOf(previous) + 1)
  const first = own.find((step) => facts.commandsOf(step).some(({words}) => usesManifest(words)))
  return first !== undefined && first.index < install.step.index ? first : install.step
}

function writeAhead(
  facts: RewriteFacts,
  install: Install,
  copy: Step,
  manifests: readonly {lines: string[]}[],
): TextEdit[] {
  const lines = [...manifests.flatMap((one) => one.lines), writeAheadRun(facts, install)]
  const {start} = withComments(facts, copy)
  return [{range: {start, end: start}, text: lines.map((line) => line + facts.lineEnd).join('')}]
}

/** What fetches the packages, with what stands before the install in its RUN. */
function writeAheadRun(facts: RewriteFacts, install: Install): string {
  const head = install.head === null ? '' : facts.textAt(install.head)
  return writeRun(facts, install.step, head + install.reads.ahead!)
}

/** A RUN with the flags of another one. */
function writeRun(facts: RewriteFacts, {instruction}: Step, command: string): string {
  const {keywordRange, flags} = instruction.written
  return [
    ...[keywordRange, ...flags.map(({range}) => range)].map((range) => facts.textAt(range)),
    command,
  ].join(' ')
}

/** Calls that leave the lock file alone, in the place of those that may not. */
function writeExact(installs: readonly Install[]): TextEdit[] {
  return installs.flatMap(({command, reads}) => {
    const {exact} = reads
    const [first] = command.wordRanges
    const last = command.wordRanges.at(-1)
    if (exact === undefined || first === undefined || last === undefined) return []
    return [{range: {start: first.start, end: last.end}, text: exact}]
  })
}

function putBehind(facts: RewriteFacts, {installs, last, cut}: Move, copies: readonly string[]): TextEdit {
  const {lineEnd} = facts
  const install = installs.find(({step}) => step === last)
  const text = copies.join(lineEnd)
  const run = last.instruction.written
  const gap = cut?.gap ?? install?.tail ?? null
  if (gap === null) return {range: {start: run.range.end, end: run.range.end}, text: lineEnd + text}
  const rest = writeRun(facts, last, cut?.setting ?? install?.setting ?? '')
  return {range: gap, text: `${lineEnd}${text}${lineEnd}${rest}`}
}

function insertBefore(facts: RewriteFacts, {instruction}: Step, lines: readonly string[]): TextEdit {
  const {start} = facts.linesOf(instruction.written)
  return {range: {start, end: start}, text: lines.map((line) => line + facts.lineEnd).join('')}
}

/** A copy as it is written, with an absolute destination where another WORKDIR is in force behind `last`. */
function writeCopy(facts: RewriteFacts, {instruction, reads}: Step, last: Step): string {
  const {written} = instruction
  const text = facts.textAt(written.range)
  if (instruction.keyword === 'RUN') return text
  const destination = written.argRanges.at(-1)!
  const isSame = directoryOf(last) === resolveContainerPath('/', instruction.state.directory)
  if (isSame || facts.textAt(destination).replace(/^"/, '').startsWith('/')) return text
  const [read] = reads
  const path = read!.landing.isDirectory ? `${read!.landing.path}/` : read!.landing.path
  const end = text.length - (written.range.end - destination.end)
  const start = end - (destination.end - destination.start)
  return text.slice(0, start) + (written.isJson ? JSON.stringify(path) : path) + text.slice(end)
}

function directoryOf({instruction}: Step): string {
  return resolveContainerPath('/', instruction.state.directory)
}

/** The lines of a copy with the comments that stand directly above it, if the block is its own. */
function withComments(facts: RewriteFacts, {instruction}: Step): Range {
  const range = facts.linesOf(instruction.written)
  return {start: range.start - commentsAbove(facts, instruction).length, end: range.end}
}

/** Comment lines directly above an instruction; empty where they stand at the head of a stage or of the file. */
function commentsAbove(facts: RewriteFacts, {written}: Step['instruction']): string {
  const {start} = facts.linesOf(written)
  const above = facts.dockerfile.text.slice(0, start)
  const block = above.slice(commentBlockStart(above))
  const before = above.slice(0, above.length - block.length)
  const previous = before.trimEnd().split('\n').at(-1) ?? ''
  const isHead = before.trim() === '' || (/^\s*FROM\b/i.test(previous) && !/\n\r?\n$/.test(before))
  return isHead ? '' : block
}

/** Where the comment lines that end a text begin; its length where it ends in another line. */
function commentBlockStart(text: string): number {
  let start = text.length
  while (start > 0) {
    const lineStart = text.lastIndexOf('\n', start - 2) + 1
    if (!/^[^\S\n]*#/.test(text.slice(lineStart, start))) break
    start = lineStart
  }
  return start
}

/** One COPY for each directory, with the flags of the copy that would bring the files later. */
function writeCopies(facts: RewriteFacts, manifests: readonly Manifest[], at: Step | undefined): string[] {
  const groups = new Map<string, Manifest[]>()
  for (const manifest of manifests) {
    const key = `${manifest.copy.index} ${parentPath(manifest.place)}`
    groups.set(key, [...(groups.get(key) ?? []), manifest])
  }
  return [...groups.values()].map((group) => {
    const {copy, place} = group[0]!
    const {keywordRange, flags} = copy.instruction.written
    const keyword = facts.textAt(keywordRange).replace(/^add$/i, (word) => (word === 'add' ? 'copy' : 'COPY'))
    const head = [keyword, ...flags.map(({range}) => facts.textAt(range))].join(' ')
    const sources = group.map(({path}) => path).join(' ')
    return `${head} ${sources} ${writeDirectory(facts, copy, parentPath(place), at)}`
  })
}

/** The directory that files are copied to, in the words of the copy where they mean the same. */
function writeDirectory(facts: RewriteFacts, copy: Step, directory: string, at: Step | undefined): string {
  const {written, state} = copy.instruction
  const text = facts.textAt(written.argRanges.at(-1)!)
  const landing = copy.reads[0]!.landing.path
  const isSame = at === undefined || directoryOf(at) === resolveContainerPath('/', state.directory)
  const workdir = at === undefined ? resolveContainerPath('/', state.directory) : directoryOf(at)
  const isUsable = !written.isJson && (isSame || text.startsWith('/')) && isWithin(directory, landing)
  if (!isUsable) {
    return directory === workdir ? './' : `${directory === '/' ? '' : directory}/`
  }
  const below = relativeTo(landing, directory)
  return `${text.replace(/\/*$/, '/')}${below === '' ? '' : `${below}/`}`
}
