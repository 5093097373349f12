import {describeFinalImage, insertLines} from '../../rewrites/final-image.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {listSystemPackages} from '../../rewrites/stages/system-packages.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds an empty image with a program that speaks TLS and no certificates to trust. */
const rule: RewriteRule = {
  id: 'missing-certificates',
  summary: 'Copy certificates into an image from scratch',
  reason:
    'A program in an image from scratch that calls https:// fails when it runs: x509: certificate signed by unknown authority. Proved: the image is from scratch, no step adds certificates, and the source calls https://. Not proved: that the program does so in this image.',
  examples: [
    {
      title: 'a Go program that fetches',
      dockerfile:
        'FROM golang:1.24 AS build\nCOPY . .\nRUN go build -o /a\nFROM scratch\nCOPY --from=build /a /a\nCMD ["/a"]\n',
      tree: ['main.go'],
      contents: {'main.go': 'package main\nfunc main() { http.Get("https://example.org/x") }\n'},
      expected: {
        confidence: 'review',
        says: /main\.go/,
        dockerfile:
          'FROM golang:1.24 AS build\nCOPY . .\nRUN go build -o /a\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /a /a\nCMD ["/a"]\n',
      },
    },
    {
      title: 'certificates that are there',
      dockerfile:
        'FROM golang:1.24 AS build\nCOPY . .\nRUN go build -o /a\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ /etc/ssl/certs/\nCOPY --from=build /a /a\nCMD ["/a"]\n',
      tree: ['main.go'],
      contents: {'main.go': 'http.Get("https://example.org/x")\n'},
      expected: null,
    },
    {
      title: 'a comment',
      dockerfile:
        'FROM golang:1.24 AS build\nCOPY . .\nRUN go build -o /a\nFROM scratch\nCOPY --from=build /a /a\nCMD ["/a"]\n',
      tree: ['main.go'],
      contents: {'main.go': '// see https://example.org/x\npackage main\n'},
      expected: null,
    },
  ],
  find: (facts) => {
    const found = propose(facts)
    return found === null ? [] : [found]
  },
}
export default rule

const CALLS =
  /\b(?:http\.(?:Get|Post|Head|NewRequest\w*)|client\.(?:Get|Post)|reqwest::|ureq::)\b[^\n]*["`]https:\/\//

function propose(facts: RewriteFacts): ProposedRewrite | null {
  const {target} = facts.graph
  const {steps} = describeFinalImage(facts.graph)
  const taken = steps.find(({reads}) => reads.some(({from}) => from.kind === 'stage'))
  const origin = taken?.reads.find(({from}) => from.kind === 'stage')?.from
  if (
    target.base.kind !== 'scratch' ||
    taken === undefined ||
    origin?.kind !== 'stage' ||
    origin.stage.name === null
  )
    return null
  const hasAny = steps.some(({reads}) =>
    reads.some(({landing, path}) => /ssl|certs|\.pem$|\.crt$/.test(landing.path + path)),
  )
  const bases = /^(?:golang|rust|buildpack-deps)(?::|$)/
  const {base} = origin.stage
  const hasCertificates =
    (base.kind === 'image' && bases.test(base.image.replace(/^docker\.io\/library\//, ''))) ||
    listSystemPackages(facts, origin.stage.steps).some(({name}) => name === 'ca-certificates')
  const caller = [...facts.evidence].find(
    ([path, text]) => /\.(?:go|rs)$/.test(path) && !/_test\.go$/.test(path) && CALLS.test(text),
  )
  if (hasAny || !hasCertificates || caller === undefined) return null
  return {
    line: taken.line,
    endLine: taken.instruction.endLine,
    title: `copy the certificates of the stage ${origin.stage.name}`,
    proof: [
      {claim: 'the image has no certificates', evidence: 'it is from scratch, and no step adds any'},
      {claim: 'the source calls https://', evidence: caller[0]},
    ],
    questions: [`Does ${caller[0]} run in this image?`],
    edits: [
      insertLines(facts, taken.instruction, [
        `COPY --from=${origin.stage.name} /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/`,
      ]),
    ],
    changes: ['requests'],
  }
}
