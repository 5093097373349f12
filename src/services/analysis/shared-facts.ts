import {KnownEntries} from '../../advice/catalogue/known-entries.js'
import {IgnoreFacts} from '../../advice/facts/ignore-facts.js'
import type {GitIgnore} from '../../languages/gitignore/create-git-ignore.js'
import type {PlanIgnoreFile} from '../../plan/build-plan.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {loadGitIgnore} from '../load/load-git-ignore.js'

/** What the builds of one analysis have in common: worked out once for all that read one context. */
export class SharedFacts {
  private readonly known = new Map<FileTree, KnownEntries>()
  private readonly ignore = new Map<FileTree, Map<string | undefined, IgnoreFacts>>()

  private readonly gitIgnores = new Map<FileTree, GitIgnore | null>()

  knownIn(tree: FileTree): KnownEntries {
    return getOrMake(this.known, tree, () => new KnownEntries(tree))
  }

  /** @param hostPath of the context */
  gitIgnoreOf(tree: FileTree, hostPath: string): GitIgnore | null {
    return getOrMake(this.gitIgnores, tree, () => loadGitIgnore(hostPath, tree))
  }

  /** @param file one of this context: in one analysis its path tells it from others */
  ignoreFactsOf(tree: FileTree, file: PlanIgnoreFile | null): IgnoreFacts {
    const ofTree = getOrMake(this.ignore, tree, () => new Map<string | undefined, IgnoreFacts>())
    return getOrMake(ofTree, file?.path, () => new IgnoreFacts(tree, file))
  }
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
