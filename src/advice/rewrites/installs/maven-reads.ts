import {joinPath, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {InstallReads, ProjectFiles} from './project-files.js'

/** More modules than these are not copied one by one. */
const MAX_MODULES = 30

const GOAL =
  /^(?:(?:[\w.-]+:)?(?:dependency|maven-dependency-plugin)(?::[\d.]+)?:(?:go-offline|resolve|resolve-plugins)|de\.qaware\.\S+)$/
/** Phases that need the source, and fetch all they need themselves. */
const PHASE = /^(?:clean|compile|test|package|verify|install)$/
const OPTION =
  /^(?:-[BqeUXo]|-ntp|-T\d+C?|--(?:batch-mode|quiet|errors|update-snapshots|no-transfer-progress|offline|fail-fast)|-P\S*|-D(?!maven\.(?:repo|ext|multiModule))[\w.]+(?:=[\w.,:-]*)?)$/
const ELSEWHERE = /^(?:-f|--file|-pl|--projects|-am|-rf|-N|--non-recursive)/

/**
 * `mvn dependency:go-offline` and its kin read the poms of all modules. A phase such as `package` needs the source; what
 * it fetches can come ahead in a project of one module: the modules of others need each other built.
 */
export function readsOfMaven(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const goals = args.filter((arg) => !arg.startsWith('-'))
  const options = args.filter((arg) => arg.startsWith('-'))
  const root = joinPath(project, 'pom.xml')
  if (goals.length === 0 || options.some((arg) => ELSEWHERE.test(arg)) || !files.isSent(root)) return null
  const isFetch = goals.every((goal) => GOAL.test(goal))
  if (!isFetch && !goals.every((goal) => PHASE.test(goal))) return null
  const modules = followModules(root, files)
  if (modules === null || modules.length > MAX_MODULES) return null
  const reads = {
    title: `mvn ${goals[0]}`,
    files: [...modules, ...listSettings(project, files)],
    writes: [],
    evidence:
      'strace shows that Maven 3.8 with its dependency plugin 3.5 opens only the poms and .mvn of the project',
    questions: [
      ...options
        .filter((option) => !OPTION.test(option))
        .map((option) => `Does ${option} make Maven read other files?`),
      ...goals.filter((goal) => goal.startsWith('de.')).map((goal) => `What does ${goal} read?`),
      ...modules.flatMap((path) => askAboutPom(path, root, files)),
      ...checkSettings(project, files),
      ...(files.isSent(joinPath(project, '.mvn/extensions.xml'))
        ? ['What do the extensions of .mvn/extensions.xml read?']
        : []),
    ],
  }
  if (isFetch) return reads
  const needsNoOther = modules.length === 1 && goals.some((goal) => /^(?:package|verify|install)$/.test(goal))
  if (!needsNoOther) return null
  const kept = options.filter((option) =>
    /^(?:-[BqeU]|-ntp|--batch-mode|--no-transfer-progress|-P\S+)$/.test(option),
  )
  const question = `dependency:go-offline fetches most of what mvn ${goals.join(' ')} needs, not all: may it run ahead of it?`
  return {
    ...reads,
    ahead: ['mvn', ...kept, 'dependency:go-offline'].join(' '),
    questions: [...reads.questions, question],
  }
}

/** The wrapper fetches the Maven that it names, and calls it. */
export function readsOfMavenWrapper(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const reads = readsOfMaven(args, project, files)
  if (reads === null) return null
  const own = ['mvnw', '.mvn/wrapper/maven-wrapper.properties', '.mvn/wrapper/maven-wrapper.jar']
  return {
    ...reads,
    files: [
      ...own.map((name) => joinPath(project, name)).filter((path) => files.isSent(path)),
      ...reads.files,
    ],
    questions: [...reads.questions, 'The wrapper was not traced: does it read only .mvn/wrapper?'],
  }
}

/** The poms of a project and of its modules, each in its place; null where one is not there. */
function followModules(root: string, files: ProjectFiles): string[] | null {
  const found = new Set([root])
  // A set is visited in order of insertion, what is added on the way too.
  for (const path of found) {
    const text = files.evidence.get(path)
    if (text === undefined || found.size > MAX_MODULES) return null
    for (const [, name = ''] of stripComments(text).matchAll(/<module>\s*([^<]*?)\s*<\/module>/g)) {
      const place = resolveContainerPath(`/${parentPath(path)}`, name).slice(1)
      const pom = place.endsWith('.xml') ? place : joinPath(place, 'pom.xml')
      if (name.includes('$') || !files.isSent(pom)) return null
      found.add(pom)
    }
  }
  return [...found]
}

function stripComments(text: string): string {
  return text.replace(/<!--[\s\S]*?-->/g, '')
}

function listSettings(project: string, files: ProjectFiles): string[] {
  return files.findFiles(
    joinPath(project, '.mvn'),
    /^(?:maven\.config|jvm\.config|extensions\.xml|settings\.xml)$/,
  )
}

/** Options that stand in .mvn, here or in a directory above, where Maven looks for it, too. */
function checkSettings(project: string, files: ProjectFiles): string[] {
  const questions: string[] = []
  for (const name of ['.mvn/maven.config', '.mvn/jvm.config']) {
    const path = joinPath(project, name)
    const words = (files.evidence.get(path) ?? (files.isSent(path) ? '-s' : '')).split(/\s+/).filter(Boolean)
    const odd = words.find((word) => !OPTION.test(word) && !/^-X(?:m[sx]|ss)\d+\w$/.test(word))
    if (odd !== undefined) questions.push(`Does ${odd} in ${path} make Maven read other files?`)
  }
  if (files.findFiles(joinPath(project, '.mvn'), /./).length > 0) return questions
  for (let at = project; at !== ''; ) {
    at = parentPath(at)
    const found = files.findFiles(joinPath(at, '.mvn'), /./)[0]
    if (found !== undefined) return [`Maven reads ${found}, too: does it matter for ${project}?`]
  }
  return questions
}

/** The addresses of the repositories that a pom names. */
function listRepositories(text: string): string[] {
  const [, ...lists] = text.split(/<(?:repositories|pluginRepositories)>/)
  return lists.flatMap((list) => {
    const [own = ''] = list.split(/<\/(?:repositories|pluginRepositories)>/, 1)
    return Array.from(own.matchAll(/<url>\s*([^<\s]*)/g), ([, url = '']) => url)
  })
}

/** What makes Maven look at other files when it reads a pom. */
function askAboutPom(path: string, root: string, files: ProjectFiles): string[] {
  const text = stripComments(files.evidence.get(path) ?? '')
  const relative = /<relativePath>\s*([^<\s]+)\s*<\/relativePath>/.exec(text)?.[1]
  const hasParent =
    /<parent>/.test(text) && !/<relativePath\s*\/>|<relativePath>\s*<\/relativePath>/.test(text)
  const isOutside = path === root && hasParent && path.includes('/')
  return [
    ...(/<activation>[\s\S]*?<file>/.test(text) ? [`Which files turn on a profile of ${path}?`] : []),
    ...(text.includes('<systemPath>') || listRepositories(text).some((url) => !/^https?:/.test(url))
      ? [`Which files of the project does ${path} take packages from?`]
      : []),
    ...(/<extensions>/.test(text) ? [`What do the extensions of ${path} read?`] : []),
    ...(isOutside || (relative !== undefined && !/^\.\.(?:\/pom\.xml)?$/.test(relative))
      ? [`Is the parent of ${path} in the project?`]
      : []),
  ]
}
