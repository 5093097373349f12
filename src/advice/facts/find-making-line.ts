/** A line of a script, a Makefile or a CI file that seems to make a file. */
export interface MakingLine {
  /** Relative to the repository, `/`-separated. */
  file: string
  /** 1-based. */
  line: number
}

/** Commands that bring files into being, in the languages of scripts, Makefiles and CI files. */
const COMMAND =
  /(?:^|[\s;&|@(])(?:go\s+build|cargo|cross|gcc|cc|cp|mv|install|ln|tar|curl|wget|gunzip|unzip|mkdir|touch|openssl|ssh-keygen|cat|echo|printf|tee|gh|dotnet|mvn|gradle|npm|pnpm|yarn|bun|zig|swift|sbt|mix|rsync|clone|chmod|strip|upx|lipo|zip|xargs)\b|(?:^|\s)-(?:o|output|O)\b|--out|>|^\s*(?:export\s+|local\s+)?\w*(?:[Oo]ut|OUT|[Dd]ist|DIST|[Aa]rtifact|ARTIFACT)\w*=/
/** Keys of CI files and build tools whose value is a path; what has words in it is prose. */
const KEY =
  /^\s*-?\s*(?:path|name|project_name|binary|dest|destination|output|outputs|pattern|artifacts?|into|to|archiveFileName|outputDirectory)\b\s*[:=(](?!\s*["']?\w[\w-]*\s+[\w-]+)/
const GOAL = /^[^\s#:]+\s*:/
/** What names a file without making it. */
const USES = /^\s*(?:#|\/\/|\*|;)|\b(?:docker|podman|buildah|COPY|ADD|rm|rmdir|if|test)\s/

/** Directories whose name alone says that something is built into them. */
const OUTPUT_DIRECTORY =
  /^(?:[._].+|dist|build|out|output|bin|release|releases|artifacts?|target|publish|package|generated)$/

/** Commands that fill a directory of outputs, by the paths that they make. */
const COMMANDS: readonly (readonly [path: RegExp, command: RegExp])[] = [
  [
    /(?:^|\/)target(?:\/|$)/,
    /\bmvnw?\b.*\b(?:package|install|verify|deploy)\b|\b(?:cargo|cross)\s+(?:\S+\s+)?build\b|\bsbt\b/,
  ],
  [/(?:^|\/)build(?:\/|$)/, /\bgradlew?\b.*\b(?:build|assemble|bootJar|jar|shadowJar|installDist)\b/],
  [
    /(?:^|\/)(?:dist|build|out|public|\.next|\.output)(?:\/|$)/,
    /\b(?:npm|yarn|pnpm|bun)\s+(?:run\s+|-\S+\s+\S+\s+)*build\b/,
  ],
  [/(?:^|\/)(?:publish|bin|out|obj)(?:\/|$)/, /\bdotnet\s+(?:publish|build)\b/],
]

/** The commands that may make a path, whatever they say of it. */
export function listMakingCommands(path: string): RegExp[] {
  return COMMANDS.filter(([place]) => place.test(path)).map(([, command]) => command)
}

/** Finds the first line of a text, a comment left out, that runs one of some commands. @returns 1-based; null for none */
export function findCommandLine(text: string, commands: readonly RegExp[]): number | null {
  const found = text
    .split('\n')
    .findIndex((line) => !/^\s*(?:#|\/\/)\s/.test(line) && commands.some((command) => command.test(line)))
  return found < 0 ? null : found + 1
}

/**
 * Finds the first line of a script that seems to make a path.
 * @param words see `listWords`
 * @returns 1-based; null where there is none
 */
export function findMakingLine(
  {file, text}: {file: string; text: string},
  words: readonly string[],
): number | null {
  const named = words.map(toPattern)
  const hasGoals = /(?:^|\/)(?:(?:GNU)?[Mm]akefile[^/]*|[^/]*\.mk|[Jj]ustfile)$/.test(file)
  const makes = (line: string) => COMMAND.test(line) || KEY.test(line) || (hasGoals && GOAL.test(line))
  const found = text
    .split('\n')
    .findIndex((line) => makes(line) && !USES.test(line) && named.some((word) => word.test(line)))
  return found < 0 ? null : found + 1
}

/**
 * The words by which a script names what it makes, the surest first: the end of the path; its last component, and what
 * stands before a variable in it; a first directory that is one for outputs.
 * @param path relative to the context, wildcards included
 * @param source as written, with variables
 */
export function listWords(path: string, source: string): string[][] {
  const components = path.split('/')
  const last = components.at(-1)!
  const beforeVariable = source.split('/').at(-1)!.split('$')[0]!
  const [first] = components
  const isPlain = !/[*?[]/.test(last) && last.length >= 3
  return [
    isPlain && components.length > 1 ? [components.slice(-2).join('/')] : [],
    [
      ...(isPlain ? [last] : []),
      ...(beforeVariable.length >= 4 && source.includes('$') ? [beforeVariable] : []),
    ],
    first !== last && OUTPUT_DIRECTORY.test(first!) ? [first!] : [],
  ].filter((words) => words.length > 0)
}

/** A word of a path: no letter and no directory of another name before it, and no letter behind it unless it ends in a hyphen. */
function toPattern(word: string): RegExp {
  const escaped = word.replace(/[.+^$()|\\{}[\]*?]/g, '\\$&')
  const before = OUTPUT_DIRECTORY.test(word) ? '(?<![\\w.-])(?<![\\w-]/)' : '(?<![\\w.-])'
  return new RegExp(`${before}${escaped}${/[-_.]$/.test(word) ? '' : '(?![\\w-])'}`)
}
