import type {ConfigNode} from './config-node.js'

/** Takes the lines off: plain objects, arrays and values. Of a repeated key, the last one counts. */
export function toPlainValue(node: ConfigNode): unknown {
  switch (node.kind) {
    case 'mapping':
      // Unlike an assignment, this takes `__proto__` for a key like any other.
      return Object.fromEntries(node.entries.map(({key, value}) => [key, toPlainValue(value)]))
    case 'list':
      return node.items.map(toPlainValue)
    case 'scalar':
      return node.value
  }
}
