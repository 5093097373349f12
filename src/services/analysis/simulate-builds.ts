import path from 'node:path'
import type {SourceRequest} from '../../build/transfer/measure-source.js'
import {type BuilderLoad, type LoadOutcome, simulateBuilder} from '../../build/transfer/simulate-builder.js'
import {addSizes, NO_SIZES, type Sizes} from '../../report/sizes.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {Build} from '../project.js'

/** What a build sends when one builder builds them all. */
export interface BuilderOutcome {
  /** Its named contexts included. */
  sizes: Sizes
  /** Of its context. */
  main: LoadOutcome
  /** Of its named contexts, in their order. */
  named: readonly LoadOutcome[]
}

/** A build with what it takes from its context, now or once something is written. */
export interface SimulatedBuild extends Pick<Build, 'context' | 'main' | 'named'> {
  /** The tree that the selection is of. */
  tree: FileTree
}

const NOTHING: LoadOutcome = {sizes: NO_SIZES, entryBytes: null, againBytes: null}

/**
 * Simulates the builds of an analysis on one builder, in their order.
 * @param isOneRun compose or bake builds them together
 * @returns parallel to the builds
 */
export function simulateBuilds(builds: readonly SimulatedBuild[], isOneRun: boolean): BuilderOutcome[] {
  const rules = new RulesTexts()
  const loads = builds.flatMap((build, number) => listLoads(build, rules).map((load) => ({...load, number})))
  const outcomes = simulateBuilder(loads, isOneRun)
  return builds.map((_, number) => {
    const own = loads.flatMap((load, at) => (load.number === number ? [{load, outcome: outcomes[at]!}] : []))
    const outcomeOf = (name: string): LoadOutcome =>
      own.find(({load}) => load.name === name)?.outcome ?? NOTHING
    return {
      sizes: addSizes(own.map(({outcome}) => outcome.sizes)),
      main: outcomeOf(MAIN),
      named: builds[number]!.named.map(({name}) => outcomeOf(nameOfNamed(name))),
    }
  })
}

type NamedLoad = BuilderLoad & {name: string}

const MAIN = 'context'

function nameOfNamed(name: string): string {
  return `context ${name}`
}

/** The sources that anything is asked of. */
function listLoads({context, main, named, tree}: SimulatedBuild, rules: RulesTexts): NamedLoad[] {
  const folder = path.basename(context.hostPath)
  const sources = [
    {name: MAIN, source: main, tree},
    ...named.map((one) => ({name: nameOfNamed(one.name), source: one.measured, tree: one.context.tree})),
  ]
  return sources
    .filter(({source: {requests, source}}) => requests.usesContext && source.git === undefined)
    .map(({name, source, tree: ofSource}) => ({
      name,
      copy: JSON.stringify([name, folder]),
      request: describeRequest(source, rules),
      tree: ofSource,
      selection: source.selection,
      transfer: source.transfer,
    }))
}

function describeRequest({source, followedPaths}: SourceRequest, rules: RulesTexts): string {
  const paths = followedPaths && [...followedPaths].sort()
  return JSON.stringify([source.hostPath, rules.numberOf(source.ignoreFile?.rules ?? null), paths])
}

/** The same patterns in another file are the same request: each text of patterns has a number. */
class RulesTexts {
  private readonly numbers = new Map<string, number>()
  private readonly known = new Map<object, number>()

  numberOf(rules: {patterns: readonly {text: string; negated: boolean}[]} | null): number {
    if (rules === null || rules.patterns.length === 0) return -1
    const known = this.known.get(rules)
    if (known !== undefined) return known
    const text = rules.patterns.map((pattern) => `${pattern.negated ? '!' : ''}${pattern.text}`).join('\n')
    const number = this.numbers.get(text) ?? this.numbers.size
    this.numbers.set(text, number)
    this.known.set(rules, number)
    return number
  }
}
