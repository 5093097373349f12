import {sentence} from '../../../languages/text/sentence.js'
import {nameLayer, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {groupHidden, type HiddenGroup, MIN_BYTES} from './hidden-groups.js'

/** Finds files that a RUN stores a second time because it changed their owner, mode or time. */
export default defineImageRule<HiddenGroup>({
  id: 'image-ownership-copied',
  severity: 'warning',
  summary: 'Set owner and mode where files are copied',
  reason: 'A separate RUN with chown, chmod or touch stores every file that it changes a second time.',
  remedy: 'Write COPY --chown=… or COPY --chmod=…, or change the files in the RUN that creates them.',
  examples: {
    good: [{layers: [{by: 'COPY --chown=app app /app # buildkit', entries: ['app/a (500000 bytes)']}]}],
    bad: [
      {
        layers: [
          {by: 'COPY app /app # buildkit', entries: ['app/a (500000 bytes)']},
          {by: 'RUN /bin/sh -c chown -R app /app # buildkit', entries: ['app/a (500000 bytes)']},
        ],
      },
    ],
  },
  message: ({node, bytes, layer, hiddenBy}, facts) =>
    sentence`${nameLayer(facts, hiddenBy)} stores ${{bytes}} of "${pathAt(facts, node)}" again: ${nameLayer(facts, layer)} has the same content with another owner, mode or time`,
  fix: ({layer}, facts) =>
    facts.layers[layer]!.keyword === 'RUN'
      ? `Change owner and mode in the step of layer ${layer + 1}`
      : `Add --chown or --chmod to the COPY of layer ${layer + 1}`,
  check: (facts) =>
    groupHidden(
      facts,
      ({kind, hiddenBy}) => kind === 'metadataOnly' && !isCopy(facts.layers[hiddenBy]!.keyword),
    )
      .filter(({bytes}) => bytes >= MIN_BYTES)
      .map((group) => ({data: group, bytes: group.bytes, layers: [group.hiddenBy, group.layer]})),
})

function isCopy(keyword: string): boolean {
  return keyword === 'COPY' || keyword === 'ADD'
}
