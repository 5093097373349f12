import type {SourceScalar} from './source-node.js'

/** The type of a scalar in Docker's tools, and the text that they print for it. */
export interface ScalarValue {
  text: string
  type: 'string' | 'number' | 'boolean' | 'null'
}

const NULL = /^(?:~|null|Null|NULL)?$/
const TRUE = /^(?:true|True|TRUE)$/
const FALSE = /^(?:false|False|FALSE)$/
const INTEGER = /^([-+]?)(0x[\da-fA-F]+|0o[0-7]+|0b[01]+|0[0-7]*|[1-9]\d*)$/
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/

/**
 * Reads a plain scalar by the rules of Go's YAML library, a mixture of YAML 1.1 and 1.2: `017` is 15, `1_000` is 1000,
 * `yes` is a string. Quoted and block scalars, and those tagged `!!str`, are strings; `!!binary` is base64.
 */
export function resolveScalar({text, isPlain, tag}: SourceScalar): ScalarValue {
  if (tag === 'tag:yaml.org,2002:binary')
    return {text: Buffer.from(text, 'base64').toString(), type: 'string'}
  if (!isPlain || tag === 'tag:yaml.org,2002:str') return {text, type: 'string'}
  if (NULL.test(text)) return {text: '', type: 'null'}
  if (TRUE.test(text)) return {text: 'true', type: 'boolean'}
  if (FALSE.test(text)) return {text: 'false', type: 'boolean'}
  const number = readNumber(text)
  return number === null ? {text, type: 'string'} : {text: number, type: 'number'}
}

function readNumber(text: string): string | null {
  if (!/^[-+.\d]/.test(text)) return null
  const infinite = INFINITE.exec(text)
  if (infinite) return infinite[1] === '-' ? '-Inf' : '+Inf'
  if (NOT_A_NUMBER.test(text)) return 'NaN'
  const plain = text.replaceAll('_', '')
  const integer = INTEGER.exec(plain)
  if (integer !== null) return readInteger(integer[1]!, integer[2]!)
  return FLOAT.test(plain) && Number.isFinite(Number(plain)) ? printFloat(Number(plain)) : null
}

const MAX_UNSIGNED = 2n ** 64n

function readInteger(sign: string, digits: string): string {
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
  const signed = sign === '-' ? -value : value
  const fits = signed < MAX_UNSIGNED && signed >= -MAX_UNSIGNED / 2n
  return fits ? String(signed) : printFloat(Number(signed))
}

/** Go's `%v`: with an exponent, of two digits at least, below 10^-4 and from 10^6 on. */
function printFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const magnitude = Math.abs(value)
  if (magnitude >= 1e-4 && magnitude < 1e6) return String(value)
  const [mantissa, exponent] = toScientific(String(magnitude))
  const sign = exponent < 0 ? '-' : '+'
  return `${value < 0 ? '-' : ''}${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** Uses the digits of `String`, which are the shortest for the number; `toExponential` sometimes gives others. */
function toScientific(text: string): [mantissa: string, exponent: number] {
  const [plain, written] = text.split('e')
  if (written !== undefined) return [plain!, Number(written)]
  const [whole, fraction = ''] = text.split('.')
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const exponent = whole === '0' ? digits.length - fraction.length - 1 : whole!.length - 1
  const rest = digits.slice(1).replace(/0+$/, '')
  return [rest === '' ? digits[0]! : `${digits[0]}.${rest}`, exponent]
}
