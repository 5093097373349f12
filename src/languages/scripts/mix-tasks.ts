/** What Elixir's mix runs for a task: the tasks that `mix do` lists, and the aliases of a mix.exs. */

/** A project's texts: its mix.exs, and the settings in which tasks find their profiles. */
export interface MixProject {
  manifest: string
  settings: string
}

/** A key with a list, as keyword lists write it: `setup: [`, `"assets.setup": [`. */
const ALIAS = /(?:^|[\s[,])(?:"([\w.-]+)"|([a-z_]\w*)):\s*(?=\[|")/g

/**
 * The commands of a shell that a mix command stands for, one level down.
 * @param words `mix` and what follows
 * @returns null for a task that is none but itself
 */
export function listMixCommands(words: readonly string[], {manifest, settings}: MixProject): string[] | null {
  const [, task = '', ...rest] = words
  if (task === 'do') return splitTasks(rest).map((one) => `mix ${one.join(' ')}`)
  const alias = readAliases(manifest).get(task)
  // a task of an alias's own name is the task itself
  if (alias !== undefined)
    return alias.map((one) => (firstWord(one) === task ? `mix do ${one}` : `mix ${one}`))
  if (task === 'cmd') return [readCmd(rest)]
  if (task !== 'bun') return null
  const [profile = '', ...more] = rest
  const directory = readProfileDirectory(settings, task, profile)
  return directory === null ? null : [`cd ${directory} && ${[task, ...more].join(' ')}`]
}

/** `mix do deps.get, compile --force + release`: a comma ends a task, or a plus. */
function splitTasks(words: readonly string[]): string[][] {
  const tasks: string[][] = [[]]
  for (const word of words) {
    if (word === '+' || word === ',') tasks.push([])
    else if (word.endsWith(',')) {
      tasks.at(-1)!.push(word.slice(0, -1))
      tasks.push([])
    } else tasks.at(-1)!.push(word)
  }
  return tasks.filter((task) => task.length > 0)
}

/** `mix cmd --cd assets npm ci`. */
function readCmd(words: readonly string[]): string {
  const [first = '', directory = ''] = words
  return first === '--cd' ? `cd ${directory} && ${words.slice(2).join(' ')}` : words.join(' ')
}

/** The tasks of each alias, as far as they are written out; functions among them are not followed. */
function readAliases(manifest: string): Map<string, string[]> {
  const text = manifest.replace(/^[ \t]*#.*$/gm, '')
  const start = /\bdefp?\s+aliases(?:\(\s*\))?\s*(?:do\b|,\s*do:)|\baliases:\s*\[/.exec(text)
  const aliases = new Map<string, string[]>()
  if (start === null) return aliases
  const rest = text.slice(start.index + start[0].length)
  const [body = ''] = rest.split(/^[ \t]*defp?\s/m, 1)
  for (const {0: whole, 1: quoted, 2: plain, index} of body.matchAll(ALIAS)) {
    const elements = readElements(body.slice(index + whole.length))
    aliases.set(quoted ?? plain!, elements)
  }
  return aliases
}

/** The strings that a list holds as elements of its own, or the one string that stands there. */
function readElements(text: string): string[] {
  const whole = /^"((?:[^"\\]|\\.)*)"/.exec(text)
  if (whole !== null) return [whole[1]!]
  const found: string[] = []
  let depth = 0
  let element = ''
  for (const [part] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\](){},]|[^"[\](){},]+/g)) {
    const isEnd = depth === 1 && (part === ',' || part === ']')
    if (isEnd) {
      const literal = /^"((?:[^"\\]|\\.)*)"$/.exec(element.trim())
      if (literal !== null) found.push(literal[1]!)
      element = ''
    } else if (depth > 0) element += part
    if (/^[[({]$/.test(part)) depth++
    if (/^[\])}]$/.test(part) && --depth === 0) break
  }
  return found
}

/** `config :bun, assets: [args: ~w(), cd: Path.expand("../assets", __DIR__)]`, seen from the project. */
function readProfileDirectory(settings: string, task: string, profile: string): string | null {
  const block = new RegExp(`^config :${task},[^]*?(?=^(?:config|import_config)\\b|(?![^]))`, 'm').exec(
    settings,
  )
  const start = block === null ? -1 : block[0].search(new RegExp(`\\b${escapeName(profile)}:\\s*\\[`))
  if (block === null || start < 0) return null
  const [, name] = /\bcd:\s*Path\.expand\("\.\.\/([\w./-]+)",\s*__DIR__\)/.exec(block[0].slice(start)) ?? []
  return name ?? null
}

function escapeName(name: string): string {
  return name.replace(/[^\w]/g, '\\$&')
}

function firstWord(text: string): string {
  return text.trim().split(/\s/, 1)[0]!
}
