import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {joinPath, parentPath, resolveContainerPath} from '../../../../languages/text/container-path.js'
import {
  type Consumer,
  type GitUse,
  type Language,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  type SourceTree,
  surely,
} from '../consumption.js'
import {findGitSign} from '../git-signs.js'
import {readJvmImports} from '../imports/compiled-imports.js'
import {listImportNeeds, locate} from '../imports/source-imports.js'
import {type Mentioned, needsIn, resolveIn} from '../needs.js'
import {lineAt, matchLines} from '../text-lines.js'

/** Plugins and extensions that take the version or the commit from the repository. */
const PLUGINS =
  /git-commit-id[\w-]*|buildnumber-maven-plugin|jgitver[\w-]*|maven-git-versioning[\w-]*|git-versioning[\w-]*|reckon|nebula\.(?:release|info|nebula-release)|axion-release|pl\.allegro\.tech\.build\.axion|grgit|gradle-git[\w-]*|git-version\b|gitProperties|git-properties|palantir\.git-version|qoomon[\w.]*|shipkit-auto-version|semver-git-plugin|sbt-(?:dynver|git|ci-release|release|version-policy|buildinfo-git)|mill-vcs-version|de\.tobiasroeser\.mill\.vcs|lein-git-version|lein-v\b|GitVersioning|enableGitVersioning/

const PROGRAMS: Readonly<Record<string, RegExp>> = {
  mvn: /(?:^|\/)(?:pom\.xml|\.mvn\/[\w.-]+)$/,
  mvnw: /(?:^|\/)(?:pom\.xml|\.mvn\/[\w.-]+)$/,
  gradle: /(?:\.gradle(?:\.kts)?|libs\.versions\.toml|(?:^|\/)buildSrc\/.*\.(?:kt|groovy|java))$/,
  gradlew: /(?:\.gradle(?:\.kts)?|libs\.versions\.toml|(?:^|\/)buildSrc\/.*\.(?:kt|groovy|java))$/,
  sbt: /(?:\.sbt|(?:^|\/)project\/[^/]*\.scala)$/,
  mill: /(?:^|\/)build\.(?:sc|mill)$/,
  ant: /(?:^|\/)[\w-]*build[\w-]*\.xml$/,
  lein: /(?:^|\/)project\.clj$/,
  clojure: /(?:^|\/)(?:deps\.edn|build\.clj)$/,
  clj: /(?:^|\/)(?:deps\.edn|build\.clj)$/,
}

const STARTERS = new Set(
  'java jar jlink jdeps jshell kotlin kotlinc scala scalac javac native-image groovy catalina.sh jetty.sh'.split(
    ' ',
  ),
)

export const consumeJvm: Consumer = (action, project) => {
  const {program, directory} = action
  const settings = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined
  if (settings === undefined) {
    if (!STARTERS.has(program)) return null
    const runs: Language[] = /^(?:java|kotlin|scala|groovy)$/.test(program) ? ['jvm'] : []
    return {runs}
  }
  const texts = project.readAll(directory, settings)
  const sources = action.makes === undefined ? [] : project.readAll(directory, JVM_SOURCES)
  return {
    needs: [
      ...listWrapperNeeds(action, project, texts),
      ...listImportNeeds(sources, readJvmImports, project, 'likely'),
      ...(action.makes === undefined ? [] : listSourceTrees(texts, project)),
    ],
    git: readPlugins(texts),
    runs: [],
  }
}

/** Directories of a module that a build takes in as a whole. */
const TREES: readonly (readonly [directory: string, sources: SourceTree])[] = [
  ...['java', 'kotlin', 'scala', 'groovy'].map(
    (language) =>
      [`src/main/${language}`, {files: /\.(?:java|kt|scala|groovy)$/, folders: /^[a-z]\w*$/}] as const,
  ),
  ['src/main/resources', {files: /^(?:application|bootstrap)\.(?:ya?ml|properties)$/, folders: null}],
]

function listSourceTrees(texts: readonly SourceText[], project: ProjectView): Need[] {
  const modules = new Set(
    texts.flatMap(({path}) =>
      /(?:^|\/)(?:pom\.xml|build\.(?:gradle(?:\.kts)?|sbt))$/.test(path) ? [parentPath(path)] : [],
    ),
  )
  return [...modules].flatMap((module) =>
    TREES.map(([directory, sources]) => ({contextPath: joinPath(module, directory), sources}))
      .filter(({contextPath}) => project.has(contextPath))
      .map((one): Need => ({...one, certainty: 'likely', askedBy: null})),
  )
}

const JVM_SOURCES = /\.(?:java|kt|scala|groovy)$/

function readPlugins(texts: readonly SourceText[]): GitUse | null {
  for (const {path, text} of texts) {
    const match = PLUGINS.exec(text)
    if (match !== null) {
      return surely(`${path} uses ${match[0]}, which reads .git`, {
        askedBy: {path, line: lineAt(text, match.index).line},
      })
    }
    const sign = findGitSign({path, text})
    if (sign?.fallsBack)
      return perhaps(`${path} reads ${sign.found} if it can: do you want that?`, {askedBy: sign})
    if (sign !== null) return surely(`${path} uses ${sign.found}`, {askedBy: sign})
  }
  return null
}

const WRAPPED: Readonly<Record<string, readonly (readonly [name: string, certainty: Need['certainty']])[]>> =
  {
    gradlew: [
      ['gradlew', 'must'],
      ['gradle/wrapper/gradle-wrapper.jar', 'must'],
      ['gradle/wrapper/gradle-wrapper.properties', 'must'],
    ],
    mvnw: [
      ['mvnw', 'must'],
      ['.mvn/wrapper/maven-wrapper.properties', 'must'],
    ],
  }

/** What makes a settings file more than a name. */
const SETS =
  /\b(?:include\w*|pluginManagement|dependencyResolutionManagement|plugins|buildCache|apply|enableFeaturePreview)\b/

/** What a build of Gradle takes where it exists; what a script says that cannot do without. */
const GRADLE_SETTINGS: readonly (readonly [name: string, sign: RegExp | null])[] = [
  ['settings.gradle', /project\(\s*["']:/],
  ['settings.gradle.kts', /project\(\s*["']:/],
  ['gradle/libs.versions.toml', /\blibs\.\w/],
  ['gradle.properties', null],
  ['buildSrc', null],
]

/** Takes matches out, line by line: places stay as they are. */
function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (match) => match.replace(/[^\n]+/g, ''))
}

/** The parent of a pom, where it is a file of the project. */
function listParent({path, text}: SourceText, project: ProjectView): Need[] {
  const match = /<parent>.*?<\/parent>/s.exec(text)
  if (!path.endsWith('pom.xml') || match === null) return []
  const told = /<relativePath>\s*([^<\s]+)\s*<\/relativePath>/.exec(match[0])?.[1]
  if (told === undefined && match[0].includes('<relativePath')) return []
  const named = resolveIn(parentPath(path), told ?? '../pom.xml')
  const contextPath = named.endsWith('.xml') ? named : joinPath(named, 'pom.xml')
  const artifact = /<artifactId>\s*([^<\s]+)/.exec(match[0])?.[1] ?? ''
  const isOwn = project.textOf(contextPath)?.includes(`<artifactId>${artifact}<`) ?? told !== undefined
  if (!isOwn) return []
  return [
    {contextPath, certainty: 'must', askedBy: {path, line: lineAt(text, match.index).line, text: 'parent'}},
  ]
}

/** What sbt compiles before it reads the build. */
function listSbtPlugins(
  {words}: PlacedAction,
  manifests: readonly SourceText[],
  project: ProjectView,
): Need[] {
  return manifests
    .filter(({path}) => path.endsWith('build.sbt'))
    .flatMap(({path, text}) => {
      const folder = joinPath(parentPath(path), 'project')
      // what only a plugin knows
      const isAsked = /\benablePlugins\s*\(/.test(text) || words.some((word) => SBT_TASK.test(word))
      return project
        .readBelow(folder, /\.(?:sbt|scala)$/)
        .filter((one) => parentPath(one.path) === folder)
        .map((one): Need => {
          const isPlugin = isAsked && one.text.includes('addSbtPlugin')
          return {contextPath: one.path, certainty: isPlugin ? 'must' : 'likely', askedBy: null}
        })
    })
}

/** Tasks that sbt does not have by itself. */
const SBT_TASK = /(?:^|[/:])(?:assembly|stage|dist|packageBin|publishLocal|nativeImage|graalvm-native-image)$/

/** Files that settings of Maven's plugins name. */
const PLUGIN_FILES: Mentioned = {
  pattern:
    /<(?:configLocation|suppressionsLocation|headerLocation|header|descriptor|excludeFilterFile|includeFilterFile|configFile|ruleset|manifestFile|licenseHeaderFile|inputSpec)>\s*(?:\$\{(?:project\.)?basedir\}\/)?([\w./-]+\.\w+)\s*</g,
  certainty: 'likely',
}

/** Of a build that runs plugins what they are told to read, where it is there. */
function listPluginFiles(
  {words, makes}: PlacedAction,
  manifests: readonly SourceText[],
  project: ProjectView,
): Need[] {
  if (makes === undefined || words.some((word) => /^-D[\w.]*skip/i.test(word))) return []
  const named = manifests
    .filter(({path}) => path.endsWith('pom.xml'))
    .flatMap((source) =>
      needsIn({...source, text: blank(source.text, /<profiles>.*?<\/profiles>/gs)}, [PLUGIN_FILES]),
    )
  const checked = manifests.flatMap(({path, text}): Need[] => {
    const at = text.search(
      /^[ \t]*(?:id\s*\(?["']checkstyle["']|apply plugin: ["']checkstyle["']|checkstyle\s*$)/m,
    )
    const runs = words.some((word) => /^:?(?:[\w-]+:)*(?:build|check|checkstyle\w*)$/.test(word))
    const contextPath = joinPath(parentPath(path), 'config/checkstyle/checkstyle.xml')
    return at < 0 || !runs || words.some((word, place) => words[place - 1] === '-x' && /check/.test(word))
      ? []
      : [
          {
            contextPath,
            certainty: 'likely',
            askedBy: {path, line: lineAt(text, at + 1).line, text: 'checkstyle'},
          },
        ]
  })
  return [...named, ...checked].filter(({contextPath}) => project.has(contextPath))
}

/** Scripts that one of Gradle takes in, and the projects that its settings list. */
function listScripts({path, text}: SourceText, project: ProjectView): Need[] {
  if (!/\.gradle(?:\.kts)?$/.test(path)) return []
  const source = {path, text: text.replace(/\$\{?(?:rootDir|projectDir|rootProject\.projectDir)\}?\//g, './')}
  const applied = needsIn(source, [
    {
      pattern:
        /\bapply\s*\(?\s*from\s*[:=]\s*(?:(?:rootProject\.|project\.)?(?:file|uri)\s*\(\s*)?["']([^"'\n]+)["']/g,
      certainty: 'must',
    },
  ])
  const listed = matchLines(text, /^[ \t]*include\b[ (]*((?:["'][^"'\n]+["'][\s,]*)+)/gm).flatMap(
    ({match, line}) =>
      [...match[1]!.matchAll(/["']:?([^"'\n]+)["']/g)].flatMap(([, name = '']) => {
        const folder = resolveIn(parentPath(path), name.replaceAll(':', '/'))
        const file = locate(
          ['build.gradle.kts', 'build.gradle'].map((one) => joinPath(folder, one)),
          project,
        )
        const askedBy = {path, line, text: `include ${name}`}
        return file === null || !file.startsWith(folder)
          ? []
          : [{contextPath: file, certainty: 'likely' as const, askedBy}]
      }),
  )
  return [...applied, ...listed]
}

/** Where a call that builds nothing works, as its options say: `-f app/pom.xml`, `-p app`; that of a build is known. */
function toldDirectory({words, directory, makes}: PlacedAction): string {
  if (makes !== undefined) return directory
  const option = words.findIndex((word) => /^(?:-f|--file|-p|--project-dir)$/.test(word))
  const glued = words.flatMap((word) => /^--(?:file|project-dir)=(.+)$/.exec(word)?.[1] ?? [])[0]
  const told = glued ?? (option > 0 ? words[option + 1] : undefined)
  if (told === undefined || /[$`]/.test(told)) return directory
  const place = resolveContainerPath(directory, told)
  return /\.\w+$/.test(told) ? parentPath(place) : place
}

/** What a wrapper starts from, and the project's own settings. */
function listWrapperNeeds(action: PlacedAction, project: ProjectView, texts: readonly SourceText[]): Need[] {
  const {program, words} = action
  const directory = toldDirectory(action)
  const isWrapper = /(?:^|\/)(?:gradlew|mvnw)$/.test(words[0] ?? '') && words[0]!.includes('/')
  const found = project.read(directory, 'pom.xml', 'build.gradle', 'build.gradle.kts', 'build.sbt')
  const bases = [...new Set([...project.sourcesOf(directory), ...found.map(({path}) => parentPath(path))])]
  const wrapped = isWrapper && Object.hasOwn(WRAPPED, program) ? WRAPPED[program]! : []
  const wrapper = bases.flatMap((base) => {
    if (!project.has(joinPath(base, program))) return []
    return wrapped.map(
      ([name, certainty]): Need => ({contextPath: joinPath(base, name), certainty, askedBy: null}),
    )
  })
  const manifests = texts.filter(
    ({path}) =>
      /(?:^|\/)(?:pom\.xml|(?:settings|build)\.gradle(?:\.kts)?|build\.sbt)$/.test(path) &&
      bases.includes(parentPath(path)),
  )
  const names = /^gradlew?$/.test(program) ? GRADLE_SETTINGS : []
  const settings = found.flatMap(({path, text}) =>
    names.flatMap(([name, sign]): Need[] => {
      const contextPath = joinPath(parentPath(path), name)
      if (!project.has(contextPath) || isNameAlone(action, contextPath, project)) return []
      return [{contextPath, certainty: sign?.test(text) ? 'must' : 'likely', askedBy: null}]
    }),
  )
  // children that only a profile adds may be missing
  const isAlone = words.some((word) => /^(?:-N|--non-recursive)$/.test(word))
  return [
    ...wrapper,
    ...settings,
    ...manifests
      .filter(({path}) => !isNameAlone(action, path, project))
      .map(({path}): Need => ({contextPath: path, certainty: 'must', askedBy: null})),
    ...listPluginFiles(action, manifests, project),
    ...(program === 'sbt' ? listSbtPlugins(action, found, project) : []),
    ...manifests.flatMap((source) => [...listParent(source, project), ...listScripts(source, project)]),
    ...manifests.flatMap((source) =>
      isAlone
        ? []
        : needsIn({...source, text: blank(source.text, /<profiles>.*?<\/profiles>/gs)}, [
            {pattern: /<module>\s*([^<\s]+)\s*<\/module>/g, certainty: 'must', text: 'module'},
            {pattern: /\bincludeBuild\s*\(?\s*["']([^"'\n]+)["']/g, certainty: 'must', text: 'includeBuild'},
          ]).map((need) => (isMavenFetch(words) ? toPom(need) : need)),
    ),
  ]
}

/** A settings file that names the project and does nothing else, where nothing is built that is called so. */
function isNameAlone({makes}: PlacedAction, contextPath: string, project: ProjectView): boolean {
  if (makes !== undefined || !/(?:^|\/)settings\.gradle(?:\.kts)?$/.test(contextPath)) return false
  return !SETS.test(project.textOf(contextPath) ?? 'include')
}

/** It resolves what the poms name, and looks at nothing else of a module. */
function isMavenFetch([program = '', ...args]: readonly string[]): boolean {
  const goals = args.filter((arg) => !arg.startsWith('-'))
  return (
    /(?:^|\/)mvnw?$/.test(program) &&
    goals.length > 0 &&
    goals.every((goal) =>
      /\bdependency(?:-plugin)?(?::[\d.]+)?:(?:go-offline|resolve|resolve-plugins)$/.test(goal),
    )
  )
}

function toPom(need: Need): Need {
  return need.contextPath.endsWith('.xml')
    ? need
    : {...need, contextPath: joinPath(need.contextPath, 'pom.xml')}
}
