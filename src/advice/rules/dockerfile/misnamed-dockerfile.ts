import {findNearest} from '../../../languages/text/suggest.js'
import {ROOT} from '../../../tree/model/file-tree.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

/** The names that Docker looks for. */
const DEFAULT_NAMES = ['Dockerfile', 'dockerfile']
const NEAR = /^docker[-_. ]?file(?:\.txt)?$/i
const CONTAINERFILE = /^containerfile$/i

interface Data {
  path: string
  isContainerfile: boolean
}

/** Finds a Dockerfile at the root of the context that `docker build` does not find by itself. */
export default defineRule<Data>({
  id: 'misnamed-dockerfile',
  severity: 'error',
  summary: 'Give the Dockerfile the name that Docker looks for',
  reason:
    'Without --file Docker looks for Dockerfile, then dockerfile, at the root of the context: the build fails before it starts. Only Podman and Buildah look for Containerfile; that is a warning.',
  remedy: 'Rename the file to Dockerfile, or pass its name with --file.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch', tree: ['Dockerfile', 'DockerFile.md']},
      {tree: ['a.txt']},
      {dockerfile: 'FROM scratch', dockerfilePath: 'Containerfile', tree: ['Containerfile']},
    ],
    bad: [
      {tree: ['DockerFile', 'a.txt']},
      {tree: ['Dockerfile.txt', 'a.txt']},
      {tree: ['Dockefile', 'a.txt']},
      {
        dockerfile: 'FROM scratch',
        dockerfilePath: 'Containerfile',
        isSearched: true,
        tree: ['Containerfile'],
      },
    ],
  },
  message: ({path, isContainerfile}) =>
    isContainerfile
      ? `docker build does not find "${path}" by itself: it looks for "Dockerfile" or "dockerfile"`
      : `Docker looks for "Dockerfile" or "dockerfile", not for "${path}": docker build fails here`,
  fix: ({path, isContainerfile}) =>
    isContainerfile
      ? `Pass it: docker build -f ${path} ., or link it: ln -s ${path} Dockerfile`
      : `Rename it to "Dockerfile", or pass --file "${path}"`,
  check(facts) {
    const {dockerfile} = facts.plan
    if (dockerfile?.isSearched && CONTAINERFILE.test(dockerfile.path)) {
      const data = {path: dockerfile.path, isContainerfile: true}
      return [{data, place: {file: dockerfile.path, line: 1}, severity: 'warning'}]
    }
    return dockerfile === null ? listNearNames(facts).map(toHit) : []
  },
})

function toHit(path: string) {
  return {data: {path, isContainerfile: false}, place: {file: path, line: 1}}
}

function listNearNames({tree}: RuleFacts): string[] {
  const names: string[] = []
  for (const entry of tree.childrenOf(ROOT)) {
    const name = tree.nameOf(entry)
    if (tree.isDirectory(entry) || name.length > 20 || DEFAULT_NAMES.includes(name)) continue
    if (NEAR.test(name) || findNearest(name, DEFAULT_NAMES) !== null) names.push(name)
  }
  return names
}
