/** What the programs of a build read of its context and do not find there. */

import {type Placement, relate, traceBack} from '../../build/graph/placements.js'
import {type InstructionRef, type StageEvent, traceHandover} from '../../build/graph/timeline.js'
import {isWithin, joinPath, parentPath, resolveContainerPath} from '../../languages/text/container-path.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {GitUse, Need, SourceTree} from './consumers/consumption.js'
import {listToolFiles} from './consumers/files/tool-files.js'
import {listInterfaces, listNamedFiles} from './named-files.js'
import {listNamedInSettings} from './named-in-settings.js'
import {listServerIncludes} from './server-includes.js'
import type {Image, SurveyedAction} from './survey/survey.js'

/** A file that an action reads and does not find. */
export interface UnmetNeed {
  action: SurveyedAction
  need: Need
  /**
   * - `ignored`: the ignore file keeps it out
   * - `not-copied`: no COPY has brought it yet
   * - `outside`: it lies outside the context
   * - `worktree`: the repository is elsewhere, and `.git` only points at it
   */
  state: 'ignored' | 'not-copied' | 'outside' | 'worktree'
  /** The number of the rule that keeps it out; -1 where none does. */
  decidedBy: number
  /** The instruction that brings it too late. */
  later: InstructionRef | null
  /** Why the repository is wanted; null for a file. */
  git: {reason: string; instead: string | null; target: string | null} | null
}

/** What is known of a context besides its tree. */
export interface ContextFacts {
  tree: FileTree
  /** The number of the rule that keeps a path out; null where it is sent or not there. */
  findIgnoring(path: string): number | null
  /** The first source in a directory that the ignore file keeps out, with its rule; null where all is sent. */
  findIgnoredSource(directory: string, sources: SourceTree): {path: string; decidedBy: number} | null
  /** Tells whether Git is known not to track a path. */
  isUntracked?(path: string): boolean
  /** Tells whether Git tracks a path; false where nobody knows. */
  isTracked(path: string): boolean
  /** The text of a small file of the context; null where it was not read. */
  textOf(path: string): string | null
}

/** Finds the needs that the context or the order of the steps leaves unmet, in the order of the actions, each once. */
export function findUnmetNeeds(images: readonly Image[], facts: ContextFacts): UnmetNeed[] {
  const found = new Map<string, UnmetNeed>()
  for (const image of images) {
    // Images share stages.
    for (const unmet of new NeedSearch(image, facts, images).run()) {
      const {action, state, need} = unmet
      const key = JSON.stringify([action.where.place, action.called, state, need.contextPath])
      if (!found.has(key)) found.set(key, unmet)
    }
  }
  return [...found.values()]
}

/** Programs that name a file and do not write it. */
const READERS = new Set(
  'chmod chown chgrp ls cat test [ stat file head tail grep echo sha256sum node python python3 sh bash'.split(
    ' ',
  ),
)
const SETTINGS_OPTION = /^(?:-c|--config|--config-file|--configuration-file)$/
/** What builds write into. */
const OUTPUT =
  /^(?:dist|build|out|output|target|bin|obj|lib|public|generated|gen|\.next|\.nuxt|\.output|\.svelte-kit|node_modules|vendor|_build|deps|\.venv|venv|static)$/
/** What people write, and no build makes by itself. */
const SOURCE = /\.(?:dart|go|rs|java|kts?|scala|cs|fs|swift|hs|exs?|erl|c|cc|cpp|cxx|tsx?|vue|svelte|clj)$/
const GENERATED = /(?:^|\/)(?:gen|generated|pb|proto|stubs)(?:\/|$)|[._](?:g|pb|gen|generated)\.\w+$|\.d\.ts$/
const PACKAGES = /(?:^|\/)(?:node_modules|vendor|deps|\.venv|venv)(?:\/|$)/
const BUILDS = /build|compile|assets|vendor|install|restore|deps/
/** Files that say how containers are started. */
const MOUNTING =
  /(?:compose|stack|deploy|k8s|kube|helm|swarm|quadlet)[\w./-]*\.ya?ml$|(?:^|\/)[Mm]akefile$|\.sh$/
const MOUNTS =
  /[\w./})-]:(\/[\w./-]+?)\/?(?=[:"'\s]|$)|\b(?:mountPath|target|destination|dst)["']?\s*[:=]\s*["']?(\/[\w./-]+?)\/?(?=["',\s]|$)/gm
const MAKEFILE = /(?:^|\/)(?:GNU)?[Mm]akefile$/
/** What brings or writes a Makefile of others. */
const FETCHERS =
  /^(?:git|tar|curl|wget|unzip|svn|hg|cmake|qmake\d?|autoreconf|(?:auto)?configure|perl|meson|premake\d?|python\d?)$/
/** What a repository is not one without. */
const PARTS_OF_GIT = ['HEAD', 'objects', 'refs']
/** Stages that hand on what they were handed. */
const MAX_HANDOVERS = 8
const MAX_WORKTREE_LINK = 4_096

class NeedSearch {
  /** By the path of what asks: a source may ask for much. */
  private readonly lacking = new Map<SurveyedAction, Map<string, boolean>>()

  constructor(
    private readonly image: Image,
    private readonly facts: ContextFacts,
    private readonly images: readonly Image[],
  ) {}

  run(): UnmetNeed[] {
    const found = new Map<string, UnmetNeed>()
    for (const [number, action] of this.image.actions.entries()) {
      if (this.isSkipped(action)) continue
      const unmet = [
        ...this.listNeeds(action).flatMap((need) => this.checkFile(action, number, need) ?? []),
        ...(this.checkRepository(action, number) ?? []),
      ]
      // What fails first hides what would fail later.
      for (const one of unmet) {
        const key = `${one.state} ${one.need.contextPath}`
        if (!found.has(key)) found.set(key, one)
      }
    }
    for (const one of [...this.checkHandovers(), ...this.checkNamed()]) {
      const isTold = [...found.values()].some(
        ({state, need}) => state === one.state && isWithin(one.need.contextPath, need.contextPath),
      )
      if (!isTold) found.set(`${one.state} ${one.need.contextPath}`, one)
    }
    return [...found.values()]
  }

  /** Whether a script looks for a file first, and that file has not come. */
  private isSkipped(action: SurveyedAction): boolean {
    return (action.guards ?? []).some((guard) => {
      const paths = this.image.project
        .guessSources(action.directory, guard)
        .filter((path) => this.facts.tree.find(path) >= 0 || this.facts.findIgnoring(path) !== null)
      return (
        paths.length > 0 &&
        paths.every(
          (path) =>
            (this.facts.findIgnoring(path) !== null || !this.hasArrived(timeOf(action), path)) &&
            !this.isHandedOver(action, path),
        )
      )
    })
  }

  /** Files that commands name, whatever the program does with them. */
  private checkNamed(): UnmetNeed[] {
    const {actions} = this.image
    const {tree, findIgnoring} = this.facts
    const has = (path: string) => tree.find(path) >= 0 || (/\.\w+$/.test(path) && findIgnoring(path) !== null)
    const named = [...listNamedFiles(this.image, has), ...listServerIncludes(this.image)]
    return named.flatMap(({action, needs}) => {
      const behind = actions.findIndex(({at}) => at > action.at)
      const number = behind < 0 ? actions.length : behind
      return needs.flatMap((need) => this.checkFile(action, number, need) ?? [])
    })
  }

  /** Settings that a command of a script is told to read. */
  private listSettings({words, directory, called, text}: SurveyedAction): Need[] {
    if (called === text) return []
    const {tree, findIgnoring} = this.facts
    return words.flatMap((word, at) => {
      const name = SETTINGS_OPTION.test(words[at - 1] ?? '')
        ? word
        : /^--config(?:-file)?=(.+)$/.exec(word)?.[1]
      if (name === undefined || !/\.\w+$/.test(name) || /[$*?]/.test(name)) return []
      return this.image.project
        .sourcesOf(resolveContainerPath(directory, name))
        .filter((path) => tree.find(path) >= 0 || findIgnoring(path) !== null)
        .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null}))
    })
  }

  /** What a command runs is a need even where its text was not read. */
  private listNeeds(action: SurveyedAction): readonly Need[] {
    const {use, runsFile, directory, words} = action
    const inner = action.called === action.text ? [] : listInterfaces(action, this.image)
    const known = use?.needs ?? listToolFiles(action, this.image.project)
    const named = listNamedInSettings(action, this.image.project)
    const needs = [...known, ...this.listSettings(action), ...inner, ...named]
    // a program that is called by its path lies in the project, known or not
    const file = runsFile ?? (/^(?:\.\/|[\w-]+\/)[\w./-]+$/.test(words[0] ?? '') ? words[0] : undefined)
    if (file === undefined) return needs
    const {project} = this.image
    // what compose starts lies on a mount as often as in the image
    const isOwn = action.called === action.text && !action.where.text.startsWith('command:')
    const isScript = /\.sh$/.test(file) && isOwn
    const paths = (
      isScript
        ? project.guessSources(directory, file)
        : project.sourcesOf(resolveContainerPath(directory, file))
    ).filter((path) => runsFile !== undefined || !PACKAGES.test(path))
    return [...needs, ...paths.map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null}))]
  }

  private checkFile(action: SurveyedAction, number: number, need: Need): UnmetNeed | null {
    const {contextPath} = need
    const unmet = {action, need, decidedBy: -1, later: null, git: null}
    if (contextPath === '' || this.lacksAsker(action, need)) return null
    if (contextPath === '..' || contextPath.startsWith('../')) {
      return need.askedBy === null ? null : {...unmet, state: 'outside'}
    }
    if (need.sources !== undefined) return this.checkSources(unmet, need.sources)
    const decidedBy =
      need.among === undefined ? this.facts.findIgnoring(contextPath) : this.findIgnoringAll(need.among)
    const isThere = this.facts.tree.find(contextPath) >= 0
    // Who keeps out what is only taken where it exists means it so.
    if (decidedBy !== null && need.certainty === 'may' && !(need.isKept && this.facts.isTracked(contextPath)))
      return null
    if (this.isOfTheBuild(action, number, need)) return null
    if (need.containerPath !== undefined) return this.checkPlace(unmet, need.containerPath)
    if (decidedBy === null && (!isThere || this.hasArrived(timeOf(action), contextPath))) return null
    if (this.isBrought(action, number, need)) return null
    if (need.isNamed && this.facts.isUntracked?.(contextPath)) return null
    if (decidedBy !== null) return {...unmet, state: 'ignored', decidedBy}
    if (need.askedBy === null && this.hasOther(action, contextPath)) return null
    const later = this.findLater(action.at, contextPath)
    if (this.comesInTime(need, later)) return null
    return need.certainty === 'may' && later === null ? null : {...unmet, state: 'not-copied', later}
  }

  /** What code opens, and what is no source: Git does not track it, or an earlier script writes it. */
  private isOfTheBuild(action: SurveyedAction, number: number, need: Need): boolean {
    if (need.isOpened !== true) return false
    const isUntracked = this.facts.isUntracked?.(need.contextPath) === true
    return isUntracked || isWrittenByScript(this.listEarlier(action, number), need)
  }

  /** Whether another file of the context came to lie where the action looks: `COPY app/package.json .` */
  private hasOther({directory, at}: SurveyedAction, contextPath: string): boolean {
    const place = resolveContainerPath(directory, contextPath.slice(contextPath.lastIndexOf('/') + 1))
    return this.image.timeline.events.slice(0, at).some(
      (event) =>
        event.kind === 'arrival' &&
        event.placements.some((placement) => {
          if (placement.containerPath === null) return false
          const path = traceBack(placement, place)
          const entry = path === null || path === contextPath ? -1 : this.facts.tree.find(path)
          return entry >= 0 && this.facts.tree.isFile(entry)
        }),
    )
  }

  /** Whether a later COPY is soon enough for what nobody reads before. */
  private comesInTime({isNamed, isLate}: Need, later: InstructionRef | null): boolean {
    if (isNamed) return later !== null
    return isLate === true && (later !== null || !this.image.timeline.isTarget)
  }

  /** A compiler does not miss what it does not find: one source that is kept out is told for all. */
  private checkSources(unmet: Omit<UnmetNeed, 'state'>, sources: SourceTree): UnmetNeed | null {
    const {need, action} = unmet
    const found = this.facts.findIgnoredSource(need.contextPath, sources)
    if (found === null) return null
    const missing = {...need, contextPath: found.path}
    const earlier = this.image.actions.filter(({at, isStart}) => !isStart && at <= action.at)
    if (earlier.some(isGenerator) || this.isHandedOver(action, found.path)) return null
    return {...unmet, need: missing, state: 'ignored', decidedBy: found.decidedBy}
  }

  /** What keeps out the first of some paths, where none of them is sent. */
  private findIgnoringAll(paths: readonly string[]): number | null {
    const deciders = paths.map((path) => this.facts.findIgnoring(path))
    return deciders.includes(null) ? null : (deciders[0] ?? null)
  }

  /** What must lie at a place of the image, whatever brings it there. */
  private checkPlace(unmet: Omit<UnmetNeed, 'state'>, containerPath: string): UnmetNeed | null {
    const {contextPath} = unmet.need
    const decidedBy = this.facts.findIgnoring(contextPath)
    if (this.facts.tree.find(contextPath) < 0 && decidedBy === null) return null
    if (this.comesTo(this.image, containerPath, timeOf(unmet.action))) return null
    if (unmet.action.isStart && this.isMounted(containerPath, unmet.need)) return null
    return decidedBy === null ? {...unmet, state: 'not-copied'} : {...unmet, state: 'ignored', decidedBy}
  }

  /** Whether every service that runs the image mounts something there, or a file of the project says that one is. */
  private isMounted(containerPath: string, {isOpened}: Need): boolean {
    const {services} = this.image.timeline
    const isTarget = (target: string) => target !== '/' && isWithin(containerPath, target)
    if (services.length > 0 && services.every(({mounts}) => mounts.some(({target}) => isTarget(target))))
      return true
    return (
      isOpened === true &&
      this.image.project
        .readBelow('', MOUNTING)
        .some(({text}) => [...text.matchAll(MOUNTS)].some((match) => isTarget(match[1] ?? match[2]!)))
    )
  }

  /** Whether an earlier command makes a file, or another stage hands it over. */
  private isBrought(action: SurveyedAction, number: number, {contextPath, isImport}: Need): boolean {
    const earlier = this.listEarlier(action, number)
    return (
      (isImport === true && earlier.some(isGenerator)) ||
      (MAKEFILE.test(contextPath) && earlier.some(({program}) => FETCHERS.test(program))) ||
      this.isMade(earlier, contextPath) ||
      this.isWritten(action, contextPath) ||
      this.isHandedOver(action, contextPath)
    )
  }

  /** A source that has not come yet asks for nothing: a first build of manifests alone makes up its own. */
  private lacksAsker(action: SurveyedAction, {askedBy}: Need): boolean {
    if (askedBy === null) return false
    const known = this.lacking.get(action) ?? new Map<string, boolean>()
    this.lacking.set(action, known)
    const lacks = known.get(askedBy.path) ?? this.lacksSource(action, askedBy)
    known.set(askedBy.path, lacks)
    return lacks
  }

  private lacksSource(action: SurveyedAction, askedBy: {path: string}): boolean {
    if (this.facts.tree.find(askedBy.path) < 0) return false
    // a manifest that is missed itself asks all the same
    if (action.use?.needs.some((need) => !need.isImport && need.contextPath === askedBy.path)) return false
    if (this.facts.findIgnoring(askedBy.path) !== null) return true
    const at = timeOf(action)
    return !this.hasArrived(at, askedBy.path) && !this.isHandedOver(action, askedBy.path)
  }

  /** Whether a COPY, or a mount of the step itself, has brought a path or all that holds it. */
  private hasArrived(at: number, contextPath: string): boolean {
    return this.image.timeline.events
      .slice(0, at)
      .some(
        (event, place) =>
          event.kind === 'arrival' &&
          (!event.isMount || place >= firstMountOf(this.image.timeline.events, at)) &&
          brings(event, contextPath),
      )
  }

  private findLater(at: number, contextPath: string): InstructionRef | null {
    const event = this.image.timeline.events
      .slice(at)
      .find((one) => one.kind === 'arrival' && !one.isMount && brings(one, contextPath))
    return event?.where ?? null
  }

  private listEarlier({isStart}: SurveyedAction, number: number): readonly SurveyedAction[] {
    const {actions} = this.image
    return isStart ? actions.filter((other) => !other.isStart) : actions.slice(0, number)
  }

  /** Whether an earlier command builds into the directory around a path. */
  private isMade(earlier: readonly SurveyedAction[], contextPath: string): boolean {
    if (!contextPath.split('/').some((part) => OUTPUT.test(part))) return false
    const isSource = SOURCE.test(contextPath) && !GENERATED.test(contextPath) && !PACKAGES.test(contextPath)
    if (isSource && !earlier.some(({words}) => words.some((word) => /gen|proto/i.test(word)))) return false
    return earlier.some(({makes}) => makes?.some((step) => BUILDS.test(step) && makesFor(step, contextPath)))
  }

  /** Whether an earlier command names a file of that name, and may have written it. */
  private isWritten(action: SurveyedAction, contextPath: string): boolean {
    const name = contextPath.slice(contextPath.lastIndexOf('/') + 1)
    return this.image.timeline.events
      .slice(0, timeOf(action))
      .some(
        (event) =>
          event.kind === 'run' &&
          !event.isStart &&
          event.commands.some(
            ({words}) =>
              !READERS.has((words[0] ?? '').replace(/^.*\//, '')) &&
              words.slice(1).some((word) => word === name || word.endsWith(`/${name}`)),
          ),
      )
  }

  /** Whether a COPY, of the context or of another stage, puts a file at a place of an image, as far as anybody can tell. */
  private comesTo({timeline}: Image, containerPath: string, at: number, depth = 0): boolean {
    const {tree, findIgnoring} = this.facts
    return timeline.events.slice(0, at).some((event) => {
      if (event.kind === 'run' && !event.isStart) {
        const name = containerPath.slice(containerPath.lastIndexOf('/') + 1)
        return event.commands.some(({words}) => words.slice(1).some((word) => word.endsWith(name)))
      }
      if (event.kind === 'arrival') {
        return event.placements.some((placement) => {
          if (placement.containerPath === null) return true
          if (isPutInto(placement, containerPath)) return true
          const path = traceBack(placement, containerPath)
          return path !== null && tree.find(path) >= 0 && findIgnoring(path) === null
        })
      }
      if (event.kind !== 'handover') return false
      const traced = traceHandover(event, containerPath)
      if (traced === null) return false
      const source = this.images.find((one) => one.timeline.stageIndex === event.stageIndex)
      if (source === undefined || depth >= MAX_HANDOVERS) return true
      return traced.sources.some(
        (path) =>
          // Next.js packs what it traced, and no other source
          (!/\/\.next\/standalone\//.test(path) && path.split('/').some((part) => OUTPUT.test(part))) ||
          this.comesTo(source, path, Number.MAX_SAFE_INTEGER, depth + 1),
      )
    })
  }

  /** Sources of a COPY from another stage that this stage was to get from the context. */
  private checkHandovers(): UnmetNeed[] {
    return this.image.timeline.events.flatMap((event, at) => {
      if (event.kind !== 'handover' || event.stageIndex === null) return []
      const source = this.images.find((one) => one.timeline.stageIndex === event.stageIndex)
      if (source === undefined) return []
      return event.sources.flatMap((path) => this.checkHandover(event.where, at, source, path))
    })
  }

  private checkHandover(where: InstructionRef, at: number, source: Image, path: string): UnmetNeed[] {
    if (/[*?[]/.test(path)) return []
    const place = resolveContainerPath('/', path)
    const {actions, project, timeline} = source
    const [contextPath, ...others] = project.sourcesOf(place)
    if (contextPath === undefined || contextPath === '' || others.length > 0) return []
    const decidedBy = this.facts.findIgnoring(contextPath)
    const name = contextPath.slice(contextPath.lastIndexOf('/') + 1)
    const isMade =
      this.facts.tree.find(contextPath) < 0 ||
      contextPath.split('/').some((part) => OUTPUT.test(part)) ||
      actions.some(
        ({words, script}) => words.some((word) => word.includes(name)) || script?.text.includes(name),
      ) ||
      timeline.events.some(
        (event) =>
          (event.kind === 'run' &&
            event.commands.some(({words}) => words.some((word) => word.includes(name)))) ||
          (event.kind === 'handover' && isWithin(place, resolveContainerPath('/', event.destination))),
      )
    if (decidedBy === null || isMade) return []
    const action = toHandoverAction(where, at)
    const need: Need = {contextPath, certainty: 'must', askedBy: null}
    return [{action, need, state: 'ignored', decidedBy, later: null, git: null}]
  }

  /** Whether another stage or image brings what lies there. */
  private isHandedOver(action: SurveyedAction, contextPath: string): boolean {
    const {events} = this.image.timeline
    if (this.isHandedOn(timeOf(action), contextPath)) return true
    const landings = events.slice(0, timeOf(action)).flatMap((event) =>
      event.kind !== 'arrival'
        ? []
        : event.placements.flatMap((placement) => {
            const relation = relate(placement, contextPath)
            return relation?.how === 'carried' && relation.landing !== null ? [relation.landing] : []
          }),
    )
    const places = landings.length > 0 ? landings : [action.directory]
    return events
      .slice(0, timeOf(action))
      .some(
        (event) =>
          event.kind === 'handover' &&
          places.some(
            (place) =>
              isWithin(place, event.destination) ||
              (landings.length === 0 && isWithin(event.destination, place)),
          ),
      )
  }

  /** Whether a stage that got it is taken from. */
  private isHandedOn(at: number, contextPath: string): boolean {
    const {events} = this.image.timeline
    const sources = events
      .slice(0, at)
      .flatMap((event) => (event.kind === 'handover' ? [event.stageIndex] : []))
    return this.images.some(
      ({timeline}) =>
        timeline !== this.image.timeline &&
        sources.includes(timeline.stageIndex) &&
        timeline.events.some((event) => event.kind === 'arrival' && brings(event, contextPath)),
    )
  }

  /** What reads the repository needs it whole, and here. */
  private checkRepository(action: SurveyedAction, number: number): UnmetNeed[] | null {
    const {use, at} = action
    const {project} = this.image
    if (!use?.git || use.git.isDoubt || project.lacksGit || isBySign(use.git)) return null
    if (use.git.askedBy && this.isEdited(action, use.git.askedBy.path)) return null
    if (this.image.actions.slice(0, number).some(({makesRepository}) => makesRepository !== undefined))
      return null
    const path = this.findRepository(project.sourcesOf(action.directory))
    if (path === null) return null
    const {reason, instead = null, askedBy = null} = use.git
    const certainty = action.program === 'git' || instead?.includes('PRETEND_VERSION') ? 'must' : 'likely'
    const create = (contextPath: string, rest: Pick<UnmetNeed, 'state'> & Partial<UnmetNeed>): UnmetNeed => ({
      action,
      need: {contextPath, certainty, askedBy: askedBy && {...askedBy, text: ''}},
      decidedBy: -1,
      later: null,
      git: {reason, instead, target: null},
      ...rest,
    })
    const decidedBy = this.facts.findIgnoring(path)
    if (decidedBy !== null) return [create(path, {state: 'ignored', decidedBy})]
    const target = this.readWorktreeLink(path)
    if (target !== null) return [create(path, {state: 'worktree', git: {reason, instead, target}})]
    const parts = PARTS_OF_GIT.flatMap((name) => {
      const part = joinPath(path, name)
      const ignoring = this.facts.findIgnoring(part)
      return ignoring === null ? [] : [create(part, {state: 'ignored', decidedBy: ignoring})]
    })
    if (parts.length > 0) return parts
    if (this.hasArrived(timeOf(action), path) || this.isHandedOver(action, path)) return null
    return [create(path, {state: 'not-copied', later: this.findLater(at, path)})]
  }

  /** Whether the step or an earlier one writes into a file: what it says here is not what the action reads. */
  private isEdited(action: SurveyedAction, contextPath: string): boolean {
    const name = contextPath.slice(contextPath.lastIndexOf('/') + 1)
    return this.image.timeline.events
      .slice(0, timeOf(action) + 1)
      .some(
        (event) =>
          event.kind === 'run' &&
          event.commands.some(
            ({words}) =>
              /(?:^|\/)(?:sed|perl)$/.test(words[0] ?? '') &&
              words.some((word) => /^-[a-z]*i/.test(word)) &&
              words.some((word) => word === name || word.endsWith(`/${name}`)),
          ),
      )
  }

  /** The `.git` at or above one of these directories of the context; null where there is none. */
  private findRepository(directories: readonly string[]): string | null {
    for (const directory of directories.length > 0 ? directories : ['']) {
      for (let at = directory; ; at = parentPath(at)) {
        const path = joinPath(at, '.git')
        if (this.facts.tree.find(path) >= 0) return path
        if (at === '') break
      }
    }
    return null
  }

  /** Where a `.git` that is a file points, if that is outside the context. */
  private readWorktreeLink(path: string): string | null {
    const {tree} = this.facts
    const entry = tree.find(path)
    if (tree.isDirectory(entry) || tree.sizeOf(entry) > MAX_WORKTREE_LINK) return null
    const target = /^gitdir: (.+)$/m.exec(this.facts.textOf(path) ?? '')?.[1]
    return target !== undefined && /^(?:\/|\.\.\/|[A-Za-z]:)/.test(target) ? target : null
  }
}

/** Programs that write sources. */
const GENERATORS =
  /(?:^|[/:_-])(?:gen|generate|codegen|protoc|buf|prisma|swag|sqlc|wire|templ|ent|mockgen|gqlgen|orval|openapi|flatc|thrift|capnp|bindgen|build_runner|i18n|relay-compiler)(?:$|[:_.-])/i

function isGenerator({words}: SurveyedAction): boolean {
  return words.some((word) => GENERATORS.test(word))
}

/** A COPY from another stage, as what asks for a file. */
function toHandoverAction(where: InstructionRef, at: number): SurveyedAction {
  return {
    text: where.text,
    called: where.text,
    words: [],
    program: 'COPY',
    directory: '/',
    env: new Map(),
    isCertain: true,
    where,
    at,
    isStart: false,
    use: null,
  }
}

/** A file that is copied to what may be a directory of the base image, which no name tells. */
function isPutInto({contextPath, containerPath}: Placement, wanted: string): boolean {
  const name = contextPath.slice(contextPath.lastIndexOf('/') + 1)
  return containerPath === parentPath(wanted) && wanted.endsWith(`/${name}`)
}

/** A call of git in a text may never be reached, and what a script does is an action of its own. */
function isBySign({reason, isReached}: GitUse): boolean {
  return !isReached && / (?:calls|installs hooks into the repository)\b/.test(reason)
}

/** What a container does happens after all that its image is made of. */
function timeOf({isStart, at}: SurveyedAction): number {
  return isStart ? Number.MAX_SAFE_INTEGER : at
}

/** The mounts of a step stand right before it. */
function firstMountOf(events: readonly StageEvent[], at: number): number {
  let first = Math.min(at, events.length)
  while (first > 0 && isMount(events[first - 1]!)) first--
  return first
}

function isMount(event: StageEvent): boolean {
  return event.kind === 'arrival' && event.isMount
}

function brings({placements}: StageEvent & {kind: 'arrival'}, contextPath: string): boolean {
  return placements.some((placement) => {
    const relation = relate(placement, contextPath)
    // A COPY of something in a directory does not bring the directory.
    return relation !== null && (relation.how === 'carried' || placement.contextPath === contextPath)
  })
}

/** Where a step writes; what is not listed may write anywhere. */
const WRITES: Readonly<Record<string, RegExp>> = {
  'npm-install': /(?:^|\/)node_modules(?:\/|$)/,
  'pip-install': /(?:^|\/)(?:\.venv|venv|bin)(?:\/|$)/,
  'bundle-install': /(?:^|\/)vendor(?:\/|$)/,
  'composer-install': /(?:^|\/)vendor(?:\/|$)/,
  'go-vendor': /(?:^|\/)vendor(?:\/|$)/,
  'mix-deps': /(?:^|\/)deps(?:\/|$)/,
  'mix-compile': /(?:^|\/)(?:_build|priv)(?:\/|$)/,
  'dotnet-restore': /(?:^|\/)obj(?:\/|$)/,
  'rails-assets': /(?:^|\/)public(?:\/|$)/,
  'phoenix-assets': /(?:^|\/)static(?:\/|$)/,
  'cargo-build': /(?:^|\/)target(?:\/|$)/,
  'maven-build': /(?:^|\/)target(?:\/|$)/,
  'gradle-build': /(?:^|\/)(?:build|out|bin)(?:\/|$)/,
}

function makesFor(step: string, contextPath: string): boolean {
  if (Object.hasOwn(WRITES, step)) return WRITES[step]!.test(contextPath)
  return /install|restore|deps/.test(step) ? PACKAGES.test(contextPath) : true
}

/** Whether a script that ran before names a file that another one opens, and writes files. */
function isWrittenByScript(
  earlier: readonly SurveyedAction[],
  {contextPath, askedBy, isOpened}: Need,
): boolean {
  if (isOpened !== true) return false
  const name = contextPath.slice(contextPath.lastIndexOf('/') + 1)
  return earlier.some(
    ({script}) =>
      script !== undefined &&
      script.path !== askedBy?.path &&
      script.text.includes(name) &&
      WRITES_FILES.test(script.text),
  )
}

const WRITES_FILES = /write|dump|save|create|copy|open\([^)\n]*["'][wax]|>\s*["']?[\w./$-]/i
