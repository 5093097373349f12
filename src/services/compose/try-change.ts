import type {ComposeChange} from '../../advice/rules/define-compose-rule.js'
import {BuildFileError} from '../../errors.js'
import {applyEdits} from '../../languages/dockerfile/edit/apply-edits.js'
import type {DocumentNode, MapNode} from '../../languages/documents/document-node.js'
import {acceptedServices, loadComposeServices} from '../../plan/compose/load-compose-services.js'
import type {FileText, ProjectFiles} from '../../plan/project-files.js'
import type {LoadedCompose} from './load-compose.js'

type Services = ReadonlyMap<string, MapNode>

/** Tells whether a project with a change says what it said before, but for the keys that the change announces. */
export function holdsChange(loaded: LoadedCompose, change: ComposeChange): boolean {
  const text = applyEdits(textOf(loaded, change.file), change.edits)
  return holdsTexts(loaded, new Map([[change.file, text]]), [change])
}

/** The same of whole texts with several changes in them, by their files. */
export function holdsTexts(
  loaded: LoadedCompose,
  texts: ReadonlyMap<string, string>,
  changes: readonly ComposeChange[],
): boolean {
  const {files} = loaded
  const put = new Map([...texts].map(([file, text]): [string, FileText] => [file, {status: 'read', text}]))
  return holdsFiles(
    loaded,
    {...files, read: (hostPath) => put.get(hostPath) ?? files.read(hostPath)},
    changes,
  )
}

/** The same of files as they can be read. */
export function holdsFiles(
  {project, services: before}: LoadedCompose,
  files: ProjectFiles,
  changes: readonly ComposeChange[],
): boolean {
  const changed = before === null ? null : readServices(project, files)
  if (before === null || changed === null || changed.size !== before.size) return false
  return [...before].every(([name, service]) => {
    const other = changed.get(name)
    const announced = new Set(changes.flatMap(({changes: own}) => own[name] ?? []))
    return other !== undefined && differsOnlyIn(service, other, announced)
  })
}

/** The text of a file without its byte-order mark. */
export function textOf({input}: LoadedCompose, file: string): string {
  return input.files.get(file)?.text ?? ''
}

/** Null where Compose would refuse the project. */
function readServices(project: LoadedCompose['project'], files: ProjectFiles): Services | null {
  try {
    return acceptedServices(loadComposeServices(project, files))
  } catch (error) {
    if (error instanceof BuildFileError) return null
    throw error
  }
}

function differsOnlyIn(one: MapNode, other: MapNode, announced: ReadonlySet<string>): boolean {
  const keys = new Set([...one.entries.keys(), ...other.entries.keys()])
  return [...keys].every(
    (key) => announced.has(key) || toText(one.entries.get(key)) === toText(other.entries.get(key)),
  )
}

function toText(node: DocumentNode | undefined): string {
  return JSON.stringify(toPlain(node))
}

function toPlain(node: DocumentNode | undefined): unknown {
  if (node === undefined) return null
  if (node.kind === 'scalar') return [node.type, node.text]
  if (node.kind === 'list') return node.items.map(toPlain)
  return [...node.entries].map(([key, value]) => [key, toPlain(value)])
}
