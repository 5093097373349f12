import {sentence} from '../../../languages/text/sentence.js'
import type {FoundKind} from '../../facts/image/image-contents.js'
import {nameLayer, pathAt} from '../../facts/image/image-facts.js'
import {defineImageRule} from '../define-image-rule.js'
import {findShown} from './content-rule.js'

/** Finds compilers in the image that runs. */
export default defineImageRule<FoundKind>({
  id: 'image-compiler',
  severity: 'info',
  summary: 'Keep the compiler in the stage that builds',
  reason:
    'A compiler and its libraries take hundreds of megabytes, and the built program does not need them.',
  remedy: 'Build in a separate stage, and copy only the result into the final one.',
  examples: {
    good: [{layers: [{by: 'COPY /src/app /app # buildkit', entries: ['app (900000 bytes)']}]}],
    bad: [
      {layers: [{by: 'RUN apt-get install -y gcc', entries: ['usr/lib/gcc/x86_64/12/cc1 (30000000 bytes)']}]},
    ],
  },
  message: ({kind, node, shownBytes, layer}, facts) =>
    sentence`${nameLayer(facts, layer)} has a ${kind.title}: ${{bytes: shownBytes}} in "${pathAt(facts, node)}"`,
  fix: ({kind}) => kind.fix ?? 'Build in a separate stage',
  check: (facts) => findShown(facts, 'compiler'),
})
