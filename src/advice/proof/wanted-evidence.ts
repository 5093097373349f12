import {createProofInput, findFiles, type PlannedGraph} from '../../build/graph/proof-input.js'
import {resolveContainerPath} from '../../languages/text/container-path.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {EvidenceWant} from '../facts/evidence.js'
import {listSourceFiles, MAX_SOURCES} from './survey/source-files.js'

const MAX_BYTES = 256 * 1024

/**
 * What the proofs for some builds of one context want to read: the scripts that RUN lines execute, then all that holds
 * code or says how the project is built. Nothing where no build has a Dockerfile.
 */
export function listWantedByProofs(tree: FileTree, builds: readonly PlannedGraph[]): EvidenceWant[] {
  if (builds.every(({graph}) => graph === null)) return []
  const paths = new Set([...listScripts(tree, builds), ...listSourceFiles(tree)])
  return [{paths: [...paths], maxBytes: MAX_BYTES, maxFiles: MAX_SOURCES}]
}

function listScripts(tree: FileTree, builds: readonly PlannedGraph[]): string[] {
  return builds.flatMap((build) => {
    const input = createProofInput(build, tree, new Map(), [])
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
