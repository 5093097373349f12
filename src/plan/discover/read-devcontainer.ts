import path from 'node:path'
import {childOf, type DocumentNode, textOf} from '../../languages/documents/document-node.js'
import {isRemoteContext} from '../build-location.js'
import {type NamedBuild, placesOf} from '../named-build.js'

/** What a development container is made of. */
export interface Devcontainer {
  /** The image that its Dockerfile makes; null without one. */
  build: NamedBuild | null
  /** Absolute; empty without any. */
  composeFiles: readonly string[]
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the file
const WORKSPACE_FOLDER = '${localWorkspaceFolder}'

/** A variable whose value only the editor knows. */
const VARIABLE = /\$\{(?!localWorkspaceFolder\})[^}]*\}/

/**
 * Reads a devcontainer.json: its paths start at its own folder, and the context is that folder unless it says otherwise.
 * @param rootDir the folder that is opened, absolute
 * @throws BuildFileError for values of the wrong kind
 */
export function readDevcontainer(root: DocumentNode, rootDir: string): Devcontainer {
  const ownDir = path.dirname(root.place.file)
  const resolve = (given: string): string => path.resolve(ownDir, given.replaceAll(WORKSPACE_FOLDER, rootDir))
  const composeFiles = textsOf(childOf(root, 'dockerComposeFile')).map(resolve)
  return {build: readBuild(root, resolve), composeFiles}
}

function readBuild(root: DocumentNode, resolve: (given: string) => string): NamedBuild | null {
  const section = childOf(root, 'build')
  // The older names stand beside each other at the top.
  const dockerfile = childOf(section, 'dockerfile') ?? childOf(root, 'dockerFile')
  const context = childOf(section, 'context') ?? childOf(root, 'context')
  const dockerfileText = dockerfile?.kind === 'scalar' ? dockerfile.text : undefined
  const contextText = context?.kind === 'scalar' ? context.text : '.'
  if (!dockerfileText || VARIABLE.test(dockerfileText + contextText) || isRemoteContext(contextText))
    return null
  const target = textOf(section, 'target')
  const {buildArgs, unknownArgs} = readArguments(childOf(section, 'args'))
  return {
    name: 'devcontainer',
    contextPath: resolve(contextText),
    dockerfilePath: resolve(dockerfileText),
    ...(target && {target}),
    buildArgs,
    ...(unknownArgs.size > 0 && {unknownArgs}),
    buildContexts: new Map(),
    place: section?.place ?? root.place,
    ...placesOf(context, dockerfile),
  }
}

function readArguments(
  node: DocumentNode | undefined,
): Pick<Required<NamedBuild>, 'buildArgs' | 'unknownArgs'> {
  const buildArgs = new Map<string, string>()
  const unknownArgs = new Map<string, string>()
  for (const [name, value] of node?.kind === 'map' ? node.entries : []) {
    if (value.kind !== 'scalar') continue
    if (VARIABLE.test(value.text)) unknownArgs.set(name, value.text.replace(VARIABLE, 'unknown'))
    else buildArgs.set(name, value.text)
  }
  return {buildArgs, unknownArgs}
}

/** A string, or a list of them. */
function textsOf(node: DocumentNode | undefined): string[] {
  const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node]
  return items.flatMap((item) => (item.kind === 'scalar' && !VARIABLE.test(item.text) ? [item.text] : []))
}
