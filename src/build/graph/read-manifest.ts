import {readJsonRecord, toRecord} from '../../languages/documents/json-record.js'
/** What a package.json says that matters here. */
export interface Manifest {
  name: string | null
  scripts: ReadonlyMap<string, string>
  /** Globs of the workspaces' directories. */
  workspaces: readonly string[]
  /** Names of packages of all kinds of dependencies. */
  dependencies: readonly string[]
}

/** Reads a package.json, or the tasks of a deno.json; one that is broken says nothing. */
export function readManifest(text: string): Manifest {
  const root = parse(text)
  const workspaces = Array.isArray(root.workspaces) ? root.workspaces : toRecord(root.workspaces).packages
  return {
    name: typeof root.name === 'string' ? root.name : null,
    scripts: new Map([
      ...Object.entries(toRecord(root.scripts)).filter(isTextPair),
      ...listTasks(root.tasks),
    ]),
    workspaces: Array.isArray(workspaces) ? workspaces.filter((glob) => typeof glob === 'string') : [],
    dependencies: [root.dependencies, root.devDependencies, root.optionalDependencies].flatMap((list) =>
      Object.keys(toRecord(list)),
    ),
  }
}

/** The globs under `packages:` of a pnpm-workspace.yaml, in its usual shape: a plain list. */
export function readPnpmWorkspaces(text: string): string[] {
  const flow = /^packages:\s*\[([^\]]*)\]/m.exec(text)?.[1]
  if (flow !== undefined) return [...flow.matchAll(/[^\s,"']+/g)].map(([glob]) => glob)
  const [, list = ''] =
    /^packages:[^\S\n]*\n((?:[^\S\n]*(?:-|#)[^\n]*(?:\n|$)|[^\S\n]*\n)*)/m.exec(text) ?? []
  return [...list.matchAll(/^[ \t]*-\s*(["']?)([^"'#\n]+?)\1\s*(?:#.*)?$/gm)].map(([, , glob = '']) => glob)
}

/** Those of a deno.json: a command, or an object that holds one. */
function listTasks(tasks: unknown): [string, string][] {
  return Object.entries(toRecord(tasks)).flatMap(([name, task]): [string, string][] => {
    const command = typeof task === 'string' ? task : toRecord(task).command
    return typeof command === 'string' ? [[name, command]] : []
  })
}

/** With comments of whole lines. */
function parse(text: string): Record<string, unknown> {
  return readJsonRecord(text.replace(/^[ \t]*\/\/.*$/gm, ''))
}

function isTextPair(pair: [string, unknown]): pair is [string, string] {
  return typeof pair[1] === 'string'
}
