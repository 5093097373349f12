import type {StageEvent} from '../../../build/graph/timeline.js'
import {readCopy} from '../../../languages/scripts/read-copy.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {baseName, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {Need} from '../consumers/consumption.js'
import type {Image, SurveyedAction} from '../survey/survey.js'

/** A command as an action that is not understood, with the files of the context that its words name. */
export interface NamedFiles {
  action: SurveyedAction
  needs: readonly Need[]
}

/** What a program is started with, and stops without. */
const CONFIGURATION =
  /\.(?:ya?ml|toml|ini|conf|cfg|json5?|[cm]?[jt]s|py|rb|xml|properties|env|hcl|lua|jar|war)$|(?:^|\/)(?:Caddyfile|Procfile)$/

type RunEvent = StageEvent & {kind: 'run'}

/** Programs that fail without a file, or a directory, that they are given. */
const TAKERS = new Set('chmod chown chgrp cp mv install cat head tail unzip dos2unix sed'.split(' '))
/** Compilers and packers: what has an ending among their words they read. */
const COMPILERS = new Set(
  'luarocks gcc g++ cc c++ clang clang++ javac kotlinc scalac rustc nim ghc fpc dmd ldc2 gfortran nasm valac swiftc'.split(
    ' ',
  ),
)
/** Programs whose words are files to write or to take away, ask whether a file is there, or name none. */
const NO_READERS = new Set(
  'rm rmdir mkdir touch test [ [[ unlink find du ls echo printf ln tee curl wget git export set unset apt apt-get apk dnf yum npm pnpm yarn pip gem add-apt-repository useradd adduser addgroup groupadd usermod mktemp which command type true false exit cd pushd popd mount umount tar zip gzip openssl ssh-keygen mkfifo truncate dd awk sh bash'.split(
    ' ',
  ),
)
/** Checkers and test programs that stop at a directory which is not there. */
const WALKERS = /^(?:pytest|py\.test|mypy|flake8|ruff|eslint|phpstan|rspec)$/
/** Options whose value is written. */
const OUTPUT_OPTION =
  /^(?:-o|-O|--out(?:put|file|dir|-dir|-file)?|--dest(?:ination)?|--target-dir|--log-?file|--pid(?:file)?|-C|--directory)$/

/** Finds the files of the context that commands of an image name as words. @param has tells whether the context has a path */
export function listNamedFiles(image: Image, has: (contextPath: string) => boolean): NamedFiles[] {
  return image.timeline.events.flatMap((event, at) => {
    if (event.kind !== 'run') return []
    return event.commands.flatMap((command, number) => {
      if (isGuarded(event, number)) return []
      const needs = listWords(command)
        .filter((word) => !isTouchedBefore(event, number, word))
        .flatMap((word) => readWord(image, {...command, isStart: event.isStart}, word, has))
        .filter((need) => !event.isStart || CONFIGURATION.test(need.contextPath))
        .map((need) => (event.isStart ? {...need, certainty: 'must' as const} : need))
      return needs.length === 0 ? [] : [{action: toCommandAction(event, at, command), needs}]
    })
  })
}

/** `cp x y || true`. */
function isGuarded({commands}: RunEvent, number: number): boolean {
  return /^(?:true|:)$/.test(commands[number + 1]?.words[0] ?? '')
}

/** An earlier command of the same step asks for the file, or may have written it. */
function isTouchedBefore({commands}: RunEvent, number: number, word: string): boolean {
  const name = baseName(word)
  return commands
    .slice(0, number)
    .some(({words}) => words.slice(1).some((one) => baseName(one).includes(name)))
}

/** The words that may be files which the command reads. */
function listWords({words}: Pick<ShellCommand, 'words'>): string[] {
  const program = baseName(words[0] ?? '')
  if (NO_READERS.has(program) || isOfDirectory(program, words)) return []
  const rest = words.slice(1)
  const plain = rest
    .map((word, at) => (OUTPUT_OPTION.test(rest[at - 1] ?? '') ? '' : word))
    .map((word) =>
      (/^--[\w-]+=/.test(word) && !OUTPUT_OPTION.test(word.split('=', 1)[0]!)) ||
      // Maven's properties
      (/^-D[\w.]*(?:file|File|config|settings)=/.test(word) && !/out/i.test(word.split('=', 1)[0]!))
        ? word.slice(word.indexOf('=') + 1)
        : word,
    )
    .filter((word) => word !== '' && !word.startsWith('-'))
  // the last word of a copy is where it goes, the first of a change of rights is no file
  const given = readCopy(words)?.sources ?? (/^ch(?:mod|own|grp)$/.test(program) ? plain.slice(1) : plain)
  return given.filter((word) => !/[$*?{}<>|;&=:()"'`\\]/.test(word) && !/^(?:\.{0,2}\/?|~.*)$/.test(word))
}

/** `chown -R user /app`: a directory that WORKDIR, the base image or a COPY of a part of it has made. */
function isOfDirectory(program: string, words: readonly string[]): boolean {
  return (
    /^ch(?:own|grp|mod)$/.test(program) &&
    words.some((word) => /^(?:-[a-zA-Z]*R[a-zA-Z]*|--recursive)$/.test(word))
  )
}

function readWord(
  {project}: Image,
  {words, directory, isStart, isSubstituted}: ShellCommand & {isStart: boolean},
  word: string,
  has: (contextPath: string) => boolean,
): Need[] {
  const program = baseName(words[0] ?? '')
  const isTaker = TAKERS.has(program) || (COMPILERS.has(program) && /\.\w+$/.test(word))
  // `build` is a subcommand more often than a directory
  if (!isTaker && !/[./]/.test(word) && !WALKERS.test(program) && !isTakenIn(words, word)) return []
  // what leads out of the copied directories was not copied, or by a mount that nobody sees
  const paths =
    word.startsWith('../') && !isStart
      ? project.guessSources(directory, word)
      : project.sourcesOf(resolveContainerPath(directory, word))
  return paths
    .filter((contextPath) => contextPath !== '' && has(contextPath))
    .map(
      (contextPath): Need => ({
        contextPath,
        certainty: isTaker && !isSubstituted ? 'must' : 'likely',
        askedBy: null,
      }),
    )
}

/** Options whose value is a file or directory that is read, though it may be a bare word. */
const INPUT_WORD =
  /^--?(?:include(?:-dir)?|static|assets|public-dir|content|source|src|input(?:-dir)?|templates?(?:-dir)?|migrations|config-dir|proto_path|data-dir)$/

/** `--include static`, and `--include=static`. */
function isTakenIn(words: readonly string[], word: string): boolean {
  return words.some((one, at) =>
    one === word
      ? INPUT_WORD.test(words[at - 1] ?? '')
      : one.endsWith(`=${word}`) && INPUT_WORD.test(one.split('=', 1)[0]!),
  )
}

const INPUT_OPTION = /^(?:-i|--input(?:-spec)?|--schema|--spec|--spec-file)$/
const GENERATOR = /openapi|codegen|protoc|swagger|graphql|orval|kubb|json2ts|quicktype|buf$|grpc_tools/i
const INTERFACE = /\.(?:ya?ml|json|proto|graphql|gql|avsc|thrift|xsd|wsdl)$/

/** The interfaces that a generator in a script makes code of. */
export function listInterfaces({words, directory}: SurveyedAction, {project}: Image): Need[] {
  const isGenerator = words.slice(0, 3).some((word) => GENERATOR.test(word))
  return listWords({words})
    .filter((word) => INTERFACE.test(word))
    .filter((word) => isGenerator || INPUT_OPTION.test(words[words.indexOf(word) - 1] ?? ''))
    .flatMap((word) => project.guessSources(directory, word))
    .filter((contextPath) => project.isFile(contextPath))
    .map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy: null}))
}

/** A command as an action that is not understood. */
export function toCommandAction(
  {where, isStart}: RunEvent,
  at: number,
  command: ShellCommand,
): SurveyedAction {
  const {words, directory, env, isCertain, hasFallback} = command
  const text = words.join(' ').slice(0, 60)
  return {
    text,
    words,
    program: baseName(words[0] ?? ''),
    directory,
    env,
    isCertain,
    where,
    at,
    isStart,
    called: text,
    use: null,
    ...(hasFallback && {hasFallback}),
  }
}
