import {ConfigFileError, type FileProblem} from '../errors.js'
import {readJsonSource} from '../languages/documents/read-json-source.js'
import {readYamlSource} from '../languages/documents/read-yaml-source.js'
import type {SourceNode} from '../languages/documents/source-node.js'
import {CONFIG_LIMITS, type ConfigNode, TOO_DEEP, toConfigNode} from './config-node.js'

/** The key of the configuration in a package.json. */
const PACKAGE_KEY = 'slim-check'

/**
 * Parses a configuration by its file's name: JSON for `.json`, the key `slim-check` of a package.json, else YAML.
 * @returns null for a package.json without that key, or a broken one that does not name it
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
  return toConfigNode(text.trim() === '' ? null : readJson(text))
}

function parsePackage(text: string): ConfigNode | null {
  if (!/"slim-check"\s*:/.test(text)) return null
  const root = readJson(text)
  if (root?.kind !== 'map') return null
  // The last of several equal keys counts, as in JSON.parse.
  const pair = root.pairs.findLast(({key}) => key?.kind === 'scalar' && key.text === PACKAGE_KEY)
  return pair === undefined ? null : toConfigNode(pair.value)
}

function readJson(text: string): SourceNode | null {
  const document = readJsonSource(text)
  if (document === null) throw new ConfigFileError([{line: 1, message: TOO_DEEP}])
  if (document.errors.length > 0) throw new ConfigFileError(document.errors)
  return document.root
}

/** An empty file is an empty value. */
function parseYamlConfig(text: string): ConfigNode {
  const documents = readYamlSource(text, CONFIG_LIMITS.depth)
  if (documents === null) throw new ConfigFileError([{line: 1, message: TOO_DEEP}])
  const [document, second] = documents
  const {root = null, errors = [], warnings = []} = document ?? {}
  const problems: FileProblem[] = [...errors, ...warnings]
  if (second !== undefined) {
    problems.push({line: second.line, message: 'the file has several YAML documents: keep one'})
  }
  if (problems.length > 0) throw new ConfigFileError(problems)
  return toConfigNode(root)
}

function decode(content: Uint8Array): string | null {
  if (content.includes(0)) return null
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(content)
  } catch {
    return null
  }
}
