import assert from 'node:assert/strict'
import {readCreatedBy} from '../../../src/tree/image/figures/created-by.js'

const CASES: [createdBy: string, keyword: string, text: string][] = [
  ['COPY app ./ # buildkit', 'COPY', 'COPY app ./'],
  ['RUN /bin/sh -c make all # buildkit', 'RUN', 'RUN make all'],
  ['RUN |1 V=1 /bin/sh -c echo $V # buildkit', 'RUN', 'RUN echo $V'],
  ['RUN |2 A=1 B=a b /bin/bash -o pipefail -c make # buildkit', 'RUN', 'RUN make'],
  ['RUN /bin/busybox sh -c ls # buildkit', 'RUN', 'RUN /bin/busybox sh -c ls'],
  ['RUN |2 A=1 B= /bin/busybox sh -c ls # buildkit', 'RUN', 'RUN /bin/busybox sh -c ls'],
  ['WORKDIR /srv/app', 'WORKDIR', 'WORKDIR /srv/app'],
  ['/bin/sh -c #(nop) COPY file:1f2e in /x/ ', 'COPY', 'COPY file:1f2e /x/'],
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD', 'CMD ["sh"]'],
  ['/bin/sh -c apt-get update', 'RUN', 'RUN apt-get update'],
  ['|1 V=1 /bin/sh -c make', 'RUN', 'RUN make'],
  ['', '', ''],
  ['Imported from -', '', 'Imported from -'],
]

describe('what a builder writes for a step', () => {
  for (const [createdBy, keyword, text] of CASES) {
    it(JSON.stringify(createdBy), () => assert.deepEqual(readCreatedBy(createdBy), {keyword, text}))
  }
})
