import type {PlacedAction} from '../../../../build/graph/expand-actions.js'
import {parentPath} from '../../../../languages/text/container-path.js'
import {
  type Consumer,
  firstUse,
  type GitUse,
  type Language,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  surely,
} from '../consumption.js'
import {findGitSignIn} from '../git-signs.js'
import {listModuleNeeds} from '../imports/python-imports.js'
import {listProcfile, type Mentioned, needsIn, resolveIn} from '../needs.js'
import {isCaught, lineAt, matchLines} from '../text-lines.js'
import {listGlobbed} from '../workspace-members.js'

const INSTALLERS = new Set(
  'pip uv poetry pdm pipenv rye hatch flit pyproject-build conda mamba micromamba pixi virtualenv twine maturin'.split(
    ' ',
  ),
)

/** What loads the project's own modules. */
const RUNNERS = new Set(
  'python gunicorn uvicorn hypercorn daphne uwsgi flask django-admin fastapi celery dramatiq rq rqworker huey arq streamlit gradio jupyter jupyter-lab jupyter-notebook papermill airflow dagster prefect luigi scrapy alembic aerich locust waitress-serve granian sanic litestar chainlit bentoml mlflow ray dbt kedro invoke fab nox tox pytest py.test nosetests ipython behave supervisord-python honcho watchmedo watchfiles opentelemetry-bootstrap scalene debugpy manim pgcli datasette superset litellm vllm torchrun accelerate deepspeed nb mypy ruff black isort flake8 pylint bandit pyright pytype cython pyinstaller nuitka briefcase'.split(
    ' ',
  ),
)
/** Of these, what reads sources and runs none of them. */
const CHECKERS = /^(?:mypy|ruff|black|isort|flake8|pylint|bandit|pyright|pytype|cython|alembic)$/

/** Tools that take a project's version from the repository, as its manifest names them. */
const VERSIONERS =
  /setuptools[-_]scm|hatch[-_]vcs|versioneer|dunamai|versioningit|flit[-_]scm|(?:poetry|uv)-dynamic-versioning|poetry-version-plugin|poetry-git-version[\w-]*|setuptools[-_]git[\w-]*|setuptools-vcs-version|better-setuptools-git-version|vcs[-_]?versioning|vcsver\w*|vcversioner|\bpbr\b|pdm-vcs|incremental-git|miniver|source\s*=\s*["'](?:scm|vcs|git)["']|git-tag\b/

/** A variable that gives the version instead. */
const PRETENDS =
  /^(?:SETUPTOOLS_SCM_PRETEND_VERSION|PBR_VERSION|POETRY_DYNAMIC_VERSIONING_BYPASS|PDM_BUILD_SCM_VERSION|UV_DYNAMIC_VERSIONING_BYPASS|VERSIONINGIT)/

const MANIFESTS = ['pyproject.toml', 'setup.py', 'setup.cfg']

export const consumePython: Consumer = (action, project) => {
  const {program, directory} = action
  if (!INSTALLERS.has(program) && !RUNNERS.has(program)) return null
  const manifests = project.read(directory, ...MANIFESTS)
  return {
    needs: [
      ...listRequirements(action, project),
      ...listProjectNeeds(action, project, manifests),
      ...listUvMembers(action, project, manifests),
      ...listModuleNeeds(action, project),
      ...listEnvironmentFile(action, project),
      ...(program === 'honcho' ? listProcfile(action, project) : []),
    ],
    git: action.buildsPythonProject
      ? readVersion(action, project, manifests)
      : readSessions(program, project.read(directory, 'noxfile.py', 'tox.ini')),
    runs: runsOf(action),
  }
}

function runsOf({program, words, runsFile, makes, buildsPythonProject}: PlacedAction): Language[] {
  if (!RUNNERS.has(program) || CHECKERS.test(program) || makes !== undefined || buildsPythonProject) return []
  // a module of the standard library, or a tool that was installed
  const isTool =
    words[1] === '-m' &&
    /^(?:pip|venv|virtualenv|build|ensurepip|compileall|http\.server|json\.tool|site|zipfile|py_compile|nltk\.downloader|spacy|playwright|debugpy)$/.test(
      words[2] ?? '',
    )
  const isQuestion =
    program === 'python' &&
    runsFile === undefined &&
    words.length > 1 &&
    /^(?:-V|-VV|--version|-h|--help)$/.test(words[1]!)
  return isTool || isQuestion ? [] : ['python']
}

/** What nox and tox do stands in files of their own. */
function readSessions(program: string, files: readonly SourceText[]): GitUse | null {
  const own = files.filter(({path}) => path.endsWith(program === 'nox' ? 'noxfile.py' : 'tox.ini'))
  const sign = program === 'nox' || program === 'tox' ? findGitSignIn(own) : null
  return sign && perhaps(`${sign.path} calls ${sign.found}: is that used?`, {askedBy: sign})
}

/** What takes the version from the repository, and code of the project that runs while it is built. */
function readVersion(
  {env}: PlacedAction,
  project: ProjectView,
  manifests: readonly SourceText[],
): GitUse | null {
  const told = [...env].filter(([name]) => PRETENDS.test(name))
  const isTold = told.some(([name, value]) => value !== `$${name}`)
  const found = isTold ? null : readVersioner(manifests)
  // an argument without a default says nothing unless the build is given it
  const versioner =
    found !== null && told.length > 0
      ? perhaps(`${found.reason}, unless the build gets ${told[0]![0]}`)
      : found
  return firstUse(versioner, ...manifests.map((manifest) => readBuildCode(manifest, project)))
}

function readVersioner(manifests: readonly SourceText[]): GitUse | null {
  for (const {path, text} of manifests) {
    const match = VERSIONERS.exec(text)
    if (match === null) continue
    const name = match[0].replace(/["']/g, '').trim()
    return surely(`${path} uses ${name}, which reads .git`, {
      askedBy: {path, line: lineAt(text, match.index).line},
      instead: `ARG ${/hatch|vcs|scm/.test(name) ? 'SETUPTOOLS_SCM_PRETEND_VERSION' : 'a version'}`,
    })
  }
  return null
}

/** `setup.py` and what it imports, hooks of the build backend, a backend in the project. */
function readBuildCode(manifest: SourceText, project: ProjectView): GitUse | null {
  const texts = manifest.path.endsWith('.py')
    ? followImports(manifest, project)
    : listHooks(manifest, project)
  const sign = findGitSignIn(texts)
  return sign && surely(`${sign.path} calls ${sign.found}`, {askedBy: sign})
}

function listHooks({path, text}: SourceText, project: ProjectView): SourceText[] {
  const base = parentPath(path)
  const names = /\[tool\.hatch\.[\w.]*(?:hooks?\.custom|source\s*=\s*["']code)/.test(text)
    ? ['hatch_build.py']
    : []
  const given = [
    ...text.matchAll(
      /^[ \t]*(?:path|script|build|generate-setup-file-script)\s*=\s*["']([\w./-]+\.py)["']/gm,
    ),
  ].map(([, one = '']) => one)
  const backend = /^[ \t]*backend-path\s*=\s*\[\s*["']([\w./-]+)["']/m.exec(text)?.[1]
  const module = /^[ \t]*build-backend\s*=\s*["']([\w.]+)/m.exec(text)?.[1]
  const own =
    backend === undefined || module === undefined
      ? []
      : [resolveIn(backend, `${module.replaceAll('.', '/')}.py`)]
  return [...names, ...given, ...own]
    .flatMap((name) => readAt(project, resolveIn(base, name)))
    .flatMap((one) => followImports(one, project))
}

const MAX_MODULES = 60

/** A module and those of the project that it imports, at any depth. */
function followImports(start: SourceText, project: ProjectView): SourceText[] {
  const found = new Map([[start.path, start]])
  for (const {path, text} of found.values()) {
    if (found.size >= MAX_MODULES) break
    const base = parentPath(path)
    for (const [, from, plain] of text.matchAll(
      /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import|import[ \t]+([\w. ,]+))/gm,
    )) {
      const names = (from ?? plain ?? '')
        .split(',')
        .map((name) => name.trim().split(/\s/)[0]!.replace(/^\.+/, '').replaceAll('.', '/'))
      for (const name of names.filter(Boolean)) {
        for (const candidate of [`${name}.py`, `${name}/__init__.py`, `src/${name}/__init__.py`]) {
          for (const one of readAt(project, resolveIn(base, candidate))) found.set(one.path, one)
        }
      }
    }
    for (const [, name = ''] of text.matchAll(
      /(?:exec|execfile|runpy\.run_path)\(\s*open\(\s*["']([\w./-]+)["']/g,
    )) {
      for (const one of readAt(project, resolveIn(base, name))) found.set(one.path, one)
    }
  }
  return [...found.values()]
}

function readAt(project: ProjectView, contextPath: string): SourceText[] {
  if (!project.has(contextPath)) return []
  const text = project.textOf(contextPath)
  return text === null ? [] : [{path: contextPath, text}]
}

/** `-r requirements.txt`, and the files that it takes in. */
function listRequirements({words, directory, makes}: PlacedAction, project: ProjectView): Need[] {
  if (!makes?.includes('pip-install')) return []
  const named = words.flatMap((word, at) => {
    const glued = /^(?:-r|-c|--requirement=|--constraint=)(.+)$/.exec(word)?.[1]
    if (glued !== undefined && !word.startsWith('--requirement ')) return [glued]
    return /^(?:-r|-c|--requirement|--constraint|--requirements)$/.test(word) ? [words[at + 1] ?? ''] : []
  })
  return named.flatMap((name) => {
    const files = project.read(directory, name)
    return files.flatMap((file): Need[] => [
      {contextPath: file.path, certainty: 'must', askedBy: null},
      ...needsIn(file, [
        {pattern: /^[ \t]*(?:-r|-c|--requirement|--constraint)[ =]+(\S+)/gm, certainty: 'must'},
      ]),
      ...needsIn(file, [{pattern: /^[ \t]*(?:-e[ =]+)?(\.{1,2}\/[^\s[;#]+)/gm, certainty: 'must'}]),
      ...listOwnProject(file, project),
    ])
  })
}

/** The file of a conda environment, and those that pip is given in it. */
function listEnvironmentFile({program, words, directory}: PlacedAction, project: ProjectView): Need[] {
  if (!/^(?:conda|mamba|micromamba)$/.test(program)) return []
  const given = words.flatMap((word, at) => {
    const glued = /^--file=(.+)$/.exec(word)?.[1]
    return glued ?? (/^(?:-f|--file)$/.test(word) ? (words[at + 1] ?? []) : [])
  })
  return given.flatMap((name) =>
    project.read(directory, name).flatMap((file): Need[] => [
      {contextPath: file.path, certainty: 'must', askedBy: null},
      ...needsIn(file, [
        {pattern: /^[ \t]*-\s*["']?(?:-r|--requirement)[ =]+([\w./-]+)/gm, certainty: 'must'},
        {pattern: /^[ \t]*-\s*["']?(?:-e[ ]+)?(\.{1,2}\/[\w./-]+)/gm, certainty: 'must'},
      ]),
    ]),
  )
}

/** A line `-e .` installs the project itself. */
function listOwnProject({path, text}: SourceText, project: ProjectView): Need[] {
  const base = parentPath(path)
  return matchLines(text, /^[ \t]*(?:(?:-e|--editable)[ \t=]*)?\.(?:\[[^\]\n]*\])?[ \t]*$/gm).flatMap(
    ({line}) =>
      ['pyproject.toml', 'setup.py']
        .map((name) => resolveIn(base, name))
        .filter((contextPath) => project.has(contextPath))
        .slice(0, 1)
        .map((contextPath): Need => ({contextPath, certainty: 'must', askedBy: {path, line, text: '-e .'}})),
  )
}

const IN_PYPROJECT: readonly Mentioned[] = [
  {pattern: /^[ \t]*readme\s*=\s*["']([^"'\n]+)["']/gm, certainty: 'must', text: 'readme'},
  {
    pattern: /^[ \t]*readme\s*=\s*\{[^}\n]*file\s*=\s*["']([^"'\n]+)["']/gm,
    certainty: 'must',
    text: 'readme',
  },
  {
    pattern: /^[ \t]*readme\s*=\s*\[[^\]]*\]/gm,
    inner: /["']([^"'\n]+)["']/g,
    certainty: 'must',
    text: 'readme',
  },
  {
    pattern: /^[ \t]*license\s*=\s*\{[^}\n]*file\s*=\s*["']([^"'\n]+)["']/gm,
    certainty: 'must',
    text: 'license',
  },
  {
    pattern: /^[ \t]*license-files\s*=\s*(?:\{[^}]*\}|\[[^\]]*\])/gm,
    inner: /["']([^"'\n*?]+)["']/g,
    certainty: 'likely',
    text: 'license-files',
  },
  {
    pattern:
      /^[ \t]*(?:version|description|dependencies|optional-dependencies\.\w+|readme)\s*=\s*\{[^}\n]*file\s*=\s*(\[[^\]]*\]|["'][^"'\n]+["'])/gm,
    inner: /["']([^"'\n]+\.\w+|[A-Z]{4,})["']/g,
    certainty: 'must',
    text: 'dynamic',
  },
  {
    pattern: /^\[+tool\.(?:maturin|setuptools-rust)[^\]]*\]+\n(?:(?!\[).*\n?)*/gm,
    inner: /\b(?:manifest-)?path\s*=\s*["']([^"'\n]+\.toml)["']/g,
    certainty: 'must',
    text: 'manifest-path',
  },
  {
    pattern: /^\[tool\.hatch\.build[\w.-]*\.force-include\]\n(?:(?!\[).*\n?)*/gm,
    inner: /^[ \t]*["']([^"'\n]+)["']\s*=/gm,
    certainty: 'must',
    text: 'force-include',
  },
  {
    pattern: /^\[tool\.hatch\.version\]\s*\n(?:\w.*\n)*?\s*path\s*=\s*["']([^"'\n]+)["']/gm,
    certainty: 'must',
    text: 'path',
  },
  {
    pattern:
      /^\[tool\.(?:uv\.sources|poetry\.(?:group\.[\w-]+\.)?dependencies|pdm\.dev-dependencies)[^\]]*\]\n(?:(?!\[).*\n?)*/gm,
    inner: /\bpath\s*=\s*["']([^"'\n]+)["']/g,
    certainty: 'must',
    text: 'path',
  },
]

/** Code of the project that its backend runs, with the file that it is in unless the settings say another. */
const HOOKS: readonly (readonly [section: RegExp, file: string])[] = [
  [/^\[tool\.hatch\.(?:[\w.-]*\.)?hooks\.custom\][ \t]*\n(?:(?!\[).*\n?)*/m, 'hatch_build.py'],
  [/^\[tool\.poetry\.build\][ \t]*\n(?:(?!\[).*\n?)*/m, ''],
  [/^\[tool\.pdm\.build\][ \t]*\n(?:(?!\[).*\n?)*/m, ''],
]

function listHookFiles({path, text}: SourceText): Need[] {
  return HOOKS.flatMap(([section, custom]) => {
    const match = section.exec(text)
    if (match === null) return []
    const told = /^[ \t]*(?:path|script|custom-hook)\s*=\s*["']([\w./-]+)["']/m.exec(match[0])?.[1]
    const file = told ?? custom
    const askedBy = {path, line: lineAt(text, match.index).line, text: match[0].split('\n')[0]!}
    return file === '' ? [] : [{contextPath: resolveIn(parentPath(path), file), certainty: 'must', askedBy}]
  })
}

const IN_SETUP: readonly Mentioned[] = [
  {
    pattern:
      /(?:\bopen|read_text|read_file|read|Path|codecs\.open|io\.open)\(\s*(?:os\.path\.join\([^()"'\n]*,\s*)?["']([\w./-]+\.\w+|README|LICENSE|VERSION|requirements)["']/g,
    certainty: 'must',
  },
]

const IN_SETUP_CFG: readonly Mentioned[] = [
  {
    // setuptools passes over what is not there
    pattern: /^[ \t]*(?:long_description|version|install_requires|description)\s*=\s*file:[ \t]*(.+)$/gm,
    inner: /([\w./-]+\.\w+|[A-Z]{4,})/g,
    certainty: 'likely',
    text: 'file:',
  },
  {pattern: /^[ \t]*license_files?\s*=\s*([\w./-]+)\s*$/gm, certainty: 'likely', text: 'license_files'},
]

/** Options of uv that leave the project itself out. */
function isWithoutProject(word: string): boolean {
  return /^--(?:only-group(?:=.*)?|only-dev|no-install-project|no-install-workspace)$/.test(word)
}

/** Setuptools warns of a README or a license that is not there, and goes on. */
function isPassedOver({text}: SourceText, {askedBy}: Need): boolean {
  const backend = /^[ \t]*build-backend\s*=\s*["']([^"']+)/m.exec(text)?.[1] ?? 'setuptools'
  return backend.startsWith('setuptools') && /^(?:readme|license|license-files)$/.test(askedBy?.text ?? '')
}

/** What the manifest of a project names that is built, and the locks that an install insists on. */
function listProjectNeeds(
  action: PlacedAction,
  project: ProjectView,
  manifests: readonly SourceText[],
): Need[] {
  const {program, words, directory, buildsPythonProject, makes, env} = action
  const isLocked =
    (program === 'uv' && makes !== undefined && words.some((word) => /^--(?:frozen|locked)$/.test(word))) ||
    program === 'poetry' ||
    program === 'pipenv'
  const lock = program === 'uv' ? 'uv.lock' : program === 'poetry' ? 'poetry.lock' : 'Pipfile.lock'
  const isStrict =
    program === 'uv' ||
    (program === 'pipenv' && words.some((word) => /^(?:--deploy|--ignore-pipfile|sync)$/.test(word)))
  const locks: Need[] =
    !isLocked || makes === undefined
      ? []
      : lockNeeds(listBases(project, manifests, directory), lock, isStrict)
  const isIdle =
    (program === 'uv' &&
      words[1] === 'sync' &&
      (words.some(isWithoutProject) || !manifests.some(isPackage))) ||
    (program === 'poetry' && manifests.some(({text}) => /^[ \t]*package-mode\s*=\s*false/m.test(text)))
  const isRead = /^(?:uv|poetry|pdm)$/.test(program) && /^(?:sync|install)$/.test(words[1] ?? '')
  const own = manifests.filter(({path}) => isRead && path.endsWith('pyproject.toml'))
  if (!buildsPythonProject || isIdle)
    return [...locks, ...own.map(({path}): Need => ({contextPath: path, certainty: 'must', askedBy: null}))]
  // Poetry 1 passes over a project whose sources are not there
  const isLenient = program === 'poetry' && words[1] !== 'build'
  const soften = (need: Need): Need => (isLenient ? {...need, certainty: 'likely'} : need)
  return [
    ...locks,
    ...manifests
      .filter((source) => isOfBuild(program, source))
      .flatMap((source): Need[] => [
        {contextPath: source.path, certainty: 'must', askedBy: null},
        ...needsIn(
          source,
          source.path.endsWith('.toml')
            ? IN_PYPROJECT
            : source.path.endsWith('.py')
              ? IN_SETUP
              : IN_SETUP_CFG,
        )
          .filter((need) => !isCaught(source.text, need.askedBy?.line ?? 0))
          .filter((need) => !isPassedOver(source, need))
          .map(soften),
        ...(source.path.endsWith('.toml') ? listHookFiles(source).map(soften) : []),
        ...(source.path.endsWith('.toml') ? listNativeManifest(source, project) : []),
        ...(isLenient && /^1\./.test(env.get('POETRY_VERSION') ?? '')
          ? []
          : [...listPackage(source, project), ...listPoetryPackages(source, project)].map(soften)),
      ]),
  ]
}

/** Poetry reads its own manifest alone; a `setup.cfg` may hold the settings of linters alone. */
function isOfBuild(program: string, {path, text}: SourceText): boolean {
  if (path.endsWith('.toml')) return true
  if (program === 'poetry') return false
  return (
    !path.endsWith('setup.cfg') ||
    /^\[(?:metadata|options|files|versioneer|pbr|build|bdist|egg_info)/m.test(text)
  )
}

/** What backends for compiled extensions build from, by custom. */
const NATIVE_MANIFESTS: Readonly<Record<string, string>> = {
  maturin: 'Cargo.toml',
  mesonpy: 'meson.build',
  'scikit_build_core.build': 'CMakeLists.txt',
}

function listNativeManifest({path, text}: SourceText, project: ProjectView): Need[] {
  const backend = /^[ \t]*build-backend\s*=\s*["']([\w.]+)/m.exec(text)?.[1] ?? ''
  const name = Object.hasOwn(NATIVE_MANIFESTS, backend) ? NATIVE_MANIFESTS[backend]! : null
  const isTold = /^[ \t]*(?:manifest-path|cmake\.source-dir)\s*=/m.test(text)
  const contextPath = resolveIn(parentPath(path), name ?? '')
  return name === null || isTold || !project.has(contextPath)
    ? []
    : [{contextPath, certainty: 'must', askedBy: null}]
}

/** `packages = [{include = "core", from = "lib"}]` of Poetry: each must be there. */
function listPoetryPackages({path, text}: SourceText, project: ProjectView): Need[] {
  const list = /^packages\s*=\s*\[(?:[^\]{]|\{[^}]*\})*\]/m.exec(text)
  if (list === null || !/^\[tool\.poetry\]/m.test(text)) return []
  const askedBy = {path, line: lineAt(text, list.index).line, text: 'packages'}
  return [...list[0].matchAll(/\{[^}]*\}/g)].flatMap(([one]): Need[] => {
    const include = /\binclude\s*=\s*["']([\w./-]+)["']/.exec(one)?.[1]
    const from = /\bfrom\s*=\s*["']([\w./-]+)["']/.exec(one)?.[1] ?? ''
    const contextPath = resolveIn(resolveIn(parentPath(path), from), include ?? '')
    return include === undefined || !project.has(contextPath)
      ? []
      : [{contextPath, certainty: 'must', askedBy}]
  })
}

/** The package of a project whose backend insists on one: `src/NAME` or `NAME`. */
function listPackage({path, text}: SourceText, project: ProjectView): Need[] {
  if (!path.endsWith('pyproject.toml')) return []
  const backend = /^[ \t]*build-backend\s*=\s*["']([\w.]+)/m.exec(text)?.[1] ?? ''
  const isStrict = /^(?:hatchling|flit_core|poetry\.core|uv_build|pdm\.backend)/.test(backend)
  const name = /^[ \t]*name\s*=\s*["']([\w.-]+)["']/m.exec(text)?.[1]
  if (name === undefined || !isStrict || /^[ \t]*packages\s*=|only-include|\[tool\.hatch\.build/m.test(text))
    return []
  const folder = name.replace(/[-.]+/g, '_').toLowerCase()
  const own = [`src/${folder}`, folder, `${folder}.py`].map((one) => resolveIn(parentPath(path), one))
  const found = own.find((contextPath) => project.has(contextPath))
  return found === undefined ? [] : [{contextPath: found, certainty: 'must', askedBy: null}]
}

/** The members of a uv workspace: a sync without one of them is not the one of the lock file. */
function listUvMembers(
  {program, words, makes}: PlacedAction,
  project: ProjectView,
  manifests: readonly SourceText[],
): Need[] {
  if (program !== 'uv' || makes === undefined || words[1] !== 'sync') return []
  const isFrozen = words.includes('--frozen')
  if (isFrozen && words.some((word) => /^--no-install-(?:workspace|local)$/.test(word))) return []
  return manifests.flatMap((source) => {
    const list = /^\[tool\.uv\.workspace\]\s*\n(?:(?!\[).*\n)*?\s*members\s*=\s*\[([^\]]*)\]/m.exec(
      source.text,
    )
    if (list === null) return []
    const {line} = lineAt(source.text, list.index + list[0].lastIndexOf('members'))
    const askedBy = {path: source.path, line, text: 'members'}
    const certainty = words.includes('--locked') ? 'must' : 'likely'
    return listGlobbed(parentPath(source.path), list[1]!, 'pyproject.toml', project).map(
      (contextPath): Need => ({contextPath, certainty, askedBy}),
    )
  })
}

/** uv builds a project only where it says how. */
function isPackage({path, text}: SourceText): boolean {
  return !path.endsWith('.toml') || /^\[build-system\]/m.test(text) || /^[ \t]*package\s*=\s*true/m.test(text)
}

/** Where a lock lies: beside the manifests. */
function listBases(
  project: ProjectView,
  manifests: readonly SourceText[],
  directory: string,
): ReadonlySet<string> {
  return new Set(
    manifests.length > 0 ? manifests.map(({path}) => parentPath(path)) : project.sourcesOf(directory),
  )
}

function lockNeeds(bases: ReadonlySet<string>, lock: string, isStrict: boolean): Need[] {
  return [...bases].map((base) => ({
    contextPath: resolveIn(base, lock),
    certainty: isStrict ? 'must' : 'likely',
    askedBy: null,
  }))
}
