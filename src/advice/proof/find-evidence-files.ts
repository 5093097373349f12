import {createProofInput, findFiles} from '../../build/graph/proof-input.js'
import {ifSound} from '../../languages/ignore/if-sound.js'
import {PatternMatcher} from '../../languages/ignore/pattern-matcher.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'

/** No more files than these are worth opening. */
const MAX_FILES = 200

/** Deeper than this no project file of interest stands. */
const MAX_DEPTH = 6

/** Files that say how a project is built, and whether Git is needed for it. */
const MANIFEST =
  /^(?:package\.json|pnpm-workspace\.yaml|pyproject\.toml|setup\.py|setup\.cfg|[Mm]akefile|GNUmakefile|[Jj]ustfile|Taskfile\.ya?ml|Cargo\.toml|build\.rs|go\.mod|pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|mix\.exs|CMakeLists\.txt|meson\.build|Directory\.Build\.(?:props|targets)|.*\.(?:cs|fs|vb)proj|(?:next|vite|webpack|rollup|nuxt|astro|vue|svelte)\.config\.[cm]?[jt]s|\.gitignore)$/

/** What is installed or generated says nothing about the project. */
const NOT_ENTERED =
  /^(?:node_modules|\.git|\.hg|\.svn|__pycache__|\.venv|venv|target|\.next|bower_components|\.tox)$/

/**
 * Lists the files of a context whose text a proof wants, among those that an ignore file leaves: the scripts that
 * RUN lines execute, then manifests, those nearest to the root first.
 */
export function findEvidenceFiles(tree: FileTree, plans: readonly BuildPlan[]): string[] {
  const matchers = plans.map(({context}) => new PatternMatcher(context.ignoreFile?.file.patterns ?? []))
  const isEligible = (path: string) =>
    matchers.some((matcher) => ifSound(() => matcher.matchPath(path).matched) === false)
  const paths = new Set([...listScripts(tree, plans), ...listManifests(tree)])
  return [...paths].filter(isEligible).slice(0, MAX_FILES)
}

function listScripts(tree: FileTree, plans: readonly BuildPlan[]): string[] {
  return plans.flatMap((plan) => {
    const input = createProofInput(tree, plan, new Map(), [])
    return (input.timelines ?? []).flatMap((timeline) =>
      timeline.events.flatMap((event) => {
        if (event.kind !== 'run') return []
        return event.actions.flatMap(({runsFile, directory}) => {
          if (runsFile === undefined) return []
          const path = resolveContainerPath(directory, runsFile)
          const slash = path.lastIndexOf('/')
          return findFiles(input, timeline, path.slice(0, slash), path.slice(slash + 1))
        })
      }),
    )
  })
}

function listManifests(tree: FileTree): string[] {
  const found: {path: string; depth: number}[] = []
  const collect = (directory: number, depth: number) => {
    for (const child of tree.childrenOf(directory)) {
      const name = tree.nameOf(child)
      if (tree.isDirectory(child)) {
        if (depth < MAX_DEPTH && !NOT_ENTERED.test(name)) collect(child, depth + 1)
      } else if (MANIFEST.test(name) && tree.typeOf(child) === 'file') {
        found.push({path: tree.pathOf(child), depth})
      }
    }
  }
  collect(ROOT, 0)
  return found.sort((one, other) => one.depth - other.depth).map(({path}) => path)
}
