import type {BuildGraph, Step} from '../../build/graph/build-graph.js'
import {type Placement, placeRead, relate, traceBack} from '../../build/graph/placements.js'
import {type EvidenceTexts, listLinks} from '../../build/graph/proof-input.js'
import {createTimelines} from '../../build/graph/timeline.js'
import {listEnvironment} from '../../languages/dockerfile/evaluate/step-state.js'
import {scriptOf} from '../../languages/dockerfile/syntax/inner-text.js'
import type {Dockerfile} from '../../languages/dockerfile/syntax/instruction.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import type {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {readExec, readShell} from '../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import type {Range} from '../../languages/text/range.js'
import type {ServiceRun} from '../../plan/service-run.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import {findMatches} from '../../tree/model/find-matches.js'
import {type Image, surveyImages} from '../proof/survey/survey.js'

/** One Dockerfile as one build reads it, and the context that it is built from. */
export interface RewriteInput {
  /** As reports name it. */
  file: string
  dockerfile: Dockerfile
  graph: BuildGraph
  tree: FileTree
  /** Of the ignore file; null without one. */
  rules: IgnoreRules | null
  /** Texts of the files that `listWantedByRewrites` names. */
  evidence: EvidenceTexts
  /** Texts of CI files, Makefiles and Dockerfiles of the project, whether they are sent or not. Default: none. */
  outside?: EvidenceTexts
  /** The services that run the image. Default: none. */
  services?: readonly ServiceRun[]
  /** The target is the one that the build makes; false for another stage that somebody may ask for. Default: true. */
  isMain?: boolean
}

/** Directories of packages that are installed or made. */
const SKIPPED = /^(?:node_modules|\.git|\.venv|venv|bin|obj|target|build|dist|_build|deps|vendor|\.yarn)$/

/** Bytes that a text is read without. */
const BYTE_ORDER_MARK = 3

/** The input with what several rules want to know of it. */
export class RewriteFacts {
  readonly file: string
  readonly dockerfile: Dockerfile
  readonly graph: BuildGraph
  readonly tree: FileTree
  readonly evidence: EvidenceTexts
  readonly outside: EvidenceTexts
  readonly services: readonly ServiceRun[]
  readonly isMain: boolean
  /** The ending that most lines of the Dockerfile have. */
  readonly lineEnd: '\n' | '\r\n'
  private readonly rules: IgnoreRules | null
  private readonly commands = new Map<Step, readonly ShellCommand[]>()
  private readonly placements = new Map<Step, readonly Placement[]>()
  private surveyed: readonly Image[] | null = null
  private whole: EvidenceTexts | null = null

  constructor(input: RewriteInput) {
    const {file, dockerfile, graph, tree, rules, evidence, outside, services = [], isMain = true} = input
    this.file = file
    this.dockerfile = dockerfile
    this.graph = graph
    this.tree = tree
    this.rules = rules
    this.evidence = evidence
    this.outside = outside ?? new Map()
    this.services = services
    this.isMain = isMain
    const {text} = dockerfile
    this.lineEnd = text.split('\r\n').length * 2 > text.split('\n').length ? '\r\n' : '\n'
  }

  /** The same of another Dockerfile over the same context. */
  ofFile(file: string, text: string, graph: BuildGraph): RewriteFacts {
    const {tree, rules, evidence, outside} = this
    return new RewriteFacts({file, dockerfile: parseDockerfile(text), graph, tree, rules, evidence, outside})
  }

  /** Every program that runs in the images of the build, with what each does. */
  get images(): readonly Image[] {
    if (this.surveyed === null) {
      const {file, graph, tree, services, evidence} = this
      const timelines = createTimelines(file, graph, tree, services)
      this.surveyed = surveyImages({tree, evidence, links: listLinks(tree), timelines}) ?? []
    }
    return this.surveyed
  }

  /** The texts that were read to their ends. */
  get wholeTexts(): EvidenceTexts {
    this.whole ??= new Map([...this.evidence].filter(([path, text]) => this.isWhole(path, text)))
    return this.whole
  }

  private isWhole(path: string, text: string): boolean {
    const entry = this.tree.find(path)
    return entry < 0 || this.tree.sizeOf(entry) <= Buffer.byteLength(text) + BYTE_ORDER_MARK
  }

  /** The commands of a RUN, with their ranges in the Dockerfile; none of another step. */
  commandsOf(step: Step): readonly ShellCommand[] {
    const known = this.commands.get(step)
    if (known !== undefined) return known
    const found = readCommands(step)
    this.commands.set(step, found)
    return found
  }

  /** Tells whether a path of the context is a regular file that the ignore file leaves. */
  isSent(path: string): boolean {
    const index = this.tree.find(path)
    return index >= 0 && this.tree.isFile(index) && this.rules?.matchesPath(path) !== true
  }

  /** The directories whose path matches, one component for each level; `**` for any number, but no node_modules. */
  findDirectories(glob: string): string[] {
    return matchDirectories(this.tree, glob.split('/'))
  }

  /** Tells whether anything at or below a path of the context is sent when all is asked for. */
  sendsAnyOf(path: string): boolean {
    const start = this.tree.find(path)
    if (start < 0) return false
    for (let index = start; index < this.tree.endOf(start); index++) {
      if (this.rules?.matchesPath(this.tree.pathOf(index)) !== true) return true
    }
    return false
  }

  /** Files whose name matches below a directory of the context, those of installed packages left out; sorted. */
  findFiles(below: string, name: RegExp): string[] {
    const start = below === '' ? 0 : this.tree.find(below)
    const end = below === '' ? this.tree.length : start < 0 ? 0 : this.tree.endOf(start)
    const found: string[] = []
    for (let index = Math.max(start, 0); index < end; ) {
      const own = this.tree.nameOf(index)
      if (this.tree.isDirectory(index) && SKIPPED.test(own)) {
        index = this.tree.endOf(index)
        continue
      }
      if (this.tree.isFile(index) && name.test(own)) found.push(this.tree.pathOf(index))
      index++
    }
    return found
  }

  /** Links whose name matches below a directory of the context; sorted. */
  findLinks(below: string, name: RegExp): string[] {
    const start = below === '' ? ROOT : this.tree.find(below)
    if (start < 0 && below !== '') return []
    const all = listBelow(this.tree, start).flatMap((directory) => [...this.tree.childrenOf(directory)])
    const links = all.filter((index) => this.tree.typeOf(index) === 'symlink')
    return links.filter((index) => name.test(this.tree.nameOf(index))).map((index) => this.tree.pathOf(index))
  }

  /** The link that a path of the context is or leads through; null if there is none, or if it is not sent. */
  linkAt(path: string): string | null {
    const parts = path.split('/')
    for (let depth = 1; depth <= parts.length; depth++) {
      const prefix = parts.slice(0, depth).join('/')
      const index = this.tree.find(prefix)
      if (index < 0) return null
      if (this.tree.typeOf(index) === 'symlink')
        return this.rules?.matchesPath(prefix) === true ? null : prefix
    }
    return null
  }

  /** Bytes of what a step copies from the main context; null where it copies from elsewhere, too. */
  bytesOf(step: Step): number | null {
    const isElsewhere = step.reads.some(
      ({from, how}) => how === 'copy' && (from.kind !== 'context' || from.name !== null),
    )
    if (isElsewhere) return null
    let bytes = 0
    for (const {contextPath} of this.placementsOf(step)) {
      const start = contextPath === '' ? 0 : this.tree.find(contextPath)
      const end = contextPath === '' ? this.tree.length : start < 0 ? 0 : this.tree.endOf(start)
      for (let index = Math.max(start, 0); index < end; index++) {
        if (this.tree.isFile(index) && this.isSent(this.tree.pathOf(index))) bytes += this.tree.sizeOf(index)
      }
    }
    return bytes
  }

  /** The container paths of what a step copies from the main context; null where one is not known. */
  placesOf(step: Step): string[] | null {
    const places = this.placementsOf(step).map(({containerPath}) => containerPath)
    return places.includes(null) ? null : places.filter((place) => place !== null)
  }

  /** Where in the image a step copies a path of the context to; null if it does not. */
  targetOf(step: Step, contextPath: string): string | null {
    for (const placement of this.placementsOf(step)) {
      const relation = relate(placement, contextPath)
      if (relation?.how === 'carried' && relation.landing !== null) return relation.landing
      if (placement.contextPath === contextPath) return placement.containerPath
    }
    return null
  }

  /** Where in the context a container path comes from by a copy; null if it does not. */
  sourceOf(step: Step, containerPath: string): string | null {
    for (const placement of this.placementsOf(step)) {
      const path = traceBack(placement, containerPath)
      if (path !== null) return path
    }
    return null
  }

  /** What a step copies from the main context where. */
  private placementsOf(step: Step): readonly Placement[] {
    const known = this.placements.get(step)
    if (known !== undefined) return known
    const copies = step.reads.filter(
      ({how, from}) => how === 'copy' && from.kind === 'context' && from.name === null,
    )
    const found = copies.flatMap((read) => placeRead(this.tree, read))
    this.placements.set(step, found)
    return found
  }

  /** A link among what the components of a glob match; null if there is none. */
  findLink(glob: string): string | null {
    const components = glob.split('/')
    const depthless = components.indexOf(ANY_DEPTH)
    if (depthless >= 0) return findLinkBelow(this.tree, components.slice(0, depthless))
    for (let depth = 1; depth <= components.length; depth++) {
      const found = findMatches(this.tree, ROOT, components.slice(0, depth))
      const link = found.find((index) => this.tree.typeOf(index) === 'symlink')
      if (link !== undefined) return this.tree.pathOf(link)
    }
    return null
  }

  textAt({start, end}: Range): string {
    return this.dockerfile.text.slice(start, end)
  }

  /** The lines of an instruction, from the start of its first one to that of the line behind it. */
  linesOf({range}: {range: Range}): Range {
    const {text} = this.dockerfile
    const start = text.lastIndexOf('\n', range.start - 1) + 1
    const lineFeed = text.indexOf('\n', range.end)
    return {start, end: lineFeed < 0 ? text.length : lineFeed + 1}
  }
}

/** A link to anything in the directories that a glob leads to, or on the way there. */
function findLinkBelow(tree: FileTree, components: readonly string[]): string | null {
  for (let depth = 1; depth <= components.length; depth++) {
    const found = findMatches(tree, ROOT, components.slice(0, depth))
    const link = found.find((index) => tree.typeOf(index) === 'symlink')
    if (link !== undefined) return tree.pathOf(link)
  }
  const directories = components.length === 0 ? [ROOT] : findMatches(tree, ROOT, components)
  for (const directory of directories.flatMap((one) => listBelow(tree, one))) {
    const link = [...tree.childrenOf(directory)].find((index) => tree.typeOf(index) === 'symlink')
    if (link !== undefined) return tree.pathOf(link)
  }
  return null
}

const ANY_DEPTH = '**'

function matchDirectories(tree: FileTree, components: readonly string[]): string[] {
  let found = [ROOT]
  for (const component of components) {
    const next =
      component === ANY_DEPTH
        ? found.flatMap((directory) => listBelow(tree, directory))
        : found.flatMap((directory) => findMatches(tree, directory, [component]))
    found = [...new Set(next.filter((index) => index === ROOT || tree.isDirectory(index)))]
  }
  return found.filter((index) => index !== ROOT).map((index) => tree.pathOf(index))
}

/** A directory and all below it, but for installed packages and repositories. */
function listBelow(tree: FileTree, directory: number): number[] {
  const found = [directory]
  for (const one of found) {
    for (const child of tree.childrenOf(one)) {
      if (tree.isDirectory(child) && !/^(?:node_modules|\.git)$/.test(tree.nameOf(child))) found.push(child)
    }
  }
  return found
}

function readCommands({instruction}: Step): readonly ShellCommand[] {
  if (instruction.keyword !== 'RUN') return []
  const {written, state, isJson} = instruction
  const start = {
    directory: resolveContainerPath('/', state.directory),
    env: new Map(listEnvironment(state.environment)),
  }
  const script = scriptOf(written)
  return isJson ? readExec(written.args, start, script) : readShell(script, start)
}
