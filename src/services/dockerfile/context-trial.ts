import {createBuildGraph} from '../../build/graph/create-build-graph.js'
import {measureSource} from '../../build/transfer/measure-source.js'
import type {Finding} from '../../report/context-report.js'
import {findProblems} from '../analysis/find-problems.js'
import {groupBuilds} from '../analysis/measure-project.js'
import {loadEvidence} from '../load/load-evidence.js'
import {changeTexts} from '../load/load-plan.js'
import {followRequests} from '../load/load-project.js'
import type {ProjectReadings} from '../load/project-readings.js'
import type {Evidence, IgnoreGroup, ProjectBuild} from '../project.js'

/** Runs the rules of `context` on other texts of a build's Dockerfile, with the ignore file as it is. */
export class ContextTrial {
  private group: (IgnoreGroup & {evidence: Evidence}) | null = null

  constructor(
    private readonly build: ProjectBuild,
    private readonly readings: ProjectReadings,
    /** What was read for the build; null: nothing yet. */
    private readonly known: Evidence | null,
  ) {}

  /** What is wrong with the build that a text makes: sources that are not there or ignored, files that arrive empty, and so on. @throws SlimCheckError where it cannot be built */
  findProblems(text: string): Finding[] {
    const {build} = this
    this.group ??= this.loadGroup()
    const {context, asked} = build
    const plan = changeTexts(
      build.plan,
      asked.options,
      new TextEncoder().encode(text),
      build.plan.context.ignoreFile,
    )
    const graph = createBuildGraph(plan.dockerfile!.evaluated)
    const main = measureSource(context.tree, followRequests(plan.context, graph, null))
    const named = build.named.map((one) => {
      const request = followRequests(one.measured.source, graph, one.name)
      return {...one, measured: measureSource(one.context.tree, request)}
    })
    return findProblems({...build, plan, graph, main, named}, this.group)
  }

  private loadGroup(): IgnoreGroup & {evidence: Evidence} {
    const [group] = groupBuilds([this.build])
    return this.known === null ? loadEvidence([group!], this.readings)[0]! : {...group!, evidence: this.known}
  }
}
