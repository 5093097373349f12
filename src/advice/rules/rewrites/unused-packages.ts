import {findWord} from '../../../languages/sources/find-word.js'
import {describeFinalImage, isForDevelopment} from '../../rewrites/final-image.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {splitStage} from '../../rewrites/stages/split-stage.js'
import {isForPeople, listSystemPackages} from '../../rewrites/stages/system-packages.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds packages that nothing in the project calls. */
const rule: RewriteRule = {
  id: 'unused-packages',
  summary: 'Leave out packages for interactive use',
  reason:
    'Editors and debugging tools make every copy of an image larger, and each can have vulnerabilities. Proved: no RUN, no script and no source that was read names them. You may miss them in a shell in the container; docker debug has its own.',
  examples: [
    {
      title: 'an editor',
      dockerfile:
        'FROM debian\nRUN apt-get update && apt-get install -y curl vim net-tools\nCOPY a.sh /\nCMD ["/a.sh"]\n',
      tree: ['a.sh'],
      contents: {'a.sh': '#!/bin/sh\nexec curl x\n'},
      expected: {
        confidence: 'review',
        says: /vim, net-tools/,
        dockerfile:
          'FROM debian\nRUN apt-get update && apt-get install -y curl\nCOPY a.sh /\nCMD ["/a.sh"]\n',
      },
    },
    {
      title: 'a script that calls it',
      dockerfile: 'FROM debian\nRUN apt-get install -y vim\nCOPY a.sh /\nCMD ["/a.sh"]\n',
      tree: ['a.sh'],
      contents: {'a.sh': '#!/bin/sh\nvim -es x\n'},
      expected: null,
    },
    {
      title: 'an image to work in',
      dockerfile: 'FROM debian\nRUN apt-get install -y vim curl\nCMD ["bash"]\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'nothing else',
      dockerfile: 'FROM debian\nRUN apt-get install -y vim\nCMD ["/a"]\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) => {
    const found = propose(facts)
    return found === null ? [] : [found]
  },
}
export default rule

/** The programs of packages that have none of their own name. */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  'net-tools': ['ifconfig', 'netstat'],
  'iputils-ping': ['ping'],
  'vim-tiny': ['vi'],
}

function propose(facts: RewriteFacts): ProposedRewrite | null {
  const {steps, instructions} = describeFinalImage(facts.graph)
  const start = instructions.findLast(({keyword}) => keyword === 'CMD' || keyword === 'ENTRYPOINT')
  if (
    isForDevelopment(facts) ||
    start === undefined ||
    /(?:^|[\s"/])(?:ba|z)?sh["']?\s*\]?$/.test(start.text) ||
    splitStage(facts) !== null
  )
    return null
  const found = listSystemPackages(facts, steps).filter(
    ({name, step}) => isForPeople(name) && !step.instruction.isInherited && !isNamed(facts, name, step.line),
  )
  const first = found[0]?.step
  const own = found.filter(({step}) => step === first)
  if (first === undefined) return null
  const edits = own.flatMap(({name}) =>
    facts.commandsOf(first).flatMap(({words, wordRanges}) => {
      const at = words.indexOf(name)
      const [range, previous] = [wordRanges[at], wordRanges[at - 1]]
      return at < 2 || range === undefined || previous === undefined
        ? []
        : [{range: {start: previous.end, end: range.end}, text: ''}]
    }),
  )
  const remains = facts.commandsOf(first).every(({words}) => {
    const names = words
      .slice(words.findIndex((word) => word === 'install' || word === 'add') + 1)
      .filter((word) => !word.startsWith('-'))
    return (
      !/^(?:apt-get|apt|apk|dnf|yum|microdnf)$/.test(words[0] ?? '') ||
      names.length === 0 ||
      names.some((name) => !own.some((one) => one.name === name))
    )
  })
  if (!remains || edits.length !== own.length) return null
  const names = own.map(({name}) => name).join(', ')
  return {
    line: first.line,
    endLine: first.instruction.endLine,
    title: `leave out ${names}`,
    proof: [
      {claim: `nothing calls ${names}`, evidence: 'no other RUN, and no script or source that was read'},
    ],
    questions: [`Do you use ${names} in a shell in the container?`],
    edits,
    changes: ['commands'],
  }
}

/** Whether another instruction, a script or a source names what a package brings. */
function isNamed(facts: RewriteFacts, name: string, line: number): boolean {
  const programs = (CALLED[name] ?? [name]).map(findWord)
  const isCalledIn = (text: string): boolean => programs.some((isIn) => isIn(text))
  const instructions = facts.dockerfile.instructions.filter((one) => one.line !== line)
  return (
    instructions.some(({source}) => isCalledIn(source)) ||
    [...facts.evidence].some(([path, text]) => !/\.(?:lock|json|txt|sum|md)$/.test(path) && isCalledIn(text))
  )
}
