import {joinPath, parentPath} from '../../../../languages/text/container-path.js'
import {
  type Consumer,
  firstUse,
  type Need,
  type ProjectView,
  type SourceText,
  surely,
} from '../consumption.js'
import {findGitSignIn} from '../git-signs.js'
import {readBundledImports} from '../imports/javascript-imports.js'
import {listImportNeeds} from '../imports/source-imports.js'
import {needOf, needsIn, resolveIn} from '../needs.js'
import {lineAt} from '../text-lines.js'

/** The applications of an umbrella: without their manifests an install does not know what they depend on. */
function listUmbrella({path, text}: SourceText, project: ProjectView): Need[] {
  const match = /\bapps_path:\s*"([^"\n]+)"/.exec(text)
  if (match === null) return []
  const folder = resolveIn(parentPath(path), match[1]!)
  const askedBy = {path, line: lineAt(text, match.index).line, text: 'apps_path'}
  const members = project
    .readBelow(folder, /(?:^|\/)mix\.exs$/)
    .filter((one) => parentPath(parentPath(one.path)) === folder)
    .map((one) => one.path)
  const all = members.length > 0 ? members : project.has(folder) ? [folder] : []
  return all.map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy}))
}

/** Without the clauses of a function that are for one value alone: `defp target_deps(:app), do: […]`. */
function withoutConditions({path, text}: SourceText): SourceText {
  const clause = /^[ \t]*defp?\s+\w+\(\s*(?::\w+|"[^"\n]*")[^\n]*\)\s*,\s*do:[^\n]*/gm
  return {path, text: text.replace(clause, '')}
}

export const consumeElixir: Consumer = ({program, words, directory, makes}, project) => {
  if (!/^(?:mix|elixir|iex|rebar3|erl|gleam)$/.test(program)) return null
  const sign = findGitSignIn(
    project
      .read(directory, 'mix.exs', 'rebar.config')
      .map((one) => ({...one, text: one.text.replace(/\bgit:\s*"[^"]*"|\{git,\s*"[^"]*"/g, '')})),
  )
  const versioned = /^(?:rebar3|erl)$/.test(program)
    ? project
        .readAll(directory, /(?:\.app\.src|(?:^|\/)rebar\.config)$/)
        .find(({text}) => /\{\s*(?:vsn|release\s*,\s*\{\s*\w+)\s*,\s*["']?(?:git|semver)\b/.test(text))
    : undefined
  const manifests = program === 'mix' && makes !== undefined ? project.read(directory, 'mix.exs') : []
  const needs = manifests.flatMap((manifest): Need[] => {
    const names = makes?.some((step) => /compile/.test(step))
      ? ['mix.lock', 'config/config.exs']
      : ['mix.lock']
    if (words[1] === 'release') names.push('config/runtime.exs', 'rel/overlays', 'rel/env.sh.eex')
    const present = names
      .map((name) => joinPath(parentPath(manifest.path), name))
      .filter((contextPath) => project.has(contextPath))
    return [
      needOf(manifest),
      ...present.map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy: null})),
      ...needsIn(withoutConditions(manifest), [
        {pattern: /\bpath:\s*"([^"\n]+)"/g, certainty: 'must', text: 'path'},
      ]),
      ...listUmbrella(manifest, project),
    ]
  })
  const packs = program === 'mix' && /^(?:assets\.|esbuild)/.test(words[1] ?? '')
  const scripts = packs ? project.readAll(directory, /(?:^|\/)assets\/.*\.[jt]sx?$/) : []
  const folders = /^(?:assets\.(?:deploy|build)|esbuild|tailwind)$/.test(packs ? words[1]! : '')
    ? project
        .basesOf(directory)
        .map((base) => joinPath(base, 'assets'))
        .filter((contextPath) => project.has(contextPath))
        .map((contextPath): Need => ({contextPath, certainty: 'likely', askedBy: null}))
    : []
  return {
    needs: [...needs, ...folders, ...listImportNeeds(scripts, readBundledImports, project, 'likely')],
    git: firstUse(
      sign && surely(`${sign.path} needs ${sign.found}`, {askedBy: sign}),
      versioned && surely(`${versioned.path} takes its version from .git`),
    ),
    // what is compiled runs its own code: `@commit System.cmd("git", …)`
    runs: /^(?:deps\.|local\.|archive|hex\.|format$)/.test(words[1] ?? '') ? [] : ['elixir'],
  }
}
