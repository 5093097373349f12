import type {Step} from '../../../build/graph/build-graph.js'
import {readLoaders} from '../../../languages/sources/source-strings.js'
import {isWithin, joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {Consumption} from '../../proof/consumers/consumption.js'
import {type Image, placeOf, type SurveyedAction} from '../../proof/survey/survey.js'
import {isAside} from '../moves/aside.js'
import {chainBefore} from '../moves/chain-before.js'
import {findInstall} from '../moves/find-install.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {type ProgramClosure, resolveBelow, topmost} from './closure.js'
import {findNodeStart} from './find-node-start.js'
import {findPythonStart} from './find-python-start.js'
import {followJavaScript} from './follow-javascript.js'
import {followPython} from './follow-python.js'
import {followGo, gatherPackages} from './go-closure.js'

/** What the programs of an image need of what a copy brings. */
export interface Needed {
  /** Files and directories of the context, none in another. */
  paths: readonly string[]
  /** Why: one sentence for each program. */
  reasons: readonly {claim: string; evidence: string}[]
  /** What could not be followed. */
  questions: readonly string[]
}

/**
 * Finds what the steps behind a copy, and what a container starts, need of what it brings: sources that Python imports, the
 * whole directory of any other program, and what their texts name outside of it. Null where a program is not understood,
 * or works on all of the copy.
 */
export function findNeeded(facts: RewriteFacts, copy: Step): Needed | null {
  const place = `${facts.file}:${copy.line}`
  const image = facts.images
    .toSorted((one, other) => Number(other.timeline.isTarget) - Number(one.timeline.isTarget))
    .find(({timeline}) =>
      timeline.events.some(({where, kind}) => kind === 'arrival' && where.place === place),
    )
  const source = facts.sourceOf(copy, copy.reads[0]?.landing.path ?? '')
  if (image === undefined || source === null) return null
  return new NeedSearch(facts, copy, source, image).run()
}

/** Languages whose programs say in their texts what else of the project they read. */
const FOLLOWED = /^(?:python|javascript|go|shell)$/

/** Of a program in these nobody sees what it opens. */
const COMPILED = /^(?:go|rust|jvm|dotnet|other)$/

class NeedSearch {
  private readonly kept = new Set<string>()
  private readonly reasons: {claim: string; evidence: string}[] = []
  private readonly questions = new Set<string>()

  constructor(
    private readonly facts: RewriteFacts,
    private readonly copy: Step,
    /** What is copied: a directory of the context. */
    private readonly source: string,
    private readonly image: Image,
  ) {}

  run(): Needed | null {
    const {timeline, actions} = this.image
    const at = timeline.events.findIndex(
      ({where, kind}) => kind === 'arrival' && where.place === `${this.facts.file}:${this.copy.line}`,
    )
    const later = actions.filter(({isStart, at: own}) => isStart || own > at)
    if (at < 0 || (timeline.isTarget && !later.some(({isStart}) => isStart))) return null
    if (!this.takeCopied()) return null
    if (!later.every((action) => this.takeAction(action))) return null
    for (const step of this.facts.graph.steps) this.takeWords(step)
    if (this.image.timeline.isTarget) this.followKept()
    const paths = topmost(this.kept)
    if (paths.length === 0 || paths.includes(this.source)) return null
    return {paths, reasons: this.reasons, questions: [...this.questions]}
  }

  /** What other stages take of it; false where that is all of it. */
  private takeCopied(): boolean {
    const own = this.copy.stage
    const reads = this.facts.graph.steps
      .flatMap(({reads: all}) => all)
      .filter(({from}) => from.kind === 'stage' && from.stage === own)
    return reads.every(({path}) => {
      const found = this.locate(path)
      if (found !== null && found !== this.source) this.keep(found)
      return found !== this.source
    })
  }

  private locate(containerPath: string): string | null {
    return this.facts.sourceOf(this.copy, containerPath)
  }

  private exists(path: string): boolean {
    return this.facts.tree.find(path) >= 0
  }

  /** False where nobody can tell what the action needs. */
  private takeAction(action: SurveyedAction): boolean {
    const {use, unread, script, directory} = action
    if (use === null || unread !== undefined || /[?$]/.test(directory)) return false
    if (isGoBuild(action)) return this.takeGo(action)
    // what else works in a stage that only makes something is not followed
    if (!this.image.timeline.isTarget) return isAside(action, []) || isGoDownload(action)
    // a compiled program may read all that lies beside it
    if (action.isStart && use.runs.length > 0 && use.runs.every((one) => COMPILED.test(one))) return false
    if (use.git !== null) this.keep('.git')
    if (!action.isStart && isAside(action, [])) return true
    for (const {contextPath} of use.needs) if (this.exists(contextPath)) this.keep(contextPath)
    if (script !== undefined) this.keep(script.path)
    if (use.runs.length === 0 && action.makes === undefined) return true
    return use.runs.includes('python') ? this.takePython(action) : this.takePlaced(action, use)
  }

  /** What works in a directory of the image: at the top of the copy only what says what it reads. */
  private takePlaced(action: SurveyedAction, use: Consumption): boolean {
    const own = this.locate(action.directory)
    const isFollowed =
      use.runs.every((one) => FOLLOWED.test(one)) &&
      use.ecosystems.some((one) => FOLLOWED.test(one)) &&
      use.ecosystems.every((one) => one === 'other' || FOLLOWED.test(one))
    if (own === null) return isFollowed && this.takeFile(action)
    // an install reads its lists alone
    if (action.makes?.every((one) => one === 'pip-install') && use.needs.length > 0) return true
    if (own === this.source && isNodeInstall(action)) return this.takeNodeInstall(action)
    if (own === this.source && use.runs.includes('javascript')) return this.takeNode(action)
    if (own === this.source || !isFollowed) return false
    this.keep(own)
    this.reasons.push({
      claim: `${action.called} works in ${own}`,
      evidence: `${placeOf(action)}: all of it stays`,
    })
    return true
  }

  /** A program outside of the copy runs a file of it. */
  private takeFile({runsFile, directory}: SurveyedAction): boolean {
    return runsFile === undefined || this.locate(resolveContainerPath(directory, runsFile)) === null
  }

  /** The packages that a build of Go compiles, and its manifests. */
  private takeGo(action: SurveyedAction): boolean {
    const {tree, wholeTexts: evidence} = this.facts
    const directory = this.locate(action.directory)
    const module = directory === null ? null : this.findModule(directory)
    if (directory === null || module === null || this.exists(joinPath(module, 'go.work'))) return false
    const closure = followGo({tree, evidence}, module, directory, action.words.slice(2))
    if (closure === null) return false
    const packages = gatherPackages(tree, this.source, closure)
    if (packages.includes(this.source) || packages.includes('')) return false
    for (const path of packages) this.keep(path)
    for (const name of ['go.mod', 'go.sum', 'vendor']) {
      const path = joinPath(module, name)
      if (!this.isBrought(path)) this.keep(path)
    }
    if (action.use?.git && this.facts.sendsAnyOf('.git')) {
      if (!action.use.git.isDoubt) this.keep('.git')
      else this.questions.add(`May ${action.called} leave out the commit, which it takes from .git now?`)
    }
    const count = closure.packages.length
    this.reasons.push({
      claim: `${action.called} compiles ${count} ${count === 1 ? 'package' : 'packages'} of the module`,
      evidence: `${placeOf(action)}: its imports, followed, are in ${topmost(packages).slice(0, 4).join(', ')}`,
    })
    return true
  }

  /** The directory of the go.mod that is in force; null without one in the copy. */
  private findModule(directory: string): string | null {
    for (let at = directory; ; at = parentPath(at)) {
      if (this.exists(joinPath(at, 'go.mod'))) return at
      if (at === this.source || at === '') return null
    }
  }

  /** An earlier step has copied it to the same place. */
  private isBrought(path: string): boolean {
    const target = this.facts.targetOf(this.copy, path)
    return (
      target !== null && chainBefore(this.copy).some((step) => this.facts.sourceOf(step, target) === path)
    )
  }

  private takePython(action: SurveyedAction): boolean {
    const {tree, wholeTexts: evidence} = this.facts
    const start = findPythonStart(action, tree, (place) => this.locate(place))
    return start !== null && this.takeClosure(action, followPython({tree, evidence}, start), start.roots)
  }

  /** A program of Node.js whose sources run as they are; its manifest says how they are read. */
  private takeNode(action: SurveyedAction): boolean {
    const {tree, wholeTexts: evidence} = this.facts
    const input = {tree, evidence}
    const start = findNodeStart(action, input, (place) => this.locate(place))
    if (start === null) return false
    const closure = followJavaScript(input, start)
    // what loads by a name that is not known loads from beside itself
    for (const {path} of closure.doubts) this.keep(liftPath(path, start.roots))
    if (!this.takeClosure(action, closure, start.roots)) return false
    for (const root of start.roots) {
      for (const name of ['package.json', 'tsconfig.json', 'bunfig.toml', 'deno.json']) {
        const path = joinPath(root, name)
        if (!this.isBrought(path)) this.keep(path)
      }
    }
    return true
  }

  /** An install at the top of the copy reads its manifests alone, where it runs no script of the project. */
  private takeNodeInstall({where}: SurveyedAction): boolean {
    const step = this.facts.graph.steps.find(({line}) => `${this.facts.file}:${line}` === where.place)
    const install = step === undefined ? null : findInstall(this.facts, step, [this.copy])
    if (install === null || install.reads.blocker !== undefined || install.reads.runsScripts === true)
      return false
    for (const path of install.reads.files) if (!this.isBrought(path)) this.keep(path)
    return true
  }

  private takeClosure(action: SurveyedAction, closure: ProgramClosure, roots: readonly string[]): boolean {
    if (closure.unread !== null) return false
    const lifted = [...closure.files].map((path) => liftPath(path, roots))
    if (lifted.some((path) => path === this.source || path === '')) return false
    for (const path of lifted) this.keep(path)
    for (const path of closure.named.keys()) this.keepNamed(path, roots)
    for (const {path, line, text} of closure.doubts.slice(0, 2)) {
      this.questions.add(`What does ${path}:${line} load? ${text}`)
    }
    this.reasons.push({
      claim: `${action.called} loads ${closure.files.size} ${closure.files.size === 1 ? 'source' : 'sources'} of the project`,
      evidence: `${placeOf(action)}: its imports lead to ${topmost(lifted).slice(0, 4).join(', ')}`,
    })
    return true
  }

  /** Data lie with their like: the directory is kept, but for a directory that holds more than them. */
  private keepNamed(path: string, roots: readonly string[]): void {
    if (!isBelow(path, this.source)) return
    const parent = parentPath(path)
    const isFile = this.facts.tree.isFile(this.facts.tree.find(path))
    const isShared =
      parent === this.source ||
      parent === '' ||
      roots.some((root) => root === parent || isWithin(root, parent))
    this.keep(isFile && !isShared ? parent : path)
  }

  private keep(path: string): void {
    if (isBelow(path, this.source) && this.exists(path)) this.kept.add(path)
  }

  /** What the commands of later steps name. */
  private takeWords(step: Step): void {
    if (step.instruction.keyword !== 'RUN' || step.index < this.copy.index) return
    for (const {words, directory} of this.facts.commandsOf(step)) {
      for (const word of words.slice(1)) {
        if (!/^[\w@./-]+$/.test(word)) continue
        const path = this.locate(resolveContainerPath(directory, word))
        if (path !== null && path !== this.source) this.keep(path)
      }
    }
  }

  /** Follows what the texts in the kept directories name outside of them. */
  private followKept(): void {
    const packages = this.listPackages()
    // A set is visited in order of insertion, what is added on the way too.
    for (const root of this.kept) {
      for (const [path, text] of this.facts.evidence) {
        if (path === root || isWithin(path, root)) this.followText(root, path, text, packages)
      }
    }
  }

  private followText(
    root: string,
    path: string,
    text: string,
    packages: readonly [name: string, directory: string][],
  ): void {
    const named = namesOutside(path, text).filter((one) => one !== this.source && !isWithin(root, one))
    for (const one of named) this.keep(one)
    for (const [name, directory] of packages) if (text.includes(name)) this.keep(directory)
    const [loader] = /\.[cm]?[jt]sx?$/.test(path) ? readLoaders(text) : []
    if (loader !== undefined) this.questions.add(`What does ${path}:${loader.line} load? ${loader.text}`)
  }

  /** Packages of a workspace, by their names in quotes. */
  private listPackages(): [name: string, directory: string][] {
    return [...this.facts.evidence].flatMap(([path, text]) => {
      if (!path.endsWith('/package.json')) return []
      const [, name] = /"name"\s*:\s*"([^"]+)"/.exec(text) ?? []
      return name === undefined ? [] : [[name, parentPath(path)] as [string, string]]
    })
  }
}

function isGoBuild({program, words}: SurveyedAction): boolean {
  return program === 'go' && /^(?:build|install)$/.test(words[1] ?? '')
}

function isNodeInstall({makes = []}: SurveyedAction): boolean {
  return makes.length > 0 && makes.every((one) => one === 'npm-install')
}

function isGoDownload({program, words}: SurveyedAction): boolean {
  return program === 'go' && words[1] === 'mod' && words[2] === 'download'
}

function isBelow(path: string, directory: string): boolean {
  return path !== directory && (directory === '' ? path !== '' : isWithin(path, directory))
}

/** What the part of a root that a source is in: `api/app` of `api/app/db.py`. */
function liftPath(path: string, roots: readonly string[]): string {
  const root = roots
    .filter((one) => one === '' || isWithin(path, one))
    .sort((one, other) => other.length - one.length)[0]
  if (root === undefined) return parentPath(path) || path
  const rest = root === '' ? path : path.slice(root.length + 1)
  const [first = ''] = rest.split('/')
  return root === '' ? first : `${root}/${first}`
}

/** Paths that climb out of a file's directory, whatever the language. */
function namesOutside(path: string, text: string): string[] {
  return Array.from(text.matchAll(/(?:\.\.\/)+[\w@.-][\w@./-]*/g), ([written]) =>
    resolveBelow(parentPath(path), written),
  ).flatMap((found) => (found === null || found === '' ? [] : withExtensions(found)))
}

/** Imports of JavaScript leave the ending out. */
function withExtensions(path: string): string[] {
  return [
    path,
    ...['.ts', '.tsx', '.js', '.mjs', '.jsx'].map((ending) => path + ending),
    path.replace(/\.js$/, '.ts'),
  ]
}
