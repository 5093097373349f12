import {sentence} from '../../../languages/text/sentence.js'
import {nameLayer} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {MIN_BYTES} from './hidden-groups.js'

interface EarlyChange {
  index: number
  /** Bytes of the layers above it that did not change. */
  bytes: number
  reason: string | null
}

/** Finds a layer that changed though layers above it are what they were. */
export default defineImageRule<EarlyChange>({
  id: 'image-early-change',
  severity: 'warning',
  summary: 'Put what changes often into later layers',
  reason:
    'A host with a graph driver downloads every layer above the first changed one again, even if it is the same.',
  remedy: 'Copy what changes in a later step, or make the step reproducible: fixed times, no dates in files.',
  examples: {
    good: [
      {
        before: [
          {by: 'COPY lib /lib # buildkit', entries: ['lib (900000 bytes)']},
          {by: 'COPY app /app # buildkit', entries: ['app (10 bytes) = old']},
        ],
        layers: [
          {by: 'COPY lib /lib # buildkit', entries: ['lib (900000 bytes)']},
          {by: 'COPY app /app # buildkit', entries: ['app (10 bytes) = new']},
        ],
      },
    ],
    bad: [
      {
        before: [
          {by: 'COPY app /app # buildkit', entries: ['app (10 bytes) = old']},
          {by: 'COPY lib /lib # buildkit', entries: ['lib (900000 bytes)']},
        ],
        layers: [
          {by: 'COPY app /app # buildkit', entries: ['app (10 bytes) = new']},
          {by: 'COPY lib /lib # buildkit', entries: ['lib (900000 bytes)']},
        ],
      },
    ],
  },
  message: ({index, bytes, reason}, facts) => {
    const why = reason === 'times' ? ' only in the times of its files' : ''
    return sentence`${nameLayer(facts, index)} changed${why}, so hosts with a graph driver also pull ${{bytes}} of unchanged layers above it again`
  },
  fix: ({index, reason}) =>
    reason === 'times'
      ? `Build layer ${index + 1} with SOURCE_DATE_EPOCH and rewrite-timestamp=true, or keep its cache`
      : `Move the step of layer ${index + 1} after those that change less often`,
  check: ({changes, layers}) => {
    const first = (changes ?? []).findIndex(({status}) => status === 'changed' || status === 'new')
    if (changes === null || first === -1) return []
    const above = changes.slice(first + 1).filter(({status}) => status === 'moved')
    const bytes = above.reduce((sum, {index}) => sum + layers[index]!.pullBytes, 0)
    const hit = {data: {index: first, bytes, reason: changes[first]!.reason}, bytes, layers: [first]}
    return bytes >= MIN_BYTES ? [hit] : []
  },
})
