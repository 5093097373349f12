import {quote} from '../../text/quote.js'
import {suggest} from '../../text/suggest.js'
import type {Fail} from '../words/word-scope.js'
import {checkHealthcheck} from './check-values.js'
import {parseHeredocMark} from './heredoc.js'
import type {Flag, Instruction} from './instruction.js'
import {KEYWORDS} from './parse-instruction.js'
import {checkMountFlags} from './run-mounts.js'

type FlagKind = 'switch' | 'text' | 'texts'

const FLAGS: Readonly<Record<string, Readonly<Record<string, FlagKind>>>> = {
  ADD: {
    checksum: 'text',
    chmod: 'text',
    chown: 'text',
    exclude: 'texts',
    'keep-git-dir': 'switch',
    link: 'switch',
    unpack: 'switch',
  },
  COPY: {chmod: 'text', chown: 'text', exclude: 'texts', from: 'text', link: 'switch', parents: 'switch'},
  FROM: {platform: 'text'},
  HEALTHCHECK: {
    interval: 'text',
    retries: 'text',
    'start-interval': 'text',
    'start-period': 'text',
    timeout: 'text',
  },
  RUN: {device: 'texts', mount: 'texts', network: 'text', security: 'text'},
}

/** Instructions whose flags BuildKit never looks at. */
const FLAGS_IGNORED: readonly string[] = ['ARG', 'STOPSIGNAL']

const ONE_ARGUMENT: readonly string[] = ['MAINTAINER', 'STOPSIGNAL', 'USER', 'WORKDIR']
const SOME_ARGUMENTS: readonly string[] = [
  'ARG',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'ONBUILD',
  'SHELL',
  'VOLUME',
]
const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/

/** Fails for what BuildKit refuses in an instruction before it plans any stage, reachable or not. */
export function checkInstruction(instruction: Instruction, fail: Fail): void {
  const {keyword, args} = instruction
  if (!KEYWORDS.includes(keyword)) {
    const doubt = /[^\P{C}\t]|\uFFFD/u.test(keyword) ? ' (this does not look like a text file)' : ''
    fail(`unknown instruction ${quote(keyword)}${suggest(keyword.toUpperCase(), KEYWORDS)}${doubt}`)
  }
  if (ONE_ARGUMENT.includes(keyword) && args.length !== 1) fail(`${keyword} needs exactly one argument`)
  if (SOME_ARGUMENTS.includes(keyword) && args.length === 0) fail(`${keyword} needs at least one argument`)
  if (!FLAGS_IGNORED.includes(keyword) && !isHealthcheckNone(instruction)) checkFlags(instruction, fail)
  CHECKS[keyword]?.(instruction, fail)
}

const CHECKS: Readonly<Record<string, (instruction: Instruction, fail: Fail) => void>> = {
  ADD: checkCopy,
  ARG: checkNames,
  COPY: checkCopy,
  ENV: checkNames,
  FROM: checkFrom,
  HEALTHCHECK: checkHealthcheck,
  LABEL: checkNames,
  ONBUILD: checkTrigger,
  RUN: checkRun,
  SHELL: ({isJson}, fail) => {
    if (!isJson) fail('SHELL needs a JSON array of strings')
  },
  VOLUME: ({args}, fail) => {
    if (args.some((path) => path.trim() === '')) fail('VOLUME cannot be empty')
  },
}

function isHealthcheckNone({keyword, args}: Instruction): boolean {
  return keyword === 'HEALTHCHECK' && args[0]?.toUpperCase() === 'NONE'
}

function checkFlags({keyword, flags, args}: Instruction, fail: Fail): void {
  if (flags.length === 0) return
  const kinds = FLAGS[keyword] ?? {}
  const seen = new Set<string>()
  for (const flag of flags) {
    const kind = Object.hasOwn(kinds, flag.name) ? kinds[flag.name] : undefined
    if (!kind)
      fail(`unknown flag "--${flag.name}" of ${keyword}${suggest(flag.name, Object.keys(kinds), '--')}`)
    if (kind !== 'texts' && seen.has(flag.name)) fail(`flag "--${flag.name}" is there twice`)
    seen.add(flag.name)
    checkFlagValue(flag, kind, flag === flags.at(-1) ? args[0] : undefined, fail)
  }
}

/** @param next the word behind the flag: people write the value there, as for a command */
function checkFlagValue({name, value}: Flag, kind: FlagKind, next: string | undefined, fail: Fail): void {
  if (kind !== 'switch') {
    const written = next === undefined ? '' : `, after "=": --${name}=${next}`
    if (value === null) fail(`flag "--${name}" needs a value${written}`)
  } else if (value !== null && !/^(?:true|false)$/i.test(value)) {
    fail(`flag "--${name}" is true or false, not ${quote(value)}`)
  }
}

function checkCopy({keyword, args}: Instruction, fail: Fail): void {
  if (args.length < 2) fail(`${keyword} needs at least one source and a destination`)
  if (parseHeredocMark(args.at(-1) ?? '')) fail(`${keyword} cannot take a heredoc as its destination`)
}

function checkNames({keyword, args}: Instruction, fail: Fail): void {
  if (args.some((arg) => arg.startsWith('='))) fail(`${keyword} needs a name before "="`)
}

function checkFrom({args}: Instruction, fail: Fail): void {
  const [, as, name = ''] = args
  if (args.length === 1) return
  if (args.length !== 3 || as?.toLowerCase() !== 'as')
    fail('FROM needs one argument, or three: FROM image AS name')
  if (!STAGE_NAME.test(name.toLowerCase())) {
    fail(
      `bad stage name ${quote(name)}: it must start with a letter, and may contain letters, digits, "-", "_" and "."`,
    )
  }
}

function checkTrigger({args}: Instruction, fail: Fail): void {
  const keyword = args[0]?.split(/\s/, 1)[0]?.toUpperCase() ?? ''
  if (keyword === 'FROM' || keyword === 'MAINTAINER') fail(`${keyword} cannot be an ONBUILD trigger`)
}

function checkRun(instruction: Instruction, fail: Fail): void {
  if (instruction.flags.length === 0) return
  for (const {name, value} of instruction.flags) {
    if (name === 'network' && !/^(?:default|none|host)$/.test(value ?? '')) {
      fail(`unknown network mode ${quote(value ?? '')}: choose default, none or host`)
    }
    if (name === 'security' && !/^(?:insecure|sandbox)$/.test(value ?? '')) {
      fail(`unknown security mode ${quote(value ?? '')}: choose sandbox or insecure`)
    }
  }
  checkMountFlags(instruction, fail)
}
