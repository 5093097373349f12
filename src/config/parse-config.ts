import {ConfigFileError} from '../errors.js'
import type {ConfigNode} from '../languages/documents/config-node.js'
import {parseJsonConfig} from '../languages/documents/parse-json-config.js'
import {parseYamlConfig} from '../languages/documents/parse-yaml-config.js'

/** What package.json calls its part. */
const PACKAGE_KEY = 'slim-check'

/**
 * Parses a configuration by its file's name: JSON for `.json`, the key `slim-check` of a package.json, else YAML.
 * @returns null for a package.json without that key, or a broken one that does not speak of it
 * @throws ConfigFileError with every problem
 */
export function parseConfig(fileName: string, content: Uint8Array): ConfigNode | null {
  const isPackage = fileName === 'package.json'
  const text = decode(content)
  if (text === null) {
    if (isPackage) return null
    throw new ConfigFileError([{line: 1, message: 'the file is not text in UTF-8'}])
  }
  if (isPackage) return parsePackage(text)
  if (!fileName.endsWith('.json')) return parseYamlConfig(text)
  return text.trim() === '' ? {kind: 'scalar', line: 1, value: null} : parseJsonConfig(text)
}

function parsePackage(text: string): ConfigNode | null {
  if (!/"slim-check"\s*:/.test(text)) return null
  return parseJsonConfig(text, PACKAGE_KEY)
}

function decode(content: Uint8Array): string | null {
  if (content.includes(0)) return null
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(content)
  } catch {
    return null
  }
}
