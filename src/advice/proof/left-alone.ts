import {baseName, joinPath, parentPath} from '../../languages/text/container-path.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {Candidate} from './candidate.js'
import type {ProjectView} from './consumers/consumption.js'
import type {SurveyedAction} from './survey/survey.js'

/** What a compiler of these languages takes in by its name, and directories that it looks for. */
const TAKEN =
  /\.(?:go|rs|c|cc|cpp|cxx|h|hh|hpp|s|sx|syso|m|mm|f|f90|swig|swigcxx|proto|a|o|lib|dll|dylib|so(?:\.[\d.]+)?)$|^(?:Cargo\.(?:toml|lock)|rust-toolchain(?:\.toml)?|go\.(?:mod|work|sum)|modules\.txt|\.cargo|vendor)$/i
/** More entries are not looked at. */
const MAX_LOOKED_AT = 20_000

/** A build script that lists directories, and calls that say which, below the package. */
const LISTS = /\bread_dir\b|\bwalkdir\b|\bWalkDir\b|\bglob(?:::|\()|\bjwalk\b/
const LISTS_NAMED = /\b(?:read_dir|WalkDir::new|glob)\(\s*"\w[^"$]*"|^[ \t]*use\s[^;]*;/gm
/** Macros that only write what they are given. */
const SPEAKS =
  /^(?:e?println|e?print|format|format_args|panic|(?:debug_)?assert\w*|debug|info|warn|error|trace|log|write|writeln|vec|bail|anyhow|ensure|eyre|matches|unreachable|todo|unimplemented|json|dbg)$/
/** Calls of macros, and attributes that name files. */
const MACRO =
  /\b(\w+)!\s*[([{](?=([^;]{0,200}))|#!?\[\s*(?:\w+::)*((?:folder|path|template|embed|include|exclude|cfg_attr|grammar|graphql|migrations?)\b[^\n]*)/g

/**
 * Tells whether an action compiles and takes a path in under no name: Go reads its own sources and what they embed, Cargo
 * those and what macros and build scripts name. Only of what a fresh checkout lacks.
 */
export function leavesAlone(
  {use, directory}: SurveyedAction,
  candidate: Candidate,
  {tree, project}: {tree: FileTree; project: ProjectView},
): boolean {
  if (candidate.isGitIgnored !== true || candidate.isTracked !== false) return false
  if (use === null || use.runs.length > 0 || use.ecosystems.length === 0) return false
  if (!use.ecosystems.every((one) => one === 'go' || one === 'rust')) return false
  if (holdsTaken(tree, candidate)) return false
  return use.ecosystems.includes('go') || !isNamedInRust(candidate.path, directory, project)
}

function holdsTaken(tree: FileTree, {index, path}: Candidate): boolean {
  if (TAKEN.test(baseName(path))) return true
  const end = tree.endOf(index)
  if (end - index > MAX_LOOKED_AT) return true
  for (let below = index + 1; below < end; below++) if (TAKEN.test(tree.nameOf(below))) return true
  return false
}

/** A macro or a build script names it, or a directory of a package around it; or such a script lists directories. */
function isNamedInRust(path: string, directory: string, project: ProjectView): boolean {
  const names = listNames(path, project)
  const isNamed = (text: string) =>
    [...text.matchAll(/"([^"\n]*)"/g)].some(([, quoted = '']) =>
      quoted.split(/[\s/]+/).some((part) => names.includes(part)),
    )
  return project.readAll(directory, /\.rs$/).some((source) => {
    if (/(?:^|\/)build\.rs$/.test(source.path))
      return LISTS.test(source.text.replace(LISTS_NAMED, '')) || isNamed(source.text)
    if (!names.some((name) => source.text.includes(name))) return false
    return [...source.text.matchAll(MACRO)].some(
      ([, macro = '', inner = '', attribute = '']) => !SPEAKS.test(macro) && isNamed(inner + attribute),
    )
  })
}

/** Its own name, and those of the directories around it within its package. */
function listNames(path: string, project: ProjectView): string[] {
  const names: string[] = []
  for (let at = path; at !== ''; at = parentPath(at)) {
    if (project.has(joinPath(at, 'Cargo.toml'))) break
    names.push(baseName(at))
  }
  return names
}
