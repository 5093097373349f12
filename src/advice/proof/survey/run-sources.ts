import type {Language, ProjectView, SourceText} from '../consumers/consumption.js'

/** Sources of each language, by their names. */
const SOURCES: Readonly<Record<Language, RegExp>> = {
  javascript: /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
  python: /\.pyw?$/,
  ruby: /(?:\.(?:rb|ru|rake)|(?:^|\/)Rakefile)$/,
  php: /\.(?:php|phtml)$/,
  go: /\.go$/,
  rust: /\.rs$/,
  jvm: /\.(?:java|kts?|groovy|scala|clj)$/,
  dotnet: /\.(?:cs|fs|vb)$/,
  elixir: /\.exs?$/,
  shell: /\.(?:sh|bash)$/,
  other: /\.(?:pl|pm|lua|r|jl|dart|swift|hs|erl|cljc?|nim|zig|cr|ml|cake)$/i,
}

/** Nothing of this runs with the program: tests, pages, what browsers get, and what only builds it or sends it to its machine. */
const NOT_RUN =
  /(?:^|\/)(?:tests?|__tests__|testdata|spec|e2e|cypress|playwright|docs?|\.github|\.storybook|benchmarks?|examples?)\/|(?:^|\/)(?:setup|noxfile|conftest|versioneer|fabfile|run_?tests?)\.py$|(?:^|\/)(?:public|static|www|wwwroot)\/(?:[^/]+\/)*[\w~-]+[.-][0-9a-f]{8,}(?:\.(?:chunk|bundle))?\.[cm]?js$|(?:^|\/)config\/deploy(?:\/[\w.-]+)?\.rb$|[._-](?:test|spec|stories)\.\w+$|_test\.go$|(?:^|\/)(?:gulpfile|Gruntfile|release|[\w.-]+\.config)\.[cm]?[jt]s$/

/** The sources of a language that a program of the project may run. @param started the file that it is started with */
export function listRunSources(project: ProjectView, language: Language, started?: string): SourceText[] {
  const sources = project.readAll('/', SOURCES[language])
  return sources.filter(({path}) => !NOT_RUN.test(path) || path === started)
}

const ANY = new RegExp(
  Object.values(SOURCES)
    .map(({source}) => source)
    .join('|'),
)

const PAGE = /\.(?:html?|css|phtml|php|twig|ejs|erb|hbs|njk|jinja2?|j2|vue|svelte|astro)$/

/** Tells whether a file is a page, or a part of one, that a program of the project may show: a browser asks for what it names. */
export function isPage(path: string): boolean {
  return PAGE.test(path) && !NOT_RUN.test(path)
}

/** Tells whether a file is code that a program of the project may run. */
export function isRunSource(path: string): boolean {
  return ANY.test(path) && !NOT_RUN.test(path)
}
