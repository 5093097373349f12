import {sentence} from '../../../languages/text/sentence.js'
import type {FoundKind} from '../../facts/image/image-contents.js'
import {nameLayer, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {findShown} from './content-rule.js'

/** Finds caches and package lists that nothing reads at run time. */
export default defineImageRule<FoundKind>({
  id: 'image-cache-left',
  severity: 'warning',
  summary: 'Leave no caches in an image',
  reason:
    'Package lists and downloads are of use only to the next build, which has its own cache, but every host pulls them.',
  remedy: 'Mount a cache on the directory, or empty it in the same RUN.',
  examples: {
    good: [
      {layers: [{by: 'RUN apt-get update && rm -rf /var/lib/apt/lists/*', entries: ['usr/bin/x (9 bytes)']}]},
    ],
    bad: [{layers: [{by: 'RUN apt-get update', entries: ['var/lib/apt/lists/deb_main (17000000 bytes)']}]}],
  },
  message: ({kind, node, shownBytes, layer}, facts) =>
    sentence`${nameLayer(facts, layer)} leaves ${{bytes: shownBytes}} in "${pathAt(facts, node)}": ${kind.title}`,
  fix: ({kind}) => kind.fix ?? 'Empty it in the same RUN',
  check: (facts) => findShown(facts, 'cache'),
})
