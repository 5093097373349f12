/** A configuration as it stands in its file: values with their lines. 1-based lines throughout. */
export type ConfigNode =
  | {kind: 'mapping'; line: number; entries: ConfigEntry[]}
  | {kind: 'list'; line: number; items: ConfigNode[]}
  | {kind: 'scalar'; line: number; value: string | number | boolean | null}

export interface ConfigEntry {
  key: string
  /** Of the key. */
  line: number
  value: ConfigNode
}

/** What a configuration may hold: far more than anybody writes, far less than hurts. */
export const CONFIG_LIMITS = {
  /** Levels of mappings and lists. */
  depth: 16,
  /** Values, with those that aliases repeat. */
  nodes: 20_000,
} as const
