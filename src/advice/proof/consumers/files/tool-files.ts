/** Files that a program reads by its own custom. */

import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {joinPath, parentPath} from '../../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'
import {isKnown, needsIn} from '../needs.js'
import {listOpenedInline} from './inline-code.js'
import {isLater} from './script-reads.js'
import {listSwiftResources} from './swift-files.js'
import type {NamingFile, ToolRow} from './tool-row.js'
import {TOOLS} from './tool-table.js'

/** The files that a program reads by custom, and those that they name. */
export function listToolFiles(action: PlacedAction, project: ProjectView): Need[] {
  return [
    ...listByCustom(action, project),
    ...listOpenedInline(action, project),
    ...listSwiftResources(action, project),
  ]
}

function listByCustom({program, words, directory}: PlacedAction, project: ProjectView): Need[] {
  const rest = words.slice(1).join(' ')
  const rows = TOOLS.filter((one) => one.programs.includes(program) && (one.words?.test(rest) ?? true))
  // a question, and what is asked for elsewhere
  if (rows.length === 0 || /^(?:-[hVv]|--version|--help|version|help)\b/.test(rest) || TOLD.test(rest))
    return []
  return project
    .basesOf(directory)
    .flatMap((base) =>
      rows.flatMap((row) => [...listFiles(row, base, project), ...listNamed(row, base, project)]),
    )
}

/** Options that name another directory or file. */
const TOLD = /(?:^|\s)(?:-C|-f|--file|--config|--cwd|--directory|--project-dir|--rakefile|-s|--source)[ =]/

function listFiles({files = []}: ToolRow, base: string, project: ProjectView): Need[] {
  return files.flatMap(([names, certainty]) =>
    names
      .map((name) => joinPath(base, name))
      .filter((contextPath) => isKnown(contextPath, base, project))
      .slice(0, 1)
      .map((contextPath): Need => ({contextPath, certainty, askedBy: null})),
  )
}

function listNamed({named = []}: ToolRow, base: string, project: ProjectView): Need[] {
  return named.flatMap((one) =>
    readNaming(one, base, project).flatMap((source) => listNamedIn(source, one, base, project)),
  )
}

function listNamedIn(
  source: SourceText,
  {kinds, isCode, isOfDirectory, isImport}: NamingFile,
  base: string,
  project: ProjectView,
): Need[] {
  const plain = isCode ? {...source, text: source.text.replace(OWN_DIRECTORY, '')} : source
  return needsIn(plain, kinds, isOfDirectory ? base : parentPath(source.path))
    .filter(({contextPath}) => isKnown(contextPath, base, project))
    .map((need) => (isImport ? {...need, isImport} : need))
    .filter(({contextPath, askedBy}) => !isCode || !isLater(source.text, askedBy?.line ?? 1, contextPath))
}

/** How code of Gradle names the directory that it stands in. */
const OWN_DIRECTORY = /\$\{?(?:rootDir|projectDir|rootProject\.projectDir|project\.projectDir)\}?\//g

function readNaming({file, isDeep}: NamingFile, base: string, project: ProjectView): readonly SourceText[] {
  if (typeof file !== 'string')
    return project.readBelow(base, file).filter(({path}) => isDeep || parentPath(path) === base)
  const path = joinPath(base, file)
  const text = project.has(path) ? project.textOf(path) : null
  return text === null ? [] : [{path, text}]
}
