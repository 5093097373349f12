/** Servers that list the files of a folder: who opens it sees each, whatever its name. */

import type {ShellCommand} from '../../languages/scripts/shell-command.js'
import {
  baseName,
  isWithin,
  joinPath,
  parentPath,
  resolveContainerPath,
} from '../../languages/text/container-path.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {WayIn} from './find-ways-in.js'
import {listRunSources} from './survey/run-sources.js'
import type {Image} from './survey/survey.js'

/** A folder that is shown, and who does it. */
interface Shown {
  /** A container path. */
  root: string
  who: string
}

/** Instead of the list, a server shows these. */
const INDEXES = ['index.html', 'index.htm', 'index.php']

/** Finds who lists the folder that a path of the context comes to lie in; null: nobody. */
export function findLister({image, landing, only}: WayIn, path: string, tree: FileTree): string | null {
  if (!image.timeline.isTarget || only !== undefined || landing === null) return null
  const folder = parentPath(path)
  if (INDEXES.some((name) => tree.find(joinPath(folder, name)) >= 0)) return null
  return listShown(image).find(({root}) => isWithin(landing, root))?.who ?? null
}

const SHOWN = new WeakMap<Image, readonly Shown[]>()

function listShown(image: Image): readonly Shown[] {
  const known = SHOWN.get(image)
  if (known !== undefined) return known
  const shown = [...listStarted(image), ...listSetUp(image), ...listCoded(image)]
  SHOWN.set(image, shown)
  return shown
}

/** Servers that list what they are told to serve, or where they are started. */
const SERVERS: readonly {
  program: RegExp
  /** What the words must say, or must not. */
  lists?: RegExp
  hides?: RegExp
  /** The option that names the folder; default: the first word that is none. */
  option?: RegExp
}[] = [
  {program: /^(?:http\.server|SimpleHTTPServer)$/, option: /^(?:-d|--directory)$/},
  {program: /^http-server$/, hides: /^(?:-d=?false|--no-dir)$/},
  {program: /^serve$/, hides: /^(?:-s|--single)$/},
  {program: /^caddy$/, lists: /^(?:-b|--browse)$/, option: /^(?:-r|--root)$/},
  {program: /^darkhttpd$/, hides: /^--no-listing$/},
  {program: /^miniserve$/},
  {
    program: /^static-web-server$/,
    lists: /^(?:-z|--directory-listing)(?:=true)?$/,
    option: /^(?:-d|--root)$/,
  },
]

/** What stands before the program that is meant. */
const BEFORE =
  /^(?:(?:(?:npm|pnpm|yarn) (?:exec|dlx)|npx|bunx|exec|tini|dumb-init|gosu \S+|su-exec \S+|python[\d.]*|--|-\w) )*$/

function listStarted({timeline, actions}: Image): Shown[] {
  const commands = timeline.events.flatMap((event) =>
    event.kind === 'run' && event.isStart ? event.commands : [],
  )
  return [...commands, ...actions.filter(({isStart}) => isStart)].flatMap(readServer)
}

function readServer({words, directory}: Pick<ShellCommand, 'words' | 'directory'>): Shown[] {
  for (const {program, lists, hides, option} of SERVERS) {
    const at = words.findIndex((word) => program.test(baseName(word)))
    const before = words.slice(0, at).map((word) => `${baseName(word)} `)
    if (at < 0 || !BEFORE.test(before.join(''))) continue
    const rest = words.slice(at + 1)
    if (lists !== undefined && !rest.some((word) => lists.test(word))) continue
    if (hides !== undefined && rest.some((word) => hides.test(word))) continue
    const told = option === undefined ? rest.find(isFolder) : findValue(rest, option)
    return [{root: resolveContainerPath(directory, told ?? '.'), who: words.slice(at).join(' ')}]
  }
  return []
}

/** Not an option, and no port. */
function isFolder(word: string): boolean {
  return !word.startsWith('-') && !/^\d+$/.test(word)
}

function findValue(words: readonly string[], option: RegExp): string | undefined {
  const at = words.findIndex((word) => option.test(word.split('=', 1)[0]!))
  return at < 0 ? undefined : (/=(.*)$/.exec(words[at]!)?.[1] ?? words[at + 1])
}

const ROOT = /(?:^|[{;])\s*(?:root|alias)\s+(?:\*\s+|\/\S*\s+(?=\/))?["']?(\/[^\s;"']*)/gm

/** Servers that are set up by a file, where the image has one of them. */
const SET_UP: readonly {server: RegExp; file: RegExp; lists: RegExp; root: string | null}[] = [
  {
    server: /^(?:nginx|nginx-unprivileged|openresty)$/,
    file: /\.(?:conf|template)$/,
    lists: /(?:^|[{;])\s*autoindex\s+on\b/m,
    root: '/usr/share/nginx/html',
  },
  {
    server: /^caddy$/,
    file: /(?:^|\/)[\w.-]*Caddyfile[\w.-]*$/,
    lists: /\bfile_server\b[^\n{]*\bbrowse\b|\bfile_server\b[^\n{]*\{[^}]*\bbrowse\b/,
    root: null,
  },
]

function listSetUp({timeline, project}: Image): Shown[] {
  const started = timeline.events.flatMap((event) =>
    event.kind === 'run' && event.isStart ? event.commands.flatMap(({words}) => words.map(baseName)) : [],
  )
  const names = [baseName(timeline.imageName).replace(/[:@].*$/s, ''), ...started]
  return SET_UP.filter(({server}) => names.some((name) => server.test(name))).flatMap(({file, lists, root}) =>
    project.readAll('/', file).flatMap(({path, text}) => {
      if (!lists.test(text)) return []
      const roots = [...text.matchAll(ROOT)].map((match) => match[1]!.replace(/(?<=.)\/+$/, ''))
      return (roots.length > 0 ? roots : [root ?? timeline.directory]).map((one) => ({root: one, who: path}))
    }),
  )
}

/** Code of the project that serves a folder with a list of its files. */
const CODED: readonly (readonly [language: 'go' | 'javascript' | 'python' | 'rust', pattern: RegExp])[] = [
  ['go', /\bhttp\.FileServer\(\s*http\.Dir\(\s*["`]([^"`\n]+)["`]/g],
  ['javascript', /\bserveIndex\(\s*(?:\w+\.(?:join|resolve)\([^'"`\n]*)?["'`]([^"'`\n]+)["'`]/g],
  ['python', /\badd_static\([^\n]*?["'][^"'\n]*["']\s*,\s*["']([^"'\n]+)["'][^\n]*show_index\s*=\s*True/g],
  ['rust', /\bFiles::new\([^\n"]*"[^"\n]*"\s*,\s*"([^"\n]+)"\s*\)\s*\.show_files_listing/g],
]

function listCoded({timeline, project}: Image): Shown[] {
  return CODED.flatMap(([language, pattern]) =>
    listRunSources(project, language).flatMap(({path, text}) =>
      [...text.matchAll(pattern)].map((match) => ({
        root: resolveContainerPath(timeline.directory, match[1]!),
        who: path,
      })),
    ),
  )
}
