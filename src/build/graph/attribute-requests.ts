import type {ContextRequest} from '../../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {ifSound} from '../../languages/ignore/if-sound.js'
import {createIgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../languages/ignore/pattern-matcher.js'
import {followLinks, type LinkReader} from '../../tree/model/follow-links.js'

/** Says which instructions ask for a path, in the order of the Dockerfile. */
export type Attribution = (path: string) => ContextRequest[]

/** Prepares the question for the requests that go to one context. Links among their paths are followed. */
export function attributeRequests(requests: readonly ContextRequest[], reader: LinkReader): Attribution {
  const asked = requests.map((request) => ({request, matcher: createMatcher(request, reader)}))
  return (path) =>
    asked
      .filter(({matcher}) => matcher === null || ifSound(() => matcher.matchPath(path).matched))
      .map(({request}) => request)
}

/** null: the request is for everything. */
function createMatcher({path, isRoot}: ContextRequest, reader: LinkReader): PatternMatcher | null {
  const followed = isRoot ? null : followLinks([path], reader)
  return followed && new PatternMatcher(followed.map((pattern) => createIgnorePattern(pattern)))
}
