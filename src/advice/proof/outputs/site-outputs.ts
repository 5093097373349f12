import type {PlacedAction} from '../../../build/graph/expand-actions.js'
import {isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {ProjectView} from '../consumers/consumption.js'

/** Where a site generator writes. */
interface SiteOutput {
  kind: string
  /** Without a flag and a setting. */
  directory: string
  flag: RegExp
  settings: RegExp
  /** Its first group is the directory. */
  setting: RegExp
}

const OUTPUTS: Readonly<Record<string, SiteOutput>> = {
  hugo: {
    kind: 'hugo-site',
    directory: 'public',
    flag: /^(?:-d|--destination)(?:=(.+))?$/,
    settings:
      /(?:^|\/)(?:(?:hugo|config)\.(?:toml|ya?ml|json)|config\/[\w-]+\/(?:hugo|config)\.(?:toml|ya?ml|json))$/,
    setting: /^[ \t]*["']?publishDir["']?\s*[=:]\s*["']?([^"'\s,#]+)/im,
  },
  zola: {
    kind: 'zola-site',
    directory: 'public',
    flag: /^(?:-o|--output-dir)(?:=(.+))?$/,
    settings: /(?:^|\/)config\.toml$/,
    setting: /^[ \t]*output_dir\s*=\s*["']([^"'\s]+)/m,
  },
  hexo: {
    kind: 'hexo-site',
    directory: 'public',
    flag: /^-o$/,
    settings: /(?:^|\/)_config\.yml$/,
    setting: /^public_dir:\s*["']?([^"'\s#]+)/m,
  },
  jekyll: {
    kind: 'jekyll-site',
    directory: '_site',
    flag: /^(?:-d|--destination)(?:=(.+))?$/,
    settings: /(?:^|\/)_config\.(?:ya?ml|toml)$/,
    setting: /^destination\s*[:=]\s*["']?([^"'\s#]+)/m,
  },
  mkdocs: {
    kind: 'mkdocs-site',
    directory: 'site',
    flag: /^(?:-d|--site-dir)(?:=(.+))?$/,
    settings: /(?:^|\/)mkdocs\.ya?ml$/,
    setting: /^site_dir:\s*["']?([^"'\s#]+)/m,
  },
  mdbook: {
    kind: 'mdbook-site',
    directory: 'book',
    flag: /^(?:-d|--dest-dir)(?:=(.+))?$/,
    settings: /(?:^|\/)book\.toml$/,
    setting: /^[ \t]*build-dir\s*=\s*["']([^"'\s]+)/m,
  },
}

/**
 * Tells whether a generator of sites writes a directory anew.
 * @param kind of what lies there
 * @param landing where it lies in the image
 */
export function writesSite(
  action: PlacedAction,
  project: ProjectView,
  {kind, landing}: {kind: string; landing: string},
): boolean {
  const {program, directory} = action
  if (program === 'sphinx-build')
    return kind === 'sphinx-site' && isWithin(outputOfSphinx(action) ?? '', landing)
  const output = Object.hasOwn(OUTPUTS, program) ? OUTPUTS[program]! : null
  if (output === null || output.kind !== kind) return false
  return resolveContainerPath(directory, chooseDirectory(output, action, project)) === landing
}

/** A flag goes before the settings. */
function chooseDirectory(
  {flag, settings, setting, directory: usual}: SiteOutput,
  {words, directory}: PlacedAction,
  project: ProjectView,
): string {
  const at = words.findIndex((word, place) => place > 0 && flag.test(word))
  if (at > 0) return flag.exec(words[at]!)![1] ?? words[at + 1] ?? usual
  const set = project
    .readAll(directory, settings)
    .flatMap(({text}) => setting.exec(text)?.[1] ?? [])
    .at(0)
  return set ?? usual
}

/** `sphinx-build -b html SOURCE OUTPUT`, `sphinx-build -M html SOURCE OUTPUT`. */
function outputOfSphinx({words, directory}: PlacedAction): string | null {
  const isValue = (at: number) =>
    /^-[A-Za-z]$/.test(words[at - 1] ?? '') && !/^-[aEnqQTvPNW]$/.test(words[at - 1]!)
  const plain = words.filter((word, at) => at > 0 && !word.startsWith('-') && !isValue(at))
  const output = plain[1]
  return output === undefined ? null : resolveContainerPath(directory, output)
}
