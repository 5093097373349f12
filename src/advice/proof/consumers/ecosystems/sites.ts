/** Sites made from pages, and tools that look at the repository whatever their settings. */

import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {joinPath, resolveContainerPath} from '../../../../languages/text/container-path.js'
import {
  type Consumer,
  type GitUse,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  surely,
} from '../consumption.js'
import {listPageIncludes} from '../files/page-includes.js'
import {lineAt} from '../text-lines.js'

interface Site {
  settings: RegExp
  /** What in the settings reads the repository. */
  reads: RegExp
  /** The directory of pages unless the settings say another. */
  pages?: string
  /** What a flag or a variable asks of the repository. */
  flag?: RegExp
  /** What pages may ask for, each by itself; nobody reads them all. */
  inPages?: string
}

const SITES: Readonly<Record<string, Site>> = {
  hugo: {
    settings:
      /(?:^|\/)(?:(?:hugo|config)\.(?:toml|ya?ml|json)|config\/\w+\/[\w.-]+\.(?:toml|ya?ml|json)|go\.mod)$/,
    reads: /enableGitInfo\s*["']?\s*[=:]\s*true|:git\b/i,
    pages: 'content',
    flag: /^(?:--enableGitInfo(?:=true)?|HUGO_ENABLEGITINFO=true)$/i,
  },
  mkdocs: {
    settings: /(?:^|\/)mkdocs[\w.-]*\.ya?ml$/,
    reads:
      /^[ \t]*(?:-[ \t]*)?["']?(git-[\w-]+|document-dates|timetoread-git|rss|multirepo|table-reader-git|mike|monorepo-git)\b/m,
    pages: 'docs',
  },
  'sphinx-build': {
    settings: /(?:^|\/)conf\.py$/,
    reads:
      /sphinx_last_updated_by_git|sphinx_git\b|setuptools_scm|git_last_updated|subprocess[^\n]*git|["']git["']|sphinx_sitemap_git|sphinx_multiversion|sphinxcontrib\.versioning/,
    pages: 'docs',
  },
  zola: {settings: /(?:^|\/)config\.toml$/, reads: /git_info/, pages: 'content'},
  antora: {
    settings: /(?:playbook|(?:^|\/)antora)[\w.-]*\.ya?ml$/,
    reads: /url:\s*(?:\.|\.\/|\.\.)/,
    pages: 'modules',
  },
  mdbook: {settings: /(?:^|\/)book\.toml$/, reads: /git-(?:atom|last)|last-changed/, pages: 'src'},
  'jupyter-book': {settings: /(?:^|\/)_(?:config|toc)\.yml$/, reads: /sphinx_last_updated_by_git/, pages: ''},
  myst: {settings: /(?:^|\/)myst\.ya?ml$/, reads: /\bgit-(?:date|authors)\b/, pages: ''},
  doxygen: {settings: /(?:^|\/)[\w.-]*Doxyfile[\w.-]*$/, reads: /FILE_VERSION_FILTER\s*=.*git/},
  hexo: {settings: /(?:^|\/)_config\.yml$/, reads: /git/, pages: 'source'},
  quarto: {settings: /(?:^|\/)_quarto\.ya?ml$/, reads: /last-modified|git/},
  eleventy: {
    settings: /(?:^|\/)(?:\.eleventy\.js|eleventy\.config\.[cm]?js|[\w.-]+\.(?:json|11tydata\.[cm]?js))$/,
    reads: /["']git (?:Last Modified|Created)["']|\bgit\b(?!hub|lab|ignore)/i,
    inPages: 'date: git Last Modified',
  },
}

/** Programs that read the repository around them. */
const READERS: Readonly<Record<string, string>> = {
  'pre-commit': 'works on a Git repository',
  prek: 'works on a Git repository',
  commitizen: 'works on a Git repository',
  gitversion: 'takes the version from .git',
  'dotnet-gitversion': 'takes the version from .git',
  'git-cliff': 'reads .git',
  'git-lfs': 'reads .git',
  gh: 'reads .git',
  hub: 'reads .git',
  svu: 'reads .git',
  dunamai: 'reads .git',
  'setuptools-scm': 'reads .git',
  semantic_release: 'reads .git',
  'python-semantic-release': 'reads .git',
  'bump-my-version': 'reads .git',
  towncrier: 'may read .git',
  reuse: 'may read .git',
  codecov: 'reads .git',
  coveralls: 'reads .git',
  gitleaks: 'reads .git',
  trufflehog: 'reads .git',
  'sonar-scanner': 'reads .git',
  'license-eye': 'may read .git',
  dvc: 'works on a Git repository',
  'git-crypt': 'reads .git',
  mike: 'works on a Git repository',
}

export const consumeSites: Consumer = (action, project) => {
  const {program, directory, text} = action
  const site = Object.hasOwn(SITES, program) ? SITES[program]! : null
  if (site !== null) {
    const settings = project.readAll(directory, site.settings)
    return {
      needs: program === 'sphinx-build' ? listSphinx(action, project) : listPages(site, action, project),
      git:
        readFlags(site, action) ?? readSettings(site, settings) ?? askAbout(action, site, settings, project),
      runs: [],
    }
  }
  const why = Object.hasOwn(READERS, program) ? READERS[program]! : null
  if (why === null) return null
  return {git: /may/.test(why) ? perhaps(`does ${text} read the repository?`) : surely(`${text} ${why}`)}
}

function readSettings({reads}: Site, settings: readonly SourceText[]): GitUse | null {
  for (const {path, text} of settings) {
    const match = reads.exec(text)
    if (match !== null) {
      const name = (match[1] ?? match[0]).trim()
      return surely(`${path} uses ${name}, which reads .git`, {
        askedBy: {path, line: lineAt(text, match.index + match[0].indexOf(name)).line},
      })
    }
  }
  return null
}

function readFlags({flag}: Site, {words, env, text}: PlacedAction): GitUse | null {
  if (flag === undefined) return null
  const given = [...words, ...[...env].map(([name, value]) => `${name}=${value}`)]
  return given.some((word) => flag.test(word)) ? surely(`${text} reads .git`) : null
}

/** Settings that were not found show nothing: the answer is a question then. */
function askAbout(
  {program, directory}: PlacedAction,
  {inPages}: Site,
  settings: readonly SourceText[],
  project: ProjectView,
): GitUse | null {
  if (inPages !== undefined) return perhaps(`do pages of ${program} contain "${inPages}", which reads .git?`)
  if (settings.length > 0 || (project.sourcesOf(directory).length === 0 && !/^\/?\?/.test(directory)))
    return null
  return perhaps(`does ${program} read the repository?`)
}

/** The first directory that it is given holds the settings and the pages. */
function listSphinx({words, directory}: PlacedAction, project: ProjectView): Need[] {
  const given = words
    .slice(1)
    .find((word, at) => !word.startsWith('-') && !/^-[bdcDAjwMt]$/.test(words[at] ?? ''))
  if (given === undefined || words.some((word) => /^-[cC]/.test(word))) return []
  const isStrict = words.some((word) => /^-[a-zA-Z]*W[a-zA-Z]*$|^--fail-on-warning$/.test(word))
  return project
    .sourcesOf(resolveContainerPath(directory, given))
    .filter((path) => project.has(path))
    .flatMap((path): Need[] => [
      {contextPath: joinPath(path, 'conf.py'), certainty: 'must', askedBy: null},
      ...listPageNeeds(path, project),
      ...listPageIncludes('sphinx-build', {folder: path, root: path, isStrict}, project),
    ])
    .filter(({contextPath}) => project.has(contextPath))
}

/** A directory of pages, and that any of them comes. */
export function listPageNeeds(contextPath: string, project: ProjectView): Need[] {
  const among = project.filesBelow(contextPath, /\.(?:mdx?|adoc|rst)$/)
  const need: Need = {contextPath, certainty: 'must', askedBy: null}
  return among.length === 0 ? [need] : [need, {...need, among}]
}

/** Pages are what a site is made of. */
function listPages({pages}: Site, {program, directory}: PlacedAction, project: ProjectView): Need[] {
  if (pages === undefined) return []
  return project.sourcesOf(directory).flatMap((base): Need[] => {
    const path = base === '' ? pages : `${base}/${pages}`
    if (!project.has(path)) return []
    return [
      ...listPageNeeds(path, project),
      ...listPageIncludes(program, {folder: path, root: base}, project),
    ]
  })
}
