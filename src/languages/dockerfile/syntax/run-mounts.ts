import {quote} from '../../text/quote.js'
import {suggest} from '../../text/suggest.js'
import type {Fail} from '../words/word-scope.js'
import type {Instruction} from './instruction.js'
import {splitCsv} from './split-words.js'

/** One `--mount` of a RUN, its values expanded; `from` and `source` are empty when not given. */
export interface RunMount {
  type: MountType
  from: string
  source: string
  target: string
  /** `source` as it is written. */
  writtenSource: string
  id: string
  /** All that is given, by key, expanded; a switch without a value is empty. */
  fields: ReadonlyMap<string, string>
}

export type MountType = 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh'

const TYPES: readonly string[] = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] satisfies MountType[]
const SHARINGS: readonly string[] = ['shared', 'private', 'locked']

/** Other names of a key. */
const ALIASES: Readonly<Record<string, string>> = {
  destination: 'target',
  dst: 'target',
  readwrite: 'rw',
  readonly: 'ro',
  src: 'source',
}

/** Each key and the mount types that know it; null: all of them. */
const KEYS: Readonly<Record<string, readonly MountType[] | null>> = {
  env: null,
  from: null,
  gid: null,
  id: null,
  mode: null,
  required: ['secret', 'ssh'],
  ro: null,
  rw: null,
  sharing: null,
  size: ['tmpfs'],
  source: null,
  target: null,
  type: null,
  uid: null,
}

/** Keys that may stand without a value. */
const SWITCHES: readonly string[] = ['ro', 'rw', 'required']
const BOOLEAN = /^(?:1|t|true|0|f|false)$/i

/** Fails for what BuildKit refuses in the mounts of any RUN, reachable or not. */
export function checkMountFlags(instruction: Instruction, fail: Fail): void {
  for (const {key, value} of mountFlags(instruction).flatMap((flag) => splitMount(flag, fail))) {
    const dollar = key === 'from' && value !== null ? value.indexOf('$') : -1
    if (dollar >= 0 && dollar !== (value?.length ?? 0) - 1) {
      fail(
        '"from" of a mount cannot use variables: write FROM … AS name, where global ARGs work, and use that stage',
      )
    }
  }
}

/** The `from` of each mount as written: what decides which stage it reads. */
export function mountOrigins(instruction: Instruction, fail: Fail): string[] {
  return mountFlags(instruction).map(
    (flag) => splitMount(flag, fail).findLast(({key}) => key === 'from')?.value ?? '',
  )
}

/** Reads the mounts of a RUN that is built, expanding every value. */
export function parseRunMounts(
  instruction: Instruction,
  expand: (word: string) => string,
  fail: Fail,
): RunMount[] {
  return mountFlags(instruction).map((flag) => parseMount(flag, expand, fail))
}

interface MountField {
  key: string
  /** Null without `=`. */
  value: string | null
  text: string
}

function mountFlags({flags}: Instruction): string[] {
  return flags.filter(({name}) => name === 'mount').map(({value}) => value ?? '')
}

function splitMount(flag: string, fail: Fail): MountField[] {
  return splitCsv(flag, fail).map((text) => {
    const equals = text.indexOf('=')
    const name = (equals < 0 ? text : text.slice(0, equals)).toLowerCase()
    const key = Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name
    return {key, value: equals < 0 ? null : text.slice(equals + 1), text}
  })
}

function parseMount(flag: string, expand: (word: string) => string, fail: Fail): RunMount {
  const values = new Map<string, string>()
  const fields = splitMount(flag, fail)
  let type: MountType = 'bind'
  for (const field of fields) {
    const value = checkField(field, type, field.value === null ? null : expand(field.value), fail)
    values.set(field.key, value)
    if (field.key === 'type') type = value.toLowerCase() as MountType
  }
  checkCombination(type, values, fail)
  return {
    type,
    from: values.get('from') ?? '',
    source: values.get('source') ?? '',
    target: values.get('target') ?? '',
    writtenSource: fields.findLast(({key}) => key === 'source')?.value ?? '',
    id: values.get('id') ?? '',
    fields: values,
  }
}

/** Checks one field against the type known so far, as BuildKit does: `type` had better come first. */
function checkField({key, text}: MountField, type: MountType, value: string | null, fail: Fail): string {
  if (!Object.hasOwn(KEYS, key))
    return fail(`unknown mount key ${quote(text)}${suggest(key, Object.keys(KEYS))}`)
  const types = KEYS[key]
  if (types && !types.includes(type)) return fail(`a ${type} mount has no option "${key}"`)
  if (value === null) return SWITCHES.includes(key) ? '' : fail(`mount field ${quote(text)} needs a value`)
  // A variable without a value may be one of the base image, which is not known here.
  const isOpen = value === '' && text.includes('$')
  const isRight = isOpen || (FIELD_CHECKS[key]?.(value) ?? true)
  return isRight ? value : fail(`bad "${key}" of a mount: ${quote(value)}`)
}

const FIELD_CHECKS: Readonly<Record<string, (value: string) => boolean>> = {
  gid: isNumber,
  mode: (value) => /^[0-7]{1,11}$/.test(value),
  required: (value) => BOOLEAN.test(value),
  ro: (value) => BOOLEAN.test(value),
  rw: (value) => BOOLEAN.test(value),
  sharing: (value) => SHARINGS.includes(value.toLowerCase()),
  size: (value) => /^\d+(?:\.\d+)? ?(?:[kmgtp]i?)?b?$/i.test(value),
  type: (value) => TYPES.includes(value.toLowerCase()),
  uid: isNumber,
}

function isNumber(value: string): boolean {
  return /^\d+$/.test(value) && Number(value) < 2 ** 32
}

function checkCombination(type: MountType, values: ReadonlyMap<string, string>, fail: Fail): void {
  const has = (key: string) => (values.get(key) ?? '') !== ''
  if (type === 'bind' || type === 'tmpfs') {
    for (const key of ['mode', 'uid', 'gid'])
      if (values.has(key)) fail(`a ${type} mount has no option "${key}"`)
  }
  if (has('sharing') && type !== 'cache') fail(`a ${type} mount has no option "sharing"`)
  if (type === 'ssh' && has('source')) fail('an ssh mount has no option "source"')
  if (type !== 'secret') return
  if (has('from')) fail('a secret mount has no option "from"')
  if (!has('source') && !has('target') && !has('id')) fail('a secret mount needs an "id"')
  if (has('source') && has('id')) fail('a secret mount has "id" or "source", not both')
}
