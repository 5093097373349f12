/**
 * Every error a user can meet, in one table: what is wrong, and the next step.
 * Pure code throws the reason (`IgnoreFileError`, `DockerfileError`); its caller adds the file.
 */

/** The text of one error: names the thing in double quotes, says what is wrong, then one next step each. */
interface ErrorText {
  message: string
  nextSteps?: string[]
}

interface ErrorData {
  /** `type`: where the option is described; AnalyzeOptions if not given. */
  'bad-option': {name: string; wanted: string; type?: string}
  'bad-flag': {message: string; nextStep?: string}
  'context-not-found': {path: string} & ToldBuild
  'context-not-directory': {path: string; parent: string}
  'context-empty': Record<never, never>
  'context-unreadable': {path: string; reason: string}
  'context-is-url': {path: string}
  'ignore-file-invalid': {file: string; problems: readonly FileProblem[]}
  'ignore-pattern-failed': {file: string; line: number; pattern: string; path: string; reason: string}
  'ignore-file-binary': {file: string}
  'file-too-large': {file: string; maxBytes: number}
  'dockerfile-not-found': {path: string} & ToldBuild
  'dockerfile-unreadable': {path: string; reason: string} & ToldBuild
  'dockerfile-invalid': {file: string; line: number; reason: string; fix?: string; isTemplate?: true}
  'target-not-found': {file: string; reason: string}
  'request-invalid': {path: string; reason: string}
  'no-build-history': {reason: string}
  'no-build-records': {name: string}
  'path-is-context': {path: string}
  'path-outside-context': {path: string; context: string}
  'tar-invalid': {reason: string}
  'cannot-write': {path: string; reason: string}
  'cannot-edit': {path: string; reason: string}
  'needs-terminal': {flag: string; instead: string}
  cancelled: {what: string}
  'file-unreadable': {path: string; reason: string}
  'file-not-written': {path: string; reason: string}
  'not-ours': {path: string}
  'not-a-report': {path: string}
  'not-a-tar': {path: string}
  'changed-by-hand': {path: string}
  'needs-yes': {path: string; action: string}
  'shell-unknown': {shell: string}
  'startup-file-unknown': {shell: string}
  'windows-plugin': Record<never, never>
  'docker-config-invalid': {file: string; reason: string}
  'builder-not-found': {name: string}
  'hook-not-shell': {path: string}
  'hook-manager': {manager: string; file: string; line: string}
  'hook-unknown': {kind: string; kinds: readonly string[]}
  'not-a-repository': {path: string}
  'script-exists': {script: string; command: string}
  'project-file-missing': {path: string}
  'project-file-invalid': {file: string; reason: string}
  'config-not-found': {path: string}
  'config-unreadable': {path: string; reason: string}
  'config-invalid': {file: string; problems: readonly FileProblem[]}
  'config-exists': {path: string}
  'baseline-not-found': {path: string}
  'baseline-unreadable': {path: string; reason: string}
  'baseline-invalid': {file: string; reason: string}
  'build-file-missing': {path: string}
  'build-file-unreadable': {path: string; reason: string}
  'build-file-invalid': {file: string; line: number | null; reason: string; template?: string}
  'no-compose-file': {path: string; names: readonly string[]}
  'several-compose-files': {path: string; found: readonly string[]}
  'compose-file-alone': {file: string; what: string; base: string | null; later: readonly string[]}
  'compose-file-included': {file: string; by: string}
  'compose-file-elsewhere': {file: string; directory: string; verb: 'builds' | 'mounts'}
  'no-bake-file': {path: string; names: readonly string[]}
  'no-builds': {file: string; what: string}
  'build-unknown': {file: string; name: string; known: readonly string[]}
  'several-builds': {names: readonly string[]}
  'service-not-built': {file: string; service: string; built: readonly string[]}
  'bake-needs-buildx': {file: string; reason: string}
  'compose-failed': {reason: string}
  'build-record-invalid': {path: string; reason: string}
  'measure-running': {file: string; pid: number | null}
  'measure-needs-engine': {reason: string}
  'measure-build-failed': {name: string; reason: string; line: number | null; file: string | null}
  'measure-file-invalid': {file: string; reason: string}
  'smoke-invalid': {file: string; reason: string}
  'git-failed': {reason: string}
  'revision-unknown': {revision: string}
  'image-not-found': {source: string}
  'image-unreadable': {source: string; reason: string}
  'image-invalid': {source: string; reason: string}
  'image-not-saved': {source: string; reason: string}
  'image-unknown': {source: string}
  'image-only-in-registry': {source: string; layerCount: number; bytes: string}
  'engine-not-running': {source: string; reason: string}
  'image-platform-missing': {source: string; platform: string; known: readonly string[]}
  'docker-not-found': {source: string}
  'flag-needs-docker': {flag: string}
  'output-failed': {reason: string}
  'working-directory-gone': Record<never, never>
  'too-few-files': Record<never, never>
  internal: {reason: string}
}

/** The build that a file defines, and what would help. */
export interface ToldBuild {
  file?: string
  /** 1-based. */
  line?: number
  /** Its name. */
  build?: string
  /** An imperative sentence without a period. */
  fix?: string
}

/** One problem at a line of a file, in the words of `FILE:LINE: problem`. */
export interface FileProblem {
  /** 1-based. */
  line: number
  message: string
}

export type ErrorCode = keyof ErrorData

/** What to do about a write that failed. @param reason in the system's words */
function stepAfterWrite(reason: string, otherwise: string): string {
  return reason.includes('no space') ? 'Free some space there, and run again' : otherwise
}

const TEXTS: {[Code in ErrorCode]: (data: ErrorData[Code]) => ErrorText} = {
  'bad-option': ({name, wanted, type = 'AnalyzeOptions'}) => ({
    message: `The option ${quote(name)} is not ${wanted}`,
    nextSteps: [`See ${type} in the types`],
  }),
  'bad-flag': ({message, nextStep}) => ({message, ...(nextStep && {nextSteps: [nextStep]})}),
  'context-not-found': ({path, ...told}) => ({
    message: `${describeToldBuild(told)}Build context not found: ${quote(path)}${describeFix(told)}`,
    nextSteps: nextStepsOf(told, 'Pass the directory that you give to docker build, usually "."'),
  }),
  'context-not-directory': ({path, parent}) => ({
    message: `Build context ${quote(path)} is a file, not a directory`,
    nextSteps: [`Pass the directory that holds it: ${quote(parent)}`],
  }),
  'context-empty': () => ({
    message: 'The build context is empty text, not a directory',
    nextSteps: ['Pass "." for the working directory'],
  }),
  'context-unreadable': ({path, reason}) => ({
    message: `Cannot read build context ${quote(path)}: ${reason}`,
    nextSteps: ['Run as a user who may read it; docker build would fail here too'],
  }),
  'context-is-url': ({path}) => ({
    message: `Build context ${quote(path)} is a URL: Docker fetches it itself, nothing is sent from here`,
    nextSteps: ['Check it out and pass the directory'],
  }),
  'ignore-file-invalid': ({file, problems}) => ({
    message: problems.map(({line, message}) => `${file}:${line}: ${message}`).join('\n'),
    nextSteps: ['Correct the file: docker build fails on it, too'],
  }),
  'ignore-pattern-failed': ({file, line, pattern, path, reason}) => ({
    message: `${file}:${line}: bad pattern ${quote(pattern)}: ${reason} (met at ${quote(path)})`,
    nextSteps: ['Correct the pattern: docker build fails when it reaches that path'],
  }),
  'ignore-file-binary': ({file}) => ({
    message: `${file}:1: the file is not text`,
    nextSteps: ['Replace it by a text file with one pattern a line'],
  }),
  'file-too-large': ({file, maxBytes}) => ({
    message: `${quote(file)} is larger than ${maxBytes} bytes`,
    nextSteps: ['Check that it is the file you mean'],
  }),
  'dockerfile-not-found': ({path, ...told}) => ({
    message: `${describeToldBuild(told)}Dockerfile not found: ${quote(path)}${describeFix(told)}`,
    nextSteps: nextStepsOf(told, 'Pass its path with --file, relative to the working directory'),
  }),
  'dockerfile-unreadable': ({path, reason, ...told}) => ({
    message: `${describeToldBuild(told)}Cannot read Dockerfile ${quote(path)}: ${reason}${describeFix(told)}`,
    nextSteps: nextStepsOf(told, 'Pass the path of a readable file with --file'),
  }),
  'dockerfile-invalid': ({file, line, reason, fix}) => ({
    message: `${file}:${line}: ${reason}`,
    nextSteps: nextStepsOf(
      {...(fix !== undefined && {fix})},
      'Correct the Dockerfile: docker build fails on it, too',
    ),
  }),
  'target-not-found': ({file, reason}) => ({
    message: `${file}: ${reason}`,
    nextSteps: ['Name one of its stages with --target'],
  }),
  'tar-invalid': ({reason}) => ({
    message: `Standard input cannot be read as a build context: ${reason}`,
    nextSteps: ['Pass a tar, gzipped or not, or a directory'],
  }),
  'cannot-edit': ({path, reason}) => ({
    message: `Cannot write ${quote(path)}: ${reason}`,
    nextSteps: [stepAfterWrite(reason, 'Run again with --diff to print the change')],
  }),
  cancelled: ({what}) => ({message: `Cancelled: ${what}`}),
  'needs-terminal': ({flag, instead}) => ({
    message: `${flag} needs a terminal to ask on`,
    nextSteps: [`Use ${instead} here`],
  }),
  'cannot-write': ({path, reason}) => ({
    message: `Cannot write ${quote(path)}: ${reason}`,
    nextSteps: [stepAfterWrite(reason, 'Choose an existing directory that you may write to')],
  }),
  'no-build-history': ({reason}) => ({
    message: `Docker does not tell which builds it made: ${reason}`,
    nextSteps: ['Start Docker, with docker buildx 0.20 or newer, and build twice'],
  }),
  'no-build-records': ({name}) => ({
    message: `docker buildx history does not show two finished builds of ${quote(name)} to compare`,
    nextSteps: [
      'Build it twice with docker buildx 0.20 or newer',
      'docker buildx history ls lists its builds',
    ],
  }),
  'path-is-context': ({path}) => ({
    message: `${quote(path)} is the build context, not a path in it`,
    nextSteps: ['Pass a path in it; the command "context" reports on all of it'],
  }),
  'path-outside-context': ({path, context}) => ({
    message: `${quote(path)} is not below the build context ${quote(context)}`,
    nextSteps: ['Pass a path in the context, relative to the working directory, or another --context'],
  }),
  'request-invalid': ({path, reason}) => ({
    message: `The Dockerfile asks for ${quote(path)}: ${reason}`,
    nextSteps: ['Correct the source in the Dockerfile: docker build fails on it too'],
  }),
  'file-unreadable': ({path, reason}) => ({
    message: `Cannot read ${quote(path)}: ${reason}`,
    nextSteps: ['Run as a user who may read it'],
  }),
  'file-not-written': ({path, reason}) => ({
    message: `Cannot change ${quote(path)}: ${reason}`,
    nextSteps: [stepAfterWrite(reason, 'Run again with --dry-run to see what would change')],
  }),
  'not-a-report': ({path}) => ({
    message: `${quote(path)} exists and is not a report of slim-check, so it was not overwritten`,
    nextSteps: ['Choose another name, or delete that file first'],
  }),
  'not-a-tar': ({path}) => ({
    message: `${quote(path)} exists and is not a tar, so it was not overwritten`,
    nextSteps: ['Choose another name, or delete that file first'],
  }),
  'not-ours': ({path}) => ({
    message: `${quote(path)} was not made by docker-slim-check`,
    nextSteps: ['Move it away if nobody needs it, and run again'],
  }),
  'changed-by-hand': ({path}) => ({
    message: `${quote(path)} was changed after docker-slim-check wrote it`,
    nextSteps: ['Delete it if nobody needs what was added, and run again'],
  }),
  'needs-yes': ({path, action}) => ({
    message: `${action} ${quote(path)} needs your consent, and there is no terminal to ask on`,
    nextSteps: ['Run again with --yes, or with --dry-run to see the change'],
  }),
  'shell-unknown': ({shell}) => ({
    message: shell === '' ? 'SHELL is not set: which shell is it for?' : `Unknown shell: ${quote(shell)}`,
    nextSteps: ['Run docker-slim-check shell-init with bash, zsh, fish or powershell'],
  }),
  'startup-file-unknown': ({shell}) => ({
    message: `The start-up file of ${shell} is not known from outside`,
    nextSteps: [`Add the output of "docker-slim-check shell-init ${shell}" to $PROFILE`],
  }),
  'windows-plugin': () => ({
    message: 'On Windows a Docker plugin must be an .exe file, and this package has none',
    nextSteps: ['Call docker-slim-check directly, or install it in WSL'],
  }),
  'docker-config-invalid': ({file, reason}) => ({
    message: `Docker's configuration ${quote(file)} cannot be edited safely: ${reason}`,
    nextSteps: ['Correct the file, then run again; nothing was changed'],
  }),
  'builder-not-found': ({name}) => ({
    message: `Docker plugin not found: ${quote(name)}`,
    nextSteps: ['Install it (docker-buildx), so that "docker buildx version" works'],
  }),
  'hook-not-shell': ({path}) => ({
    message: `The hook ${quote(path)} is not a shell script`,
    nextSteps: ['Call "docker-slim-check hook check ." in it'],
  }),
  'hook-manager': ({manager, file, line}) => ({
    message: `${quote(file)} belongs to ${manager}`,
    nextSteps: [`Add to it: ${line}`],
  }),
  'hook-unknown': ({kind, kinds}) => ({
    message: `Unknown kind of hook: ${quote(kind)}`,
    nextSteps: [`Choose one of ${kinds.join(', ')}`],
  }),
  'not-a-repository': ({path}) => ({
    message: `${quote(path)} is not in a working tree of Git`,
    nextSteps: ['Run it inside the repository'],
  }),
  'script-exists': ({script, command}) => ({
    message: `package.json already has a script ${quote(script)}`,
    nextSteps: [`Add to it: ${command}`],
  }),
  'project-file-missing': ({path}) => ({message: `File not found: ${quote(path)}`}),
  'project-file-invalid': ({file, reason}) => ({
    message: `${quote(file)} cannot be edited: ${reason}`,
    nextSteps: ['Correct the file, then run again'],
  }),
  'config-not-found': ({path}) => ({
    message: `Configuration file not found: ${quote(path)}`,
    nextSteps: ['Run docker-slim-check init to write one'],
  }),
  'config-unreadable': ({path, reason}) => ({
    message: `Cannot read configuration ${quote(path)}: ${reason}`,
    nextSteps: ['Make it a readable text file of YAML or JSON'],
  }),
  'config-invalid': ({file, problems}) => ({
    message: listProblems(file, problems),
    nextSteps: ['Correct the file: docker-slim-check init --dry-run prints one that is valid'],
  }),
  'config-exists': ({path}) => ({
    message: `A configuration exists already: ${quote(path)}`,
    nextSteps: ['Edit it, or run init --dry-run to see what it would write'],
  }),
  'baseline-not-found': ({path}) => ({
    message: `Baseline not found: ${quote(path)}`,
    nextSteps: ['Run once with --update-baseline to write it, and commit it'],
  }),
  'baseline-unreadable': ({path, reason}) => ({
    message: `Cannot read baseline ${quote(path)}: ${reason}`,
    nextSteps: ['Make it readable, or choose another file with --baseline'],
  }),
  'baseline-invalid': ({file, reason}) => ({
    message: `${quote(file)} is not a baseline: ${reason}`,
    nextSteps: ['Restore it from version control, or move it away and run with --update-baseline'],
  }),
  'build-file-missing': ({path}) => ({
    message: `File not found: ${quote(path)}`,
    nextSteps: ['Pass its path relative to the working directory'],
  }),
  'build-file-unreadable': ({path, reason}) => ({
    message: `Cannot read ${quote(path)}: ${reason}`,
    nextSteps: ['Pass the path of a readable compose, bake or environment file'],
  }),
  'build-file-invalid': ({file, line, reason, template}) => ({
    message: `${file}${line === null ? '' : `:${line}`}: ${template === undefined ? '' : `it is a template (${quote(template)}), which another program makes the file of: `}${reason}`,
    nextSteps: [
      template === undefined
        ? 'Correct the file: Docker fails on it, too'
        : 'Check the file that comes of it',
    ],
  }),
  'no-compose-file': ({path, names}) => ({
    message: `No compose file in ${quote(path)}`,
    nextSteps: [`Pass its path; without a path, these names are tried: ${names.join(', ')}`],
  }),
  'several-compose-files': ({path, found}) => ({
    message: `No compose file in ${quote(path)}, and several folders below have one`,
    nextSteps: [`Name one of them: ${found.join(', ')}`],
  }),
  'compose-file-alone': ({file, what, base, later: [later, ...others]}) => ({
    message: `${quote(file)} is only a part of a project: ${what}`,
    nextSteps: [
      later !== undefined
        ? `Name the file that completes it after it: -f ${file} -f ${later}${others.length === 0 ? '' : ` (or ${others.join(', ')})`}`
        : base === null
          ? `Name it with its base file, in that order: -f BASE.yml -f ${file}`
          : `Name it with its base file: -f ${base} -f ${file}`,
    ],
  }),
  'compose-file-included': ({file, by}) => ({
    message: `${quote(file)} is only a part of a project: ${quote(by)} includes it and decides where its paths begin`,
    nextSteps: [`Name that file: -f ${by}`],
  }),
  'compose-file-elsewhere': ({file, directory, verb}) => ({
    message: `The paths of ${quote(file)} begin in ${quote(directory)}, not beside it: nothing that it ${verb} is there`,
    nextSteps: [
      `Name a file of ${quote(directory)} before it, as docker compose is called: -f BASE.yml -f ${file}`,
    ],
  }),
  'no-bake-file': ({path, names}) => ({
    message: `No bake file in ${quote(path)}`,
    nextSteps: [`Pass its path; without a path, these names are tried: ${names.join(', ')}`],
  }),
  'no-builds': ({file, what}) => ({
    message: `${file}: ${what}`,
    nextSteps: ['Choose another file, or a Dockerfile with --file'],
  }),
  'build-unknown': ({file, name, known}) => ({
    message: `${file}: there is no ${quote(name)}`,
    nextSteps: [`Choose from ${known.join(', ') || 'another file: this one has none'}`],
  }),
  'several-builds': ({names}) => ({
    message: `There are ${names.length} builds here, and this needs one: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`,
    nextSteps: ['Choose one: --service NAME, or --file PATH'],
  }),
  'service-not-built': ({file, service, built}) => ({
    message: `${file}: service ${quote(service)} has no build section`,
    nextSteps: [`Choose a service that is built here: ${built.join(', ') || 'there is none'}`],
  }),
  'bake-needs-buildx': ({file, reason}) => ({
    message: `Only docker buildx can read ${quote(file)}: ${reason}`,
    nextSteps: ['Install docker-buildx, so that "docker buildx bake --print" works'],
  }),
  'compose-failed': ({reason}) => ({
    message: `docker compose config failed: ${reason}`,
    nextSteps: ['Correct what it names, or run again without --compose-cli'],
  }),
  'build-record-invalid': ({path, reason}) => ({
    message: `${quote(path)} is not a build record: ${reason}`,
    nextSteps: [
      'Pass a .dockerbuild file, as docker buildx history export or docker/build-push-action writes it',
    ],
  }),
  'measure-running': ({file, pid}) => ({
    message:
      pid === null
        ? `A run of another user seems to have locked ${quote(file)}`
        : `Another measurement is running (process ${pid}): two at once would slow each other down`,
    nextSteps: [pid === null ? 'Set TMPDIR to a directory of your own' : 'Wait until it ends, or stop it'],
  }),
  'measure-needs-engine': ({reason}) => ({
    message: `Measuring needs a Docker engine: ${reason}`,
    nextSteps: ['Start Docker, or see what would run with --dry-run'],
  }),
  'measure-build-failed': ({name, reason, line, file}) => ({
    message: `${file === null || line === null ? '' : `${file}:${line}: `}The build of ${quote(name)} failed: ${reason}`,
    nextSteps: ['Run the command that --dry-run prints, and correct the error that it reports'],
  }),
  'measure-file-invalid': ({file, reason}) => ({
    message: `${quote(file)} is not a report of measured builds: ${reason}`,
    nextSteps: ['Write one with --save'],
  }),
  'smoke-invalid': ({file, reason}) => ({
    message: `${file}: ${reason}`,
    nextSteps: ['See docs/measure.md for the keys of a smoke check, or print a first set with --smoke-init'],
  }),
  'git-failed': ({reason}) => ({
    message: `Git does not work here: ${reason}`,
    nextSteps: ['Run it in a working tree of Git, or name the changed files with --changed'],
  }),
  'revision-unknown': ({revision}) => ({
    message: `Git has no commit ${quote(revision)}`,
    nextSteps: ['Pass a branch, a tag or a commit, such as main or HEAD~1; in CI, fetch it first'],
  }),
  'image-not-found': ({source}) => ({
    message: `Image archive not found: ${quote(source)}`,
    nextSteps: [
      'Pass the path of an archive or of an unpacked directory, or docker:NAME for an image in your Docker engine',
    ],
  }),
  'image-unreadable': ({source, reason}) => ({
    message: `Cannot read ${quote(source)}: ${reason}`,
    nextSteps: ['Pass an archive or an unpacked directory that you may read'],
  }),
  'image-invalid': ({source, reason}) => ({
    message: `${quote(source)} cannot be read as an image: ${reason}`,
    nextSteps: ['Write it again with docker save, or docker buildx build --output type=oci'],
  }),
  'image-not-saved': ({source, reason}) => ({
    message: `docker save failed for the image ${quote(source)}: ${reason}`,
    nextSteps: ['Pull or build it first, or pass the path of an archive'],
  }),
  'image-unknown': ({source}) => ({
    message: `Docker has no image ${quote(source)}`,
    nextSteps: [
      `List the images with docker image ls; get this one with docker pull ${source}, or build it first`,
      'For an archive, give its path: ./app.tar',
    ],
  }),
  'image-only-in-registry': ({source, layerCount, bytes}) => ({
    message: `Only the registry has the image ${quote(source)}: a first pull downloads ${bytes} in ${layerCount} layers`,
    nextSteps: [
      `To see what is in them, run docker pull ${source}, then run this again`,
      `To see what a host with that image pulls, add --deployed ${source}`,
    ],
  }),
  'engine-not-running': ({source, reason}) => ({
    message: `Docker could not look up the image ${quote(source)}: ${reason}`,
    nextSteps: [
      'Start Docker, or choose another engine with docker context use; or pass the path of an archive',
    ],
  }),
  'image-platform-missing': ({source, platform, known}) => ({
    message: `${quote(source)} has no image for ${platform}`,
    nextSteps: [`Choose one of ${known.join(', ')}, or --all-platforms`],
  }),
  'docker-not-found': ({source}) => ({
    message: `${quote(source)} is not a file here, and the program docker, which could have an image of that name, was not found`,
    nextSteps: ['Pass the path of an archive, as docker save writes it'],
  }),
  'flag-needs-docker': ({flag}) => ({
    message: `${flag} builds with docker, and the program docker was not found`,
    nextSteps: ['Install Docker with buildx, or leave the flag out'],
  }),
  'output-failed': ({reason}) => ({message: `Cannot write to standard output: ${reason}`}),
  'working-directory-gone': () => ({
    message: 'The working directory no longer exists',
    nextSteps: ['Change to a directory that exists, and run again'],
  }),
  'too-few-files': () => ({
    message: 'The limit of open files is too low for this process',
    nextSteps: ['Raise the limit, for instance with "ulimit -n 1024"'],
  }),
  internal: ({reason}) => ({message: `Internal error: ${reason}`, nextSteps: ['Please report this']}),
}

/** An error with a stable code, a message for people and, where there is one, the next step. */
export class SlimCheckError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'SlimCheckError'
  readonly nextSteps: readonly string[]

  constructor(
    readonly code: Code,
    readonly data: ErrorData[Code],
  ) {
    const {message, nextSteps = []} = TEXTS[code](data)
    super(message)
    this.nextSteps = nextSteps
  }
}

/** Thrown by `parseIgnoreFile`: reading or compiling the file fails, as the whole build would. */
export class IgnoreFileError extends Error {
  override readonly name = 'IgnoreFileError'

  /** @param problems all of them, in line order; at least one */
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(({line, message}) => `line ${line}: ${message}`).join('\n'))
  }

  /** The first bad line, 1-based. */
  get line(): number {
    return this.problems[0]?.line ?? 1
  }
}

/** Thrown by a matcher when a path reaches a pattern that Docker only then finds broken. */
export class IgnorePatternError extends Error {
  override readonly name = 'IgnorePatternError'

  constructor(
    readonly pattern: string,
    /** 1-based line of the ignore file; 0 for a pattern that stands in no file. */
    readonly line: number,
    readonly path: string,
    readonly reason: string,
  ) {
    super(`line ${line}: bad pattern ${quote(pattern)}: ${reason}`)
  }
}

/** Thrown by the Dockerfile reader: the build would fail while loading or planning it. */
export class DockerfileError extends Error {
  override readonly name = 'DockerfileError'

  /** @param line 1-based */
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message)
  }
}

/** The Dockerfile is sound, and has no stage of the name that is to be built. */
export class TargetNotFoundError extends DockerfileError {}

/** Thrown by the reader of configurations, with every problem of the file. */
export class ConfigFileError extends Error {
  override readonly name = 'ConfigFileError'

  /** @param problems in line order; at least one */
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(({line, message}) => `line ${line}: ${message}`).join('\n'))
  }
}

/** Thrown by the reader of baselines. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError'
}

/** The place that defines a build, as a prefix of a message; empty for a build of the command line. */
function describeToldBuild({file, line, build}: ToldBuild): string {
  if (file === undefined) return ''
  const place = line === undefined ? file : `${file}:${line}`
  return build === undefined ? `${place}: ` : `${place}: the build ${quote(build)}: `
}

/** What would help, behind what is wrong: a file is to be corrected. */
function describeFix({file, fix}: ToldBuild): string {
  return file === undefined || fix === undefined ? '' : `. ${fix}`
}

function nextStepsOf({file, fix}: ToldBuild, general: string): string[] {
  if (fix !== undefined) return [`${fix[0]!.toUpperCase()}${fix.slice(1)}`]
  return [file === undefined ? general : `Correct ${file}: Docker fails on it, too`]
}

const MAX_LISTED = 20

function listProblems(file: string, problems: readonly FileProblem[]): string {
  const lines = problems.slice(0, MAX_LISTED).map(({line, message}) => `${file}:${line}: ${message}`)
  const more = problems.length - lines.length
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

/** Thrown by the readers of compose, bake, workflow and environment files. */
export class BuildFileError extends Error {
  override readonly name = 'BuildFileError'

  /** @param line 1-based; null: the file as a whole */
  constructor(
    message: string,
    readonly file: string,
    readonly line: number | null,
  ) {
    super(message)
  }
}

function quote(text: string): string {
  return JSON.stringify(text)
}
