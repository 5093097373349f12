import {sentence} from '../../../languages/text/sentence.js'
import {nameLayer, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {groupHidden, type HiddenGroup, MIN_BYTES} from './hidden-groups.js'

/** Finds files that one layer ships and a later one removes. */
export default defineImageRule<HiddenGroup>({
  id: 'image-removed-too-late',
  severity: 'warning',
  summary: 'Remove files in the step that creates them',
  reason: 'A layer only hides files of the layers below it: the removed bytes are still stored and pulled.',
  remedy:
    'Remove them at the end of the same RUN, mount a cache on the directory, or create them in another stage.',
  examples: {
    good: [{layers: [{by: 'RUN make && rm -rf /build', entries: ['app (9 bytes)']}]}],
    bad: [
      {
        layers: [
          {by: 'RUN curl -O https://example.com/tool.tar', entries: ['tool.tar (5000000 bytes)']},
          {by: 'RUN rm /tool.tar', entries: ['- tool.tar']},
        ],
      },
    ],
  },
  message: ({node, bytes, layer, hiddenBy}, facts) =>
    sentence`"${pathAt(facts, node)}" is in ${nameLayer(facts, layer)} and removed by ${nameLayer(facts, hiddenBy)}: ${{bytes}} that every host pulls and no container has`,
  fix: ({layer, hiddenBy}) =>
    `Remove it in the step of layer ${layer + 1} instead of layer ${hiddenBy + 1}, or create it in another stage`,
  check: (facts) =>
    groupHidden(facts, ({kind}) => kind === 'removed')
      .filter(({bytes, layer}) => bytes >= MIN_BYTES && !facts.layers[layer]!.isBase)
      .map((group) => ({data: group, bytes: group.bytes, layers: [group.layer, group.hiddenBy]})),
})
