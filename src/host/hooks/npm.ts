import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import type {FileChange} from '../../report/file-change.js'
import type {HookKind, HookPlace} from './hook-kind.js'
import {explainUneditable, isEmptyObject, readValue, removeValue, setValue} from './json-text.js'
import {readBudget} from './read-budget.js'

const DEFAULT_SCRIPT = 'docker:build'
const COMMAND = 'docker-slim-check hook check .'

/** A `pre…` entry of package.json, which npm runs before the script that builds the image. */
export const npm: HookKind = {
  name: 'npm',
  summary: 'before the script of package.json that builds the image',
  install(place) {
    const {file, text} = readPackage(place)
    const script = findScript(text)
    const entry = ['scripts', `pre${script}`]
    const current = readValue(text, entry)
    const command = createCommand(place)
    if (current !== null && !isOurs(current)) {
      throw new SlimCheckError('script-exists', {script: `pre${script}`, command})
    }
    return {
      changes: [{...file, after: Buffer.from(setValue(text, entry, JSON.stringify(command)))}],
      notes: [
        `Runs before "npm run ${script}"`,
        ...(readValue(text, ['scripts', script]) === null ? [`There is no script "${script}" yet`] : []),
      ],
    }
  },
  uninstall(place) {
    const {file, text} = readPackage(place)
    const entry = findEntry(text)
    if (entry === null) return {changes: [], notes: []}
    const without = removeValue(text, entry)
    const after = isEmptyObject(without, ['scripts']) ? removeValue(without, ['scripts']) : without
    return {changes: [{...file, after: Buffer.from(after)}], notes: []}
  },
  status(place) {
    if (place.readFile(path.join(place.projectDir, 'package.json')) === null) return {isInstalled: false}
    const {file, text} = readPackage(place)
    const entry = findEntry(text)
    if (entry === null) return {isInstalled: false}
    const options = readBudget(Buffer.from(readValue(text, entry)!.slice(0, -1)))
    return {isInstalled: true, where: `${file.path}: ${entry[1]}`, options}
  },
  print(place) {
    return `${JSON.stringify({scripts: {[`pre${DEFAULT_SCRIPT}`]: createCommand(place)}}, null, 2)}\n`
  },
}

function createCommand({options}: HookPlace): string {
  return options.maxTransfer === undefined ? COMMAND : `${COMMAND} --max-transfer ${options.maxTransfer}`
}

function readPackage({projectDir, readFile}: HookPlace): {file: FileChange; text: string} {
  const filePath = path.join(projectDir, 'package.json')
  const before = readFile(filePath)
  if (before === null) throw new SlimCheckError('project-file-missing', {path: filePath})
  const text = Buffer.from(before).toString()
  const reason = Buffer.from(text).equals(before) ? explainUneditable(text, ['scripts']) : 'it is not UTF-8'
  if (reason !== null) throw new SlimCheckError('project-file-invalid', {file: filePath, reason})
  return {file: {path: filePath, before, after: before}, text}
}

function readScripts(text: string): [name: string, command: string][] {
  const scripts = JSON.parse(readValue(text, ['scripts']) ?? '{}') as Record<string, unknown>
  return Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}

/** The first script that builds an image, else the name that most people give it. */
function findScript(text: string): string {
  const builds = readScripts(text).filter(([, command]) =>
    /\bdocker (image |buildx )?(build|bake)\b|\bdocker[ -]compose .*\bbuild\b/.test(command),
  )
  return builds[0]?.[0] ?? DEFAULT_SCRIPT
}

function findEntry(text: string): [string, string] | null {
  const found = readScripts(text).find(
    ([name, command]) => name.startsWith('pre') && command.startsWith(COMMAND),
  )
  return found === undefined ? null : ['scripts', found[0]]
}

function isOurs(rawValue: string): boolean {
  return (JSON.parse(rawValue) as string).startsWith(COMMAND)
}
