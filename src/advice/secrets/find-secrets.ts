import type {BuildGraph} from '../../build/graph/build-graph.js'
import {attributeRequests} from '../../build/graph/requests/attribute-requests.js'
import {type ContextRequest, listRequestsTo} from '../../build/graph/requests/list-requests.js'
import {type Destiny, traceToImage} from '../../build/graph/trace-to-image.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import type {TrackedPaths} from '../../languages/git/tracked-paths.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {LinkReader} from '../../tree/model/follow-links.js'
import type {CatalogueEntry} from '../catalogue/catalogue-entry.js'
import type {SuspectEntry} from '../catalogue/list-suspects.js'
import {findSuspects} from './find-suspects.js'
import {isHarmlessInGit, isOfTrial} from './is-harmless-in-git.js'

/** Where secrets are looked for. */
export interface SecretSearch {
  tree: FileTree
  /** Of the tree. */
  suspects: readonly SuspectEntry[]
  selection: Selection
  /** The named context; null for the main one. */
  context: string | null
  /** null: there is no Dockerfile. */
  graph: BuildGraph | null
  linkReader: LinkReader
  /** Beginnings of the files that `listWantedForSecrets` names, by path. */
  texts: ReadonlyMap<string, string>
  /** What Git tracks; null: nothing tells. */
  tracked: TrackedPaths | null
  /** Where the context lies in the project. Default: at its root. */
  folder?: string
}

/** A secret that crosses. Nothing of its content is kept. */
export interface FoundSecret {
  path: string
  /** As the catalogue says it: `environment file with secrets`. */
  title: string
  /** What its content proves, such as `a private key`; null where the name is enough. */
  finds: string | null
  /** The instruction that takes it furthest; null where none is known. */
  carrier: {request: ContextRequest; destiny: Destiny} | null
  /** Git tracks it: whoever has the repository has it. */
  isTracked: boolean
}

/** Finds the secrets of a transfer, each with the instruction that takes it furthest. */
export function findSecrets(search: SecretSearch): FoundSecret[] {
  const {tree, suspects, selection, graph, context, linkReader, texts, tracked, folder = ''} = search
  const attribute = attributeRequests(listRequestsTo(graph, context), linkReader)
  const isHarmless = (path: string, entry: CatalogueEntry): boolean =>
    isOfTrial(folder) || isHarmlessInGit(tree, path, entry, texts)
  return findSuspects(tree, suspects, selection).flatMap((suspect) => {
    const entry = identify(suspect, texts)
    const isTracked = tracked?.has(suspect.path) === true
    if (entry === undefined || (isTracked && isHarmless(suspect.path, entry))) return []
    const {title, content} = entry
    const carriers =
      graph === null
        ? []
        : attribute(suspect.path).map((request) => ({
            request,
            destiny: traceToImage(graph, request, suspect.path),
          }))
    return [
      {path: suspect.path, title, finds: content?.finds ?? null, carrier: pickFurthest(carriers), isTracked},
    ]
  })
}

/** What a suspect is: the first entry that its name or its content proves. */
function identify(
  {path, candidates}: SuspectEntry,
  texts: ReadonlyMap<string, string>,
): CatalogueEntry | undefined {
  const text = texts.get(path)
  return candidates.find(({content}) => {
    if (content === undefined) return true
    return text !== undefined && content.pattern.test(text.slice(0, content.maxBytes))
  })
}

function pickFurthest<Carrier extends {destiny: Destiny}>(carriers: readonly Carrier[]): Carrier | null {
  const inOrder: readonly Destiny['kind'][] = ['image', 'stage', 'mount', 'excluded']
  const rank = ({destiny}: Carrier) => inOrder.indexOf(destiny.kind)
  const [first = null] = [...carriers].sort((one, other) => rank(one) - rank(other))
  return first
}
