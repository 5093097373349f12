import {KnownEntries} from '../../advice/catalogue/known-entries.js'
import {IgnoreFacts} from '../../advice/facts/ignore-facts.js'
import type {GitIgnore} from '../../languages/gitignore/create-git-ignore.js'
import type {PlanIgnoreFile} from '../../plan/build-plan.js'
import type {ContextModel} from '../../tree/model/context-model.js'
import {loadGitIgnore} from '../load/load-git-ignore.js'

/** What the builds of one analysis have in common: worked out once for all that read one context. */
export class SharedFacts {
  private readonly known = new Map<ContextModel, KnownEntries>()
  private readonly ignore = new Map<ContextModel, Map<string | undefined, IgnoreFacts>>()

  private readonly gitIgnores = new Map<ContextModel, GitIgnore | null>()

  knownIn(model: ContextModel): KnownEntries {
    return getOrMake(this.known, model, () => new KnownEntries(model))
  }

  /** @param hostPath of the context */
  gitIgnoreOf(model: ContextModel, hostPath: string): GitIgnore | null {
    return getOrMake(this.gitIgnores, model, () => loadGitIgnore(hostPath, model))
  }

  /** @param file one of this context: in one analysis its path tells it from others */
  ignoreFactsOf(model: ContextModel, file: PlanIgnoreFile | null): IgnoreFacts {
    const ofModel = getOrMake(this.ignore, model, () => new Map<string | undefined, IgnoreFacts>())
    return getOrMake(ofModel, file?.path, () => new IgnoreFacts(model, file))
  }
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
