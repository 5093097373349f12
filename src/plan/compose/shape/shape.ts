import type {ValueFormat} from './value-formats.js'

/** What a value of a compose file may be: a scalar, a list or a mapping, each with what it may hold. Nothing given: anything. */
export interface Shape {
  scalar?: ScalarShape
  list?: ListShape
  map?: MapShape
  /** Compose joins it with the value of another file before it looks at it, and takes nearly everything then. */
  isJoined?: boolean
  /** The first version of Compose that knows the key, where it is a recent one. */
  since?: string
}

/** `whole` is a number without a fraction. */
export type ScalarType = 'string' | 'number' | 'whole' | 'boolean' | 'null'

interface ScalarShape {
  types: readonly ScalarType[]
  /** What a string holds. */
  format?: ValueFormat
  /** All that a string may be. */
  words?: readonly string[]
  /** The least and the greatest number. */
  range?: readonly [number, number]
}

interface ListShape {
  of: Shape
  /** What one item is, for messages: `a port`. */
  item?: string
  /** No item may stand there twice. */
  isUnique?: boolean
}

export interface MapShape {
  /** For messages: `a service`. */
  name: string
  keys: Readonly<Record<string, Shape>>
  required?: readonly string[]
  /** Values of all other keys; absent: there are none. */
  others?: Shape
  /** Whether names of other keys are limited to letters, digits, `.`, `_` and `-`. */
  hasPlainNames?: boolean
  /** Keys that begin with `x-` are the user's. */
  hasOwn?: boolean
}

export const ANYTHING: Shape = {}

export const TEXT: Shape = {scalar: {types: ['string']}}

/** A scalar of some types, whose strings have a format. */
export function scalar(types: readonly ScalarType[], format?: ValueFormat): Shape {
  return {scalar: {types, ...(format && {format})}}
}

export function words(...known: readonly string[]): Shape {
  return {scalar: {types: ['string'], words: known}}
}

export function list(of: Shape, item?: string): Shape {
  return {list: {of, ...(item !== undefined && {item})}}
}

/** A list in which nothing stands twice. */
export function set(of: Shape, item?: string): Shape {
  return {list: {of, isUnique: true, ...(item !== undefined && {item})}}
}

/** A mapping with known keys, and those of the user that begin with `x-`. */
export function map(name: string, keys: MapShape['keys'], ...required: readonly string[]): Shape {
  return {map: {name, keys, required, hasOwn: true}}
}

/** The same without keys of the user. */
export function closed(name: string, keys: MapShape['keys'], ...required: readonly string[]): Shape {
  return {map: {name, keys, required}}
}

/** A mapping of any names. */
export function names(name: string, others: Shape, hasPlainNames = false): Shape {
  return {map: {name, keys: {}, others, hasPlainNames}}
}

/** One of several kinds. */
export function either(...shapes: readonly Shape[]): Shape {
  return Object.assign({}, ...shapes)
}

/** A shape that may be left empty. */
export function nullable(shape: Shape): Shape {
  return {...shape, scalar: {...shape.scalar, types: [...(shape.scalar?.types ?? []), 'null']}}
}

export function joined(shape: Shape): Shape {
  return {...shape, isJoined: true}
}

export function since(version: string, shape: Shape): Shape {
  return {...shape, since: version}
}
