/** What CMake does for sure, and what depends on a condition that nobody knows; lines keep their numbers. */
interface Split {
  sure: string
  doubtful: string
}

/** Never so in an image. */
const OTHER_SYSTEMS = /^(?:WIN32|MSVC|MINGW|APPLE|IOS|ANDROID|EMSCRIPTEN|CYGWIN|XCODE)$/
const SAME_SYSTEM = /^(?:UNIX|LINUX|NOT[ \t]+(?:WIN32|MSVC|APPLE))$/

/** Takes apart what stands in `if(…)`; what the command line, an option or the system rules out is in neither. */
export function splitConditions(text: string, words: readonly string[]): Split {
  const values = readValues(text, words)
  const open: (boolean | null)[] = []
  const sure: string[] = []
  const doubtful: string[] = []
  for (const line of text.split('\n')) {
    const [, keyword = '', condition = ''] =
      /^\s*(if|elseif|else|endif)\s*\(\s*([^)]*?)\s*\)/i.exec(line) ?? []
    const last = open.at(-1) ?? null
    if (/^if$/i.test(keyword)) open.push(judge(condition, values))
    else if (/^endif$/i.test(keyword)) open.pop()
    else if (/^else$/i.test(keyword)) open[open.length - 1] = last === null ? null : !last
    else if (/^elseif$/i.test(keyword)) open[open.length - 1] = last === true ? false : null
    const isOff = open.includes(false)
    const isSure = open.every((one) => one === true)
    sure.push(isSure && keyword === '' ? line : '')
    doubtful.push(!isOff && !isSure && keyword === '' ? line : '')
  }
  return {sure: sure.join('\n'), doubtful: doubtful.join('\n')}
}

/** Options with their defaults, and what `-D` says of them. */
function readValues(text: string, words: readonly string[]): Map<string, boolean> {
  const values = new Map<string, boolean>()
  for (const [, name = '', value = 'OFF'] of text.matchAll(
    /\boption\(\s*(\w+)\s+"[^"]*"(?:\s+(\w+))?\s*\)/gi,
  ))
    values.set(name, isOn(value))
  for (const word of words) {
    const [, name, value = ''] = /^-D(\w+)(?::\w+)?=(.*)$/.exec(word) ?? []
    if (name !== undefined && !value.includes('$')) values.set(name, isOn(value))
  }
  return values
}

function isOn(value: string): boolean {
  return /^(?:ON|TRUE|YES|Y|1)$/i.test(value)
}

function judge(condition: string, values: ReadonlyMap<string, boolean>): boolean | null {
  if (OTHER_SYSTEMS.test(condition)) return false
  if (SAME_SYSTEM.test(condition)) return true
  const [, not, name = ''] = /^(NOT\s+)?(\w+)$/i.exec(condition) ?? []
  const value = values.get(name)
  return value === undefined ? null : not === undefined ? value : !value
}
