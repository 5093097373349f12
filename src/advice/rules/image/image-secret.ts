import {sentence} from '../../../languages/text/sentence.js'
import type {FoundKind} from '../../facts/image/image-contents.js'
import {nameLayer, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'

/** Finds secrets in any layer, those that a later one removed among them. */
export default defineImageRule<FoundKind>({
  id: 'image-secret',
  severity: 'error',
  summary: 'Do not ship secrets, not even removed ones',
  reason:
    'Everyone who pulls the image can read each layer by itself: what a later layer removes is still in it.',
  remedy:
    'Use RUN --mount=type=secret, keep the file out of the context, and replace the secret: it is no longer secret.',
  examples: {
    good: [{layers: [{by: 'COPY . . # buildkit', entries: ['app/.env.example (9 bytes)']}]}],
    bad: [
      {
        layers: [
          {by: 'COPY . . # buildkit', entries: ['app/.env (90 bytes)']},
          {by: 'RUN rm /app/.env', entries: ['- app/.env']},
        ],
      },
    ],
  },
  message: ({kind, node, shownBytes, layer}, facts) => {
    const end = shownBytes === 0 ? ', which a later layer removes: it can still be read' : ''
    return sentence`${nameLayer(facts, layer)} ships "${pathAt(facts, node)}": ${kind.title}${end}`
  },
  fix: () => 'Use RUN --mount=type=secret or the ignore file, and replace the secret',
  check: ({contents, layers}) =>
    contents
      .filter(({kind, layer}) => kind.role === 'secret' && !layers[layer]!.isBase)
      .map((found) => ({data: found, bytes: found.bytes, layers: [found.layer]})),
})
