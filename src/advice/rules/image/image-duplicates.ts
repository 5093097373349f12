import {andOthers, sentence} from '../../../languages/text/sentence.js'
import {type DuplicateFiles, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'

/** A pair of them costs so much that a link is worth the trouble. */
const MIN_BYTES = 1_000_000

/** Finds files of one content at several paths. */
export default defineImageRule<DuplicateFiles>({
  id: 'image-duplicates',
  severity: 'info',
  summary: 'Keep one copy of large files',
  reason: 'Each copy is stored and pulled; compression does not see across files that lie far apart.',
  remedy: 'Link to one copy, or leave out the directory that repeats another.',
  examples: {
    good: [
      {
        layers: [
          {by: 'COPY a /a # buildkit', entries: ['a (2000000 bytes) = one', 'b (2000000 bytes) = other']},
        ],
      },
    ],
    bad: [
      {
        layers: [
          {by: 'COPY a /a # buildkit', entries: ['a (2000000 bytes) = one', 'b (2000000 bytes) = one']},
        ],
      },
    ],
  },
  message: ({bytes, nodes}, facts) =>
    sentence`"${pathAt(facts, nodes[0]!)}" and "${pathAt(facts, nodes[1]!)}"${andOthers(nodes.length - 2)} hold the same ${{bytes}}`,
  fix: () => 'Make all but one of them links',
  check: ({duplicates, stack}) =>
    duplicates
      .filter(({bytes, nodes}) => bytes * (nodes.length - 1) >= MIN_BYTES)
      .slice(0, 20)
      .map((data) => ({
        data,
        bytes: data.bytes * (data.nodes.length - 1),
        layers: [layerAt(stack, data.nodes[1]!)],
      })),
})

function layerAt({fileOf, firstFiles}: Parameters<typeof pathAt>[0]['stack'], node: number): number {
  return firstFiles.findLastIndex((first) => first <= fileOf[node]!)
}
