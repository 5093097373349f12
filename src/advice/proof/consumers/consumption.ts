import type {PlacedAction} from '../../../build/graph/expand-actions.js'

/** Languages whose sources an action may run. */
export type Language =
  | 'javascript'
  | 'python'
  | 'ruby'
  | 'php'
  | 'go'
  | 'rust'
  | 'jvm'
  | 'dotnet'
  | 'elixir'
  | 'shell'
  | 'other'

/** What an action does with the files of its project, beyond those that its own words name. */
export interface Consumption {
  /** Files that it reads, as its words or a file of the project say. */
  needs: readonly Need[]
  /** What of it reads the repository; null where nothing does. */
  git: GitUse | null
  /** The project's own code that it runs: what that reads stands in its sources alone. */
  runs: readonly Language[]
  /** The ecosystems that the program belongs to: their packages and build output it may use. */
  ecosystems: readonly Language[]
}

/** A file of the context that an action reads. */
export interface Need {
  /** In the context; it may not be there. Empty or `../…` for what lies outside. */
  contextPath: string
  /**
   * - `must`: the action fails without it
   * - `likely`: it fails or does something else
   * - `may`: it takes it where it exists
   */
  certainty: 'must' | 'likely' | 'may'
  /** What asks for it; null for the command itself. */
  askedBy: {path: string; line: number; text: string} | null
  /** Where it must lie in the image. Default: wherever the directories of the context come to lie. */
  containerPath?: string
  /** Of one that may be there: who tracks it means it to be. */
  isKept?: true
  /** All sources in the directory are read, as they are named here. */
  sources?: SourceTree
  /** Any of these will do: the path is the directory that holds them. */
  among?: readonly string[]
  /** A source takes it in: a generator may make it. */
  isImport?: true
  /** A literal in settings, and what it is for nobody knows. */
  isNamed?: true
  /** A package of a workspace that is passed over: an image that never gets it does without. */
  isMember?: true
  /** Where it is nowhere at all, the step stops. */
  isStrict?: true
  /** Where in the image it must lie: a COPY that puts it elsewhere does not bring it. */
  place?: string
  /** It is wanted when the container runs: a later COPY may bring it. */
  isLate?: true
  /** Code of the project opens it: what Git does not track is put there by whoever starts it. */
  isOpened?: true
}

/** A directory that a compiler, or a loader of classes, takes in as a whole. */
export interface SourceTree {
  /** The names of its files. */
  files: RegExp
  /** The names of directories that hold sources, though nobody looked into them; null where a name does not tell. */
  folders: RegExp | null
}

/** Why an action wants the repository. */
export interface GitUse {
  /** `pyproject.toml uses setuptools-scm, which reads .git`; of a doubt a question. */
  reason: string
  /** It may, and nothing says that it does not. */
  isDoubt: boolean
  /** What asks for it; null for the command itself. */
  askedBy?: {path: string; line: number}
  /** What does without: `ARG SETUPTOOLS_SCM_PRETEND_VERSION`. */
  instead?: string
  /** A text calls git, and nothing in it goes on without. */
  isReached?: true
}

/** A file of the context with its text. */
export interface SourceText {
  path: string
  text: string
}

/** The files of the context as the actions of one image find them. */
export interface ProjectView {
  /** Stands for the context: what depends on its files alone may be kept for other images of it. */
  readonly context: object
  /** The files that lie at a name in a directory of the image, read. Empty: there is none, or it was not read. */
  read(directory: string, ...names: string[]): readonly SourceText[]
  /** The files below a directory of the image whose path in the context matches, read; nothing installed is among them. */
  readAll(directory: string, pattern: RegExp): readonly SourceText[]
  /** The text of a file of the context; null where it does not exist, or not read. */
  textOf(contextPath: string): string | null
  /** Tells whether the context has a file or directory. */
  has(contextPath: string): boolean
  /** Tells whether the context has a file there. */
  isFile(contextPath: string): boolean
  /** The directory at or above a path of the context that nobody looked into, or that is empty; null where there is none. */
  findClosed(contextPath: string): string | null
  /** The files below a directory of the context whose path matches, read. */
  readBelow(contextDirectory: string, pattern: RegExp): readonly SourceText[]
  /** The same, and the directories of the context whose files were put into it one by one. */
  basesOf(directory: string): readonly string[]
  /** Where a name in a directory of the image would come from, if all had come; those that are there. */
  guessSources(directory: string, name: string): readonly string[]
  /** The paths of the files below a directory of the context that match, read or not. */
  filesBelow(contextDirectory: string, pattern: RegExp): readonly string[]
  /** Where a directory of the image comes from, by what was copied there. */
  sourcesOf(directory: string): readonly string[]
  /** Tells whether the image is known to have no git: what calls it fails with a repository, too. */
  lacksGit: boolean
  /** What the image is made from. */
  imageName: string
}

/** Knows the programs of one ecosystem. @returns null for an action of others */
export type Consumer = (
  action: PlacedAction,
  project: ProjectView,
) => Partial<Omit<Consumption, 'ecosystems'>> | null

export function surely(reason: string, rest: Partial<GitUse> = {}): GitUse {
  return {reason, isDoubt: false, ...rest}
}

export function perhaps(reason: string, rest: Partial<GitUse> = {}): GitUse {
  return {reason, isDoubt: true, ...rest}
}

/** The gravest: a sure one before a doubt. */
export function firstUse(...uses: readonly (GitUse | null | undefined)[]): GitUse | null {
  return uses.find((use) => use?.isDoubt === false) ?? uses.find((use) => use != null) ?? null
}
