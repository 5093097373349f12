import {createProofInput, findFiles} from '../../build/graph/proof-input.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {EvidenceWant} from '../facts/evidence.js'

const LIMITS = {maxBytes: 256 * 1024, maxFiles: 200}

/** Files that say how a project is built, and whether Git is needed for it. */
const MANIFESTS: EvidenceWant = {
  ...LIMITS,
  globs: [
    'package.json',
    'pnpm-workspace.yaml',
    'pyproject.toml',
    'setup.py',
    'setup.cfg',
    '[Mm]akefile',
    'GNUmakefile',
    '[Jj]ustfile',
    'Taskfile.yml',
    'Taskfile.yaml',
    'Cargo.toml',
    'build.rs',
    'go.mod',
    'pom.xml',
    'build.gradle',
    'build.gradle.kts',
    'settings.gradle',
    'settings.gradle.kts',
    'mix.exs',
    'CMakeLists.txt',
    'meson.build',
    'Directory.Build.props',
    'Directory.Build.targets',
    '*.[cf]sproj',
    '*.vbproj',
    ...['next', 'vite', 'webpack', 'rollup', 'nuxt', 'astro', 'vue', 'svelte'].flatMap((tool) => [
      `${tool}.config.[jt]s`,
      `${tool}.config.[cm][jt]s`,
    ]),
    '.gitignore',
  ],
}

/** What the proofs for some builds of one context want to read: the scripts that RUN lines execute, and manifests. */
export function listWantedByProofs(tree: FileTree, plans: readonly BuildPlan[]): EvidenceWant[] {
  return [{...LIMITS, paths: listScripts(tree, plans)}, MANIFESTS]
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
