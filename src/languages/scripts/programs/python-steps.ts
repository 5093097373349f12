import type {CommandArgs, Recognizer, StepFacts} from '../action.js'

/** A project given by its path: `.`, `./api`, `.[dev]`, `/app`. */
const LOCAL_PROJECT = /^(?:\.{1,2}|\.{0,2}\/[^:]*?)(?:\[[^\]]*\])?$/

/** pip and `uv pip`. */
export const recognizePip: Recognizer = (args) => {
  const [subcommand, ...targets] = args.plain
  if (subcommand !== 'install' && subcommand !== 'wheel' && subcommand !== 'sync') return null
  const editable = args.valueOf('-e', '--editable')
  const project = [...targets, ...(editable === undefined ? [] : [editable])].find(
    (target) => LOCAL_PROJECT.test(target) && !/\.(?:txt|whl|in|gz|zip)$/.test(target),
  )
  const makes: StepFacts = {
    makes: subcommand === 'wheel' ? ['python-build', 'pip-install'] : ['pip-install'],
    // without what it depends on, an install makes no environment that anything could live on
    ...(args.has('--no-deps', '--dry-run') && {isPartial: true}),
  }
  if (project === undefined) {
    const isListed = args.has('-r', '--requirement') || subcommand !== 'install'
    // packages by name, often but a tool such as Poetry
    return isListed ? makes : {...makes, isPartial: true}
  }
  return {...makes, in: project.replace(/\[.*$/, ''), buildsPythonProject: true}
}

export const recognizeUv: Recognizer = (args, program) => {
  const [subcommand = '', ...rest] = args.plain
  const directory = args.valueOf('--directory', '--project')
  const place: StepFacts = directory === undefined ? {} : {in: directory}
  if (subcommand === 'pip') return recognizePip({...args, plain: rest}, program)
  if (subcommand === 'venv') return {...place, makesEnvironment: rest[0] ?? '.venv'}
  if (subcommand === 'build') return {...place, makes: ['python-build'], buildsPythonProject: true}
  if (subcommand !== 'sync') return null
  return {
    ...place,
    makes: ['pip-install'],
    makesEnvironment: '.venv',
    ...(!args.has('--no-install-project', '--no-install-workspace') && {buildsPythonProject: true}),
  }
}

/** Poetry and PDM. */
export const recognizePoetry: Recognizer = (args, program) => {
  const [subcommand = ''] = args.plain
  const directory = args.valueOf('-C', '--directory', '-p', '--project')
  const place: StepFacts = directory === undefined ? {} : {in: directory}
  if (subcommand === 'build') return {...place, makes: ['python-build'], buildsPythonProject: true}
  if (subcommand !== 'install' && subcommand !== 'sync') return null
  const isProject = !args.has('--no-root', '--no-self') && !(program === 'pdm' && args.has('--only'))
  return {
    ...place,
    makes: ['pip-install'],
    ...(program === 'pdm' && {makesEnvironment: '.venv'}),
    ...(isProject && {buildsPythonProject: true}),
  }
}

export const recognizePythonTool: Recognizer = (args, program) => {
  const [subcommand = ''] = args.plain
  switch (program) {
    case 'pipenv':
      return /^(?:install|sync)$/.test(subcommand) ? {makes: ['pip-install']} : null
    case 'conda':
    case 'mamba':
    case 'micromamba':
    case 'pixi':
      return /^(?:install|create|env|update)$/.test(subcommand) ? {makes: ['pip-install']} : null
    case 'virtualenv':
      return subcommand === '' ? null : {makesEnvironment: subcommand}
    case 'pyproject-build':
    case 'hatch':
    case 'flit':
      return program === 'pyproject-build' || subcommand === 'build' ? buildAt(args) : null
    default:
      return {runsTests: true}
  }
}

function buildAt({plain}: CommandArgs): StepFacts {
  const project = plain.findLast((word) => LOCAL_PROJECT.test(word))
  return {makes: ['python-build'], buildsPythonProject: true, ...(project !== undefined && {in: project})}
}

/** `python -m pip …`, `python setup.py install`, `python manage.py test`. */
export const recognizePython: Recognizer = (args) => {
  const [file = '', action = ''] = args.all
  if (file === '-m') return recognizeModule(args)
  if (file !== 'setup.py') {
    const isFile = /^[^-].*\.py$/.test(file)
    if (!isFile) return null
    return {runsFile: file, ...(action === 'test' && {runsTests: true})}
  }
  if (action === 'test') return {runsTests: true, buildsPythonProject: true}
  return {makes: ['python-build', 'pip-install'], buildsPythonProject: true}
}

function recognizeModule(args: CommandArgs): StepFacts | null {
  const module = args.all[1] ?? ''
  const [, ...rest] = args.plain
  const plain = args.plain[0] === module ? rest : args.plain
  if (module === 'pip') return recognizePip({...args, plain}, 'pip')
  if (module === 'build') return buildAt({...args, plain})
  if (module === 'venv' || module === 'virtualenv') return {makesEnvironment: plain[0] ?? '.venv'}
  if (/^(?:pytest|unittest|tox|nox|nose2?)$/.test(module)) return {runsTests: true}
  return null
}
