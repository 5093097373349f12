import {defineRule, type Hit} from '../define-rule.js'

interface Data {
  text: string
  what: 'pattern' | 'source'
}

const CONTROL = /[\u0000-\u001f\u007f]/
const NOT_ASCII = /[^\u0000-\u007f]/

/** Finds control characters in what Docker's client sends as a header, which fails the build. */
export default defineRule<Data>({
  id: 'control-character',
  severity: 'error',
  summary: 'Use no control characters in patterns and sources',
  reason:
    'The transfer fails: "header key contains value with non-printable ASCII characters". It does not fail if another pattern has a non-ASCII character, because all patterns are then sent encoded.',
  remedy: 'Remove the tab or other control character, or match it with "?".',
  examples: {
    good: [
      {ignore: 'a\u0009b\né', tree: ['a\tb']},
      {ignore: 'a?b\u0009', tree: ['a\tb']},
    ],
    bad: [
      {ignore: 'a\u0009b', tree: ['a\tb']},
      {dockerfile: 'FROM scratch\nCOPY ["a\\tb", "/"]', ignore: '', tree: ['a\tb']},
    ],
  },
  message: ({text, what}) =>
    `the ${what} ${JSON.stringify(text)} has a control character: docker build fails`,
  check(facts) {
    const {filter, patterns, requests} = facts
    const hits: Hit<Data>[] = []
    if (!patterns.some(({text}) => NOT_ASCII.test(text))) {
      for (const {text, line} of patterns) {
        if (CONTROL.test(text)) hits.push({data: {text, what: 'pattern'}, place: facts.atLine(line)})
      }
    }
    const asked = filter.requested?.patterns ?? []
    if (asked.some(({text}) => NOT_ASCII.test(text))) return hits
    for (const request of requests) {
      if (asked.length > 0 && CONTROL.test(request.path))
        hits.push({data: {text: request.path, what: 'source'}, place: facts.atRequest(request)})
    }
    return hits
  },
})
