import {runCacheRules} from '../../advice/rules/cache/all-cache-rules.js'
import {ContextView} from '../../build/cache/context-view.js'
import {createBuildGraph} from '../../build/graph/create-build-graph.js'
import type {Finding} from '../../report/context-report.js'
import {loadCi} from '../cache/load-ci.js'
import {DirectoryDigests} from '../cache/predict/file-digests.js'
import type {AdvisedFile} from './advised-file.js'

/** The rules of `cache` that look at CI. */
const CI_RULES = new Set(['cache-min-mode', 'cache-empty-mount'])

/** What `cache` says of the caches that CI exports, and of cache mounts there. */
export async function findCiCacheProblems(files: readonly AdvisedFile[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const {file, builds} of files) {
    for (const {plan, context, main} of builds) {
      const view = new ContextView(
        context.tree,
        main.selection,
        new DirectoryDigests(context.tree, context.hostPath),
      )
      const graph = createBuildGraph(plan.dockerfile!.evaluated)
      const found = runCacheRules({file, ignoreFile: null, graph, view, ci: await loadCi(plan)})
      findings.push(...found.filter(({rule}) => CI_RULES.has(rule)))
    }
  }
  return findings
}
