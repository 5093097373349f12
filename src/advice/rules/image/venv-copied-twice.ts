import {sentence} from '../../../languages/text/sentence.js'
import {nameLayer, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {groupHidden, type HiddenGroup, MIN_BYTES} from './hidden-groups.js'

/** Finds a COPY of files that a layer below has already: a virtual environment over a base that holds it. */
export default defineImageRule<HiddenGroup>({
  id: 'venv-copied-twice',
  severity: 'warning',
  summary: 'Copy only what the base does not have',
  reason:
    'COPY --from of a directory that the base already has stores all of it again: every file on an engine with a graph driver, and with --link on every engine.',
  remedy:
    'Copy the new files alone, or RUN --mount=type=bind,from=STAGE,source=DIR,target=/v cp -au /v/. DIR/, which writes only what differs.',
  examples: {
    good: [
      {
        layers: [
          {by: 'COPY /app/.venv /app/.venv # buildkit', entries: ['app/.venv/a (900000 bytes)']},
          {by: 'COPY new /app/.venv/new # buildkit', entries: ['app/.venv/new (9 bytes)']},
        ],
      },
    ],
    bad: [
      {
        layers: [
          {by: 'RUN uv sync', entries: ['app/.venv/a (900000 bytes)']},
          {
            by: 'COPY /app/.venv /app/.venv # buildkit',
            entries: ['app/.venv/a (900000 bytes)', 'app/.venv/b (9 bytes)'],
          },
        ],
      },
    ],
  },
  message: ({node, bytes, fileCount, layer, hiddenBy}, facts) =>
    sentence`${nameLayer(facts, hiddenBy)} copies "${pathAt(facts, node)}" again, which ${nameLayer(facts, layer)} already has: ${{count: fileCount, one: 'file', many: 'files'}} with ${{bytes}} are the same`,
  fix: ({hiddenBy}) =>
    `Let layer ${hiddenBy + 1} copy only what is new, for instance with cp -au from a bind mount`,
  check: (facts) =>
    groupHidden(
      facts,
      ({kind, hiddenBy}) => kind === 'metadataOnly' && /^(COPY|ADD)$/.test(facts.layers[hiddenBy]!.keyword),
    )
      .filter(({bytes}) => bytes >= MIN_BYTES)
      .map((group) => ({data: group, bytes: group.bytes, layers: [group.hiddenBy, group.layer]})),
})
