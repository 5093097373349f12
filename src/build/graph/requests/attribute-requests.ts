import {IgnoreRules} from '../../../languages/ignore/ignore-rules.js'
import {followLinks, type LinkReader} from '../../../tree/model/follow-links.js'
import type {ContextRequest} from './list-requests.js'

/** Says which instructions ask for a path, in the order of the Dockerfile. */
export type Attribution = (path: string) => ContextRequest[]

/** Prepares the question for the requests that go to one context. Links among their paths are followed. */
export function attributeRequests(requests: readonly ContextRequest[], reader: LinkReader): Attribution {
  const asked = requests.map((request) => ({request, rules: createRules(request, reader)}))
  return (path) =>
    asked.filter(({rules}) => rules === null || rules.matchesPath(path)).map(({request}) => request)
}

/** null: the request is for everything. */
function createRules({path, isRoot}: ContextRequest, reader: LinkReader): IgnoreRules | null {
  const followed = isRoot ? null : followLinks([path], reader)
  return followed && IgnoreRules.ofRequests(followed)
}
