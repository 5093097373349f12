import {sentence} from '../../../languages/text/sentence.js'
import type {FoundKind} from '../../facts/image/image-contents.js'
import {nameLayer, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'

/** Finds the history of a repository in any layer. */
export default defineImageRule<FoundKind>({
  id: 'image-repository',
  severity: 'warning',
  summary: 'Keep .git out of images',
  reason:
    'The history has every file that was ever committed, also deleted passwords, and everyone who pulls the image gets it.',
  remedy: 'Add .git to the ignore file; pass a commit as a build argument.',
  examples: {
    good: [{layers: [{by: 'COPY . . # buildkit', entries: ['app/a (9 bytes)']}]}],
    bad: [
      {
        layers: [
          {
            by: 'COPY . . # buildkit',
            entries: ['app/.git/HEAD (9 bytes)', 'app/.git/objects/pack/a (5000 bytes)'],
          },
        ],
      },
    ],
  },
  message: ({kind, node, bytes, layer}, facts) =>
    sentence`${nameLayer(facts, layer)} ships "${pathAt(facts, node)}": ${kind.title}, ${{bytes}}`,
  fix: () => 'Add .git to the ignore file',
  check: ({contents}) =>
    contents
      .filter(({kind}) => kind.role === 'repository')
      .map((found) => ({data: found, bytes: found.bytes, layers: [found.layer]})),
})
