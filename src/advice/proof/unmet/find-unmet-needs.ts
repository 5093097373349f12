/** What the programs of a build read of its context and do not find there. */

import {relate} from '../../../build/graph/placements.js'
import type {InstructionRef} from '../../../build/graph/timeline.js'
import {baseName, isWithin, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {Need, SourceTree} from '../consumers/consumption.js'
import {listToolFiles} from '../consumers/files/tool-files.js'
import {resolveIn} from '../consumers/needs.js'
import type {Image, SurveyedAction} from '../survey/survey.js'
import {Arrivals, timeOf} from './arrivals.js'
import {isOutput, isPackages} from './build-outputs.js'
import {findAbsentFiles, isNowhere} from './find-absent.js'
import {findHandoverNeeds} from './handover-needs.js'
import {hasGenerator, isEdited, isMadeBefore, isWrittenByScript} from './made-before.js'
import {isMounted} from './mounted-places.js'
import {listInterfaces, listNamedFiles, toCommandAction} from './named-files.js'
import {listNamedInSettings} from './named-in-settings.js'
import {findRepositoryNeeds} from './repository-needs.js'
import {listServerIncludes} from './server-includes.js'
import type {ContextFacts, UnmetNeed} from './unmet-need.js'

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

const MANIFEST = 'package.json'
const SETTINGS_OPTION = /^(?:-c|--config|--config-file|--configuration-file)$/

class NeedSearch {
  /** By the path of what asks: a source may ask for much. */
  private readonly lacking = new Map<SurveyedAction, Map<string, boolean>>()
  readonly arrivals: Arrivals

  constructor(
    readonly image: Image,
    readonly facts: ContextFacts,
    private readonly images: readonly Image[],
  ) {
    this.arrivals = new Arrivals(image, facts, images)
  }

  run(): UnmetNeed[] {
    const found = new Map<string, UnmetNeed>()
    for (const [number, action] of this.image.actions.entries()) {
      if (this.isSkipped(action) || this.isOfOtherManifest(action)) continue
      const unmet = [
        ...this.listNeeds(action).flatMap((need) => this.checkFile(action, number, need) ?? []),
        ...findRepositoryNeeds(this, action, number),
      ]
      // What fails first hides what would fail later.
      for (const one of unmet) {
        const key = `${one.state} ${one.need.contextPath}`
        if (!found.has(key)) found.set(key, one)
      }
    }
    const others = [
      ...findHandoverNeeds(this.image, this.facts, this.images),
      ...this.checkNamed(),
      ...this.checkAbsent(),
    ]
    for (const one of others) {
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
            (this.facts.findIgnoring(path) !== null || !this.arrivals.hasArrived(timeOf(action), path)) &&
            !this.arrivals.isHandedOver(action, path),
        )
      )
    })
  }

  /** Whether an install runs in a directory whose manifest a step has written: its scripts are not those of ours. */
  private isOfOtherManifest({called, text, at}: SurveyedAction): boolean {
    if (called === text || !/^(?:npm|pnpm|yarn|bun)\b/.test(text)) return false
    const install = this.image.actions.find(
      (one) => one.at === at && one.called === text && one.text === text,
    )
    if (install === undefined || this.image.project.read(install.directory, MANIFEST).length === 0)
      return false
    return !this.arrivals.comesTo(resolveContainerPath(install.directory, MANIFEST), timeOf(install))
  }

  /** Files that commands name, whatever the program does with them. */
  private checkNamed(): UnmetNeed[] {
    const {actions} = this.image
    const {tree, findIgnoring} = this.facts
    const has = (path: string) =>
      tree.find(path) >= 0 || (findIgnoring(path) !== null && (/\.\w+$/.test(path) || isSourceFolder(path)))
    const named = [...listNamedFiles(this.image, has), ...listServerIncludes(this.image)]
    return named.flatMap(({action, needs}) => {
      const behind = actions.findIndex(({at}) => at > action.at)
      const number = behind < 0 ? actions.length : behind
      return needs
        .filter(({askedBy}) => askedBy === null || !isEdited(this.image, action, askedBy.path))
        .flatMap((need) => this.checkFile(action, number, need) ?? [])
    })
  }

  /** What commands take out of copied directories and is nowhere. */
  private checkAbsent(): UnmetNeed[] {
    const {events} = this.image.timeline
    const {isMissing} = this.facts
    if (isMissing === undefined) return []
    return findAbsentFiles(this.image, isMissing).flatMap(({at, command, contextPath, containerPath}) => {
      const event = events[at]!
      if (event.kind !== 'run') return []
      const need: Need = {contextPath, certainty: 'must', askedBy: null}
      if (event.isStart && isMounted(this.image, containerPath, {...need, isOpened: true})) return []
      const action = toCommandAction(event, at, command)
      return [{action, need, state: 'absent' as const, decidedBy: -1, later: null, git: null}]
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
    ).filter((path) => runsFile !== undefined || !isPackages(path))
    return [
      ...needs,
      ...paths.map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: null})),
      ...(paths.length === 0 ? this.listBesideManifest(action, file) : []),
    ]
  }

  /** What a script of package.json starts by a path that climbs out of its directory. */
  private listBesideManifest({called, text, directory}: SurveyedAction, file: string): Need[] {
    if (called === text || !file.startsWith('../')) return []
    const {project} = this.image
    const containerPath = resolveContainerPath(directory, file)
    return project
      .read(directory, MANIFEST)
      .map((manifest) => ({manifest, contextPath: resolveIn(parentPath(manifest.path), file)}))
      .filter(({contextPath}) => project.isFile(contextPath))
      .map(({manifest, contextPath}): Need => {
        const askedBy = {path: manifest.path, line: 1, text: 'scripts'}
        return {contextPath, certainty: 'must', askedBy, containerPath}
      })
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
    // Who keeps out what is only taken where it exists means it so.
    if (decidedBy !== null && need.certainty === 'may' && !(need.isKept && this.facts.isTracked(contextPath)))
      return null
    if (this.isOfTheBuild(action, number, need)) return null
    if (need.containerPath !== undefined) return this.checkPlace(unmet, need.containerPath)
    return this.checkArrival(unmet, number, decidedBy)
  }

  /** @param decidedBy the number of the rule that keeps it out; null where it is sent or not there */
  private checkArrival(
    unmet: Omit<UnmetNeed, 'state'>,
    number: number,
    decidedBy: number | null,
  ): UnmetNeed | null {
    const {action, need} = unmet
    const {contextPath} = need
    if (decidedBy === null) {
      if (this.facts.tree.find(contextPath) < 0) return this.checkNowhere(unmet)
      if (this.arrivals.hasArrived(timeOf(action), contextPath)) return this.checkLanding(unmet)
    }
    if (this.isBrought(action, number, need)) return null
    if (need.isNamed && this.facts.isUntracked?.(contextPath)) return null
    if (decidedBy !== null) return {...unmet, state: 'ignored', decidedBy}
    if (need.askedBy === null && this.arrivals.hasOther(action, contextPath)) return null
    const later = this.arrivals.findLater(action.at, contextPath)
    return this.isDispensable(need, later) ? null : {...unmet, state: 'not-copied', later}
  }

  /** What code opens, and what is no source: Git does not track it, or an earlier script writes it. */
  private isOfTheBuild(action: SurveyedAction, number: number, need: Need): boolean {
    if (need.isOpened !== true) return false
    const isUntracked = this.facts.isUntracked?.(need.contextPath) === true
    return isUntracked || isWrittenByScript(this.image, action, number, need)
  }

  /** Whether an action does without what has not come. */
  private isDispensable(need: Need, later: InstructionRef | null): boolean {
    if (this.comesInTime(need, later) || (need.certainty === 'may' && later === null)) return true
    return (
      need.isMember === true && !this.images.some((image) => getsAny(image, parentPath(need.contextPath)))
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
    if (hasGenerator(this.image, action) || this.arrivals.isHandedOver(action, found.path)) return null
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
    if (this.arrivals.comesTo(containerPath, timeOf(unmet.action))) return null
    if (unmet.action.isStart && isMounted(this.image, containerPath, unmet.need)) return null
    return decidedBy === null ? {...unmet, state: 'not-copied'} : {...unmet, state: 'ignored', decidedBy}
  }

  /** Whether every service mounts something where a start names the file. */
  private isMountedAt({isStart, words, directory}: SurveyedAction, need: Need): boolean {
    const name = baseName(need.contextPath)
    const places = words.filter((word) => baseName(word) === name)
    return (
      isStart &&
      places.length > 0 &&
      places.every((word) => isMounted(this.image, resolveContainerPath(directory, word), need))
    )
  }

  /** What nobody has written yet: a build of something else is to make it. */
  private checkNowhere(unmet: Omit<UnmetNeed, 'state'>): UnmetNeed | null {
    const {need, action} = unmet
    const {isMissing} = this.facts
    if (need.isStrict !== true || isMissing === undefined || !isMissing(need.contextPath)) return null
    const landings = this.image.timeline.events.slice(0, action.at).flatMap((event) =>
      event.kind !== 'arrival'
        ? []
        : event.placements.flatMap((placement) => {
            const relation = relate(placement, need.contextPath)
            return relation?.how === 'carried' && relation.landing !== null ? [relation.landing] : []
          }),
    )
    const isAbsent =
      landings.length > 0 && landings.every((one) => isNowhere(this.image, one, isMissing, action.at))
    return isAbsent ? {...unmet, need: {...need, certainty: 'likely'}, state: 'absent'} : null
  }

  /** What has come, and may have been put where nobody looks for it. */
  private checkLanding(unmet: Omit<UnmetNeed, 'state'>): UnmetNeed | null {
    const {place} = unmet.need
    if (place === undefined || place.startsWith('/?')) return null
    if (this.arrivals.comesTo(place, timeOf(unmet.action))) return null
    return {...unmet, state: 'not-copied', missedPlace: place}
  }

  /** Whether an earlier command makes a file, another stage hands it over, or a mount holds it. */
  private isBrought(action: SurveyedAction, number: number, need: Need): boolean {
    return (
      isMadeBefore(this.image, action, number, need) ||
      this.arrivals.isHandedOver(action, need.contextPath) ||
      this.isMountedAt(action, need)
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
    return !this.arrivals.hasArrived(at, askedBy.path) && !this.arrivals.isHandedOver(action, askedBy.path)
  }
}

/** What nobody looked into is there, unless a build makes such directories. */
function isSourceFolder(path: string): boolean {
  return path.includes('/') && !isOutput(path) && !path.split('/').some((part) => part.startsWith('.'))
}

/** Whether an image ever gets a directory of the context, or something in it. */
function getsAny({timeline}: Image, directory: string): boolean {
  return timeline.events.some(
    (event) =>
      event.kind === 'arrival' &&
      event.placements.some(
        (placement) => isWithin(placement.contextPath, directory) || relate(placement, directory) !== null,
      ),
  )
}
