import {extensionOf} from '../../../languages/text/extension-of.js'
import {askNames} from '../../../tree/model/ask-names.js'
import {type FileTree, ROOT} from '../../../tree/model/file-tree.js'

/** More files than these no project's own sources have, or they are not all looked through. */
export const MAX_SOURCES = 12_000
/** Nor more bytes: all of them are held in memory at once. */
const MAX_TOTAL_BYTES = 128 * 1024 * 1024

/** What is installed or generated is nobody's source. */
const NOT_ENTERED = new Set(
  'node_modules .git .hg .svn .jj __pycache__ .venv venv target .next .nuxt bower_components .tox .nox .yarn .pnpm-store .gradle .terraform site-packages .cache .turbo .nx .idea Pods'.split(
    ' ',
  ),
)

/** In small letters. A regular expression of so many words takes longer to make than all names of a small project to be looked up. */
const CODE = new Set(
  [
    'js jsx cjs cjsx mjs mjsx ts tsx cts ctsx mts mtsx vue svelte astro py pyi pyw rb rake gemspec ru php phtml go rs',
    'java kt kts groovy gradle scala sbt sc mill clj cljs edn cs fs vb csproj fsproj vbproj proj props targets ex exs',
    'eex heex erl hrl hs cabal ml mli opam swift dart lua pl pm r jl zig zon nim cr d dhall sh bash zsh fish ksh ps1 bat cmd',
    'c h cc cpp cxx hpp hh m mm mk mak cmake am ac m4 ninja nimble v nix bzl bazel toml yml yaml cfg ini conf properties json',
    'json5 jsonc mod work htm html tmpl j2 erb ejs hbs twig proto in tf sln slnx slnf cake pro pri qbs',
  ].flatMap((words) => words.split(' ')),
)

const NAMED = new Set(
  [
    'CMakeLists.txt meson.build meson_options.txt meson.options pom.xml extensions.xml ivy.xml maven.config justfile',
    'Justfile cpanfile Makefile.PL rebar.config rebar.config.script pants DESCRIPTION Rakefile Gemfile Procfile Vagrantfile Brewfile Pipfile',
    'Jenkinsfile Earthfile BUILD WORKSPACE BUCK SConstruct SConscript wscript configure gradlew mvnw artisan manage dune',
    'dune-project .bazelrc .Rprofile .buckconfig .npmrc .yarnrc .babelrc .eslintrc .gitmodules .gitignore .dockerignore',
    '.gitattributes .env Caddyfile',
  ].flatMap((words) => words.split(' ')),
)

const NAMED_LIKE =
  /^(?:[\w.-]*build[\w.-]*\.xml|[Nn]u[Gg]et\.[Cc]onfig|(?:(?:GNU)?[Mm]akefile|Doxyfile|Dockerfile)[\w.-]*|requirements[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt)$/

/** Locks and data, large and without a word about the project. */
const NO_SOURCE = new Set(
  'package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock composer.lock poetry.lock uv.lock Cargo.lock'.split(
    ' ',
  ),
)

const NO_SOURCE_LIKE = /\.(?:min\.[cm]?js|bundle\.js|map\.js|d\.ts|snap)$|^(?:openapi|swagger).*\.json$/

const MAX_BYTES = 256 * 1024

/** What shows that a site is made of pages. */
const SITE =
  /^(?:conf\.py|mkdocs\.ya?ml|\.vitepress|myst\.ya?ml|_toc\.yml|book\.toml|docusaurus\.config\.\w+)$/
const PAGE = /\.(?:mdx?|rst)$/

/** Tells whether a file is read for what its page takes in alone: what its text names is no need of a program. */
export function isProse(path: string): boolean {
  return PAGE.test(path)
}

/** More pages than these are not looked through. */
const MAX_PAGES = 1_500

/** The files of a project that hold code or say how it is built, those nearest to the root first. */
export function listSourceFiles(tree: FileTree): string[] {
  const isEntered = askNames(tree, (name) => !NOT_ENTERED.has(name))
  const isNamed = askNames(tree, isSource)
  const isBare = askNames(tree, (name) => !name.includes('.'))
  const isSite = askNames(tree, (name) => SITE.test(name))
  const isPage = askNames(tree, (name) => PAGE.test(name))
  const found: {entry: number; depth: number}[] = []
  const pages: number[] = []
  let hasSite = false
  const collect = (directory: number, depth: number) => {
    for (const entry of tree.childrenOf(directory)) {
      hasSite ||= isSite(entry)
      if (tree.isDirectory(entry)) {
        if (isEntered(entry)) collect(entry, depth + 1)
      } else if (tree.typeOf(entry) === 'file' && tree.sizeOf(entry) <= MAX_BYTES) {
        // a script may have no extension
        if (isNamed(entry) || (isBare(entry) && (tree.modeOf(entry) & 0o111) !== 0))
          found.push({entry, depth})
        else if (isPage(entry)) pages.push(entry)
      }
    }
  }
  collect(ROOT, 0)
  found.sort((one, other) => one.depth - other.depth || one.entry - other.entry)
  const paths: string[] = []
  let bytes = 0
  const entries = [...found.map(({entry}) => entry), ...(hasSite ? pages.slice(0, MAX_PAGES) : [])]
  for (const entry of entries.slice(0, MAX_SOURCES)) {
    bytes += tree.sizeOf(entry)
    if (bytes > MAX_TOTAL_BYTES) break
    paths.push(tree.pathOf(entry))
  }
  return paths
}

function isSource(name: string): boolean {
  if (NO_SOURCE.has(name) || NO_SOURCE_LIKE.test(name)) return false
  const lower = name.toLowerCase()
  const isCode = CODE.has(extensionOf(lower).slice(1)) || lower.endsWith('.app.src')
  return isCode || NAMED.has(name) || NAMED_LIKE.test(name)
}
