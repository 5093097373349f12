/**
 * Edits of a JSON text that leave every other byte alone. A property goes in behind the last of its object and comes
 * out with exactly what was put in, so that the two undo each other.
 */
import {findNodeAtLocation, type Node, parseTree} from 'jsonc-parser'

/** Says why a text cannot be edited; null if it can. Docker reads names in any case, so a near miss is refused too. */
export function explainUneditable(text: string, path: readonly string[]): string | null {
  try {
    JSON.parse(text)
  } catch (error) {
    return (error as Error).message
  }
  const root = parseTree(text)
  if (root?.type !== 'object') return 'it is not an object'
  let object: Node | undefined = root
  for (const [depth, key] of path.entries()) {
    const alike: Node[] = listProperties(object).filter((property) => isAlike(nameOf(property), key))
    if (alike.length === 0) return null
    if (alike.length > 1 || nameOf(alike[0]!) !== key)
      return `it has the key "${nameOf(alike[0]!)}" more than once, in different spellings`
    object = alike[0]!.children![1]!
    if (depth < path.length - 1 && object.type !== 'object') return `"${key}" is not an object`
  }
  return null
}

/** The raw text of a value; null for none. */
export function readValue(text: string, path: readonly string[]): string | null {
  const node = findNode(text, path)
  return node === undefined ? null : text.slice(node.offset, node.offset + node.length)
}

/** Sets a value, given as raw JSON; objects on the way to it are made. */
export function setValue(text: string, path: readonly string[], value: string): string {
  const node = findNode(text, path)
  if (node !== undefined) return splice(text, node.offset, node.offset + node.length, value)
  const parent = findNode(text, path.slice(0, -1))
  const key = path.at(-1)!
  if (parent === undefined) return setValue(text, path.slice(0, -1), `{${JSON.stringify(key)}: ${value}}`)
  return insertProperty(text, parent, `${JSON.stringify(key)}: ${value}`)
}

/** Takes a property out, and nothing else. */
export function removeValue(text: string, path: readonly string[]): string {
  const property = findNode(text, path)?.parent
  const siblings = property?.parent?.children
  if (property === undefined || siblings === undefined) return text
  const index = siblings.indexOf(property)
  const before = siblings[index - 1]
  const after = siblings[index + 1]
  if (before !== undefined) return splice(text, endOf(before), endOf(property), '')
  return splice(text, property.offset, after?.offset ?? endOf(property), '')
}

/** Tells whether a value is an object without properties. */
export function isEmptyObject(text: string, path: readonly string[]): boolean {
  const node = findNode(text, path)
  return node?.type === 'object' && listProperties(node).length === 0
}

function insertProperty(text: string, object: Node, property: string): string {
  const siblings = listProperties(object)
  const last = siblings.at(-1)
  if (last === undefined) return splice(text, object.offset + 1, object.offset + 1, property)
  const previous = siblings.at(-2)
  const from = previous === undefined ? object.offset + 1 : endOf(previous)
  // What stands before the last property stands before the new one: a line break and its indentation, or a space.
  const gap = text.slice(from, last.offset).replace(',', '') || ' '
  return splice(text, endOf(last), endOf(last), `,${gap}${property}`)
}

function findNode(text: string, path: readonly string[]): Node | undefined {
  const root = parseTree(text)
  return root && findNodeAtLocation(root, [...path])
}

function listProperties(node: Node | undefined): Node[] {
  return node?.children ?? []
}

function nameOf(property: Node): string {
  return property.children![0]!.value as string
}

function isAlike(name: string, key: string): boolean {
  return name.toLowerCase() === key.toLowerCase()
}

function endOf(node: Node): number {
  return node.offset + node.length
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end)
}
