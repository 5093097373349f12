/** What calls git, or opens the repository, in a text of any language. */

import {rememberReadings} from '../../../languages/sources/remember-readings.js'
import type {SourceText} from './consumption.js'
import {isCaught, lineAt} from './text-lines.js'

/** A place in a text that wants the repository. */
export interface GitSign {
  path: string
  /** 1-based. */
  line: number
  /** As a report quotes it. */
  found: string
  /** It starts git: in an image without that it finds nothing, with a repository or not. */
  needsGit: boolean
  /** The lines around it go on where it fails. */
  fallsBack: boolean
}

const SUBCOMMANDS =
  'rev-parse|rev-list|describe|log|show|show-ref|status|diff|diff-index|diff-tree|symbolic-ref|branch|tag|submodule|ls-files|ls-tree|blame|shortlog|archive|name-rev|for-each-ref|cat-file|lfs|checkout|reflog|stash|fetch|config|hash-object|update-index|worktree|whatchanged|merge-base|remote'

/** `git describe`, `git -C x log`, also with the words quoted one by one. */
const CALL = new RegExp(
  `\\bgit["'\`]?[\\s,]+(?:["'\`]?-[^\\s,]+[\\s,]+(?:[^\\s,-][^\\s,]*[\\s,]+)?){0,3}["'\`]?(?:${SUBCOMMANDS})\\b`,
)

/** A program's name in an array, a constant, an argument. */
const QUOTED = /(?<![\w/.:-])["'`]git["'`](?![\w:])/

/** Something in the repository's directory. */
const INSIDE = /(?<![\w.-])\.git\/(?:HEAD|refs|index|objects|config|logs|packed-refs|ORIG_HEAD|FETCH_HEAD)\b/

/** The directory itself, where something opens or asks for it. */
const DIRECTORY =
  /(?:exist|isdir|is_dir|stat|open|access|read|find|Repo\w*|cwd|dir|join|path|root|test|-[de])\w*[^\n]{0,40}["'`/\s(]\.git["'`\s)]/i
const LISTED = /ignore|exclude|skip|node_modules|\.svn|\.hg|\.idea/i

const LIBRARIES =
  /["'`](?:@[\w-]+\/)?(?:simple-git|isomorphic-git|nodegit|git-rev(?:-\w+)*|git-revision[\w-]*|git-describe|git-last-commit|git-repo-info|git-utils|last-commit-log|next-build-id|vite-plugin-git[\w-]*|unplugin-info|git-version[\w-]*|dugite|es-git)["'`/]|^[ \t]*(?:import|from)\s+(?:git|dulwich|pygit2)\b|go-git\/go-git|libgit2|\bgit2::|\bgix::|org\.eclipse\.jgit|LibGit2Sharp|\b(?:Rugged|ThisAssembly\.Git)\b|require ["']git["']|\bgit-(?:count-revs|process)\b/m

/** Finds the first sign in a text; a line that is a comment says nothing. */
export function findGitSign({path, text}: SourceText): GitSign | null {
  const sign = findSign(text)
  return sign && {path, ...sign}
}

const findSign = rememberReadings((text: string): Omit<GitSign, 'path'> | null => {
  if (!/git/i.test(text)) return null
  for (const pattern of [CALL, QUOTED, INSIDE, LIBRARIES, DIRECTORY]) {
    for (const match of text.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
      const {line, content} = lineAt(text, match.index + match[0].search(/git/i))
      if (isComment(content) || (pattern === DIRECTORY && LISTED.test(content))) continue
      return {
        line,
        found: nameFound(match[0]),
        needsGit: pattern === CALL || pattern === QUOTED,
        fallsBack: isCaught(text, line),
      }
    }
  }
  return null
})

/** The first sign in some texts. */
export function findGitSignIn(sources: readonly SourceText[]): GitSign | null {
  for (const source of sources) {
    const sign = findGitSign(source)
    if (sign !== null) return sign
  }
  return null
}

function isComment(line: string): boolean {
  return /^\s*(?:#(?!!|\[)|\/\/(?!go:)|\*|--\s|<!--|;|rem\s)/i.test(line)
}

function nameFound(text: string): string {
  const clean = text
    .replace(/["'`(),]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return clean.length > 40 || !/git/i.test(clean) ? 'git' : clean
}
