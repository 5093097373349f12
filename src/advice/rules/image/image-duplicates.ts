import {andOthers, sentence} from '../../../languages/text/sentence.js'
import {pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {type DuplicateGroup, groupDuplicates} from './duplicate-groups.js'

/** A pair of them costs so much that a link is worth the trouble. */
const MIN_BYTES = 1_000_000
const MAX_FINDINGS = 20

/** Finds files of one content at several paths. */
export default defineImageRule<DuplicateGroup>({
  id: 'image-duplicates',
  severity: 'info',
  summary: 'Keep one copy of large files',
  reason: 'Each copy is stored and pulled; compression does not find copies that are far apart.',
  remedy: 'Link to one copy, or remove the directory that repeats another.',
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
      {
        layers: [
          {
            by: 'COPY dist /dist # buildkit',
            entries: ['dist/a (600000 bytes) = a', 'dist/b (600000 bytes) = b'],
          },
          {
            by: 'COPY dist /srv/www # buildkit',
            entries: ['srv/www/a (600000 bytes) = a', 'srv/www/b (600000 bytes) = b'],
          },
        ],
      },
    ],
  },
  message: ({nodes, fileCount, bytes}, facts) => {
    const names = sentence`"${pathAt(facts, nodes[0]!)}" and "${pathAt(facts, nodes[1]!)}"`
    return fileCount > 1
      ? sentence`${names} hold ${{count: fileCount, one: 'file', many: 'files'}} of the same content, ${{bytes}}`
      : sentence`${names}${andOthers(nodes.length - 2)} hold the same ${{bytes: bytes / (nodes.length - 1)}}`
  },
  fix: ({fileCount}) =>
    fileCount > 1 ? 'Leave out one of them, or link to the other' : 'Make all but one of them links',
  check: ({duplicates, stack}) =>
    groupDuplicates(duplicates, stack)
      .filter(({bytes}) => bytes >= MIN_BYTES)
      .slice(0, MAX_FINDINGS)
      .map((data) => ({data, bytes: data.bytes, layers: [layerAt(stack, data.copy)]})),
})

function layerAt({fileOf, firstFiles}: Parameters<typeof pathAt>[0]['stack'], node: number): number {
  return firstFiles.findLastIndex((first) => first <= fileOf[node]!)
}
