import {scriptOf} from '../../../languages/dockerfile/syntax/inner-text.js'
import {isWithin, parentPath} from '../../../languages/text/container-path.js'
import {findPrograms, loadsBelow, type PythonProgram} from '../../rewrites/imports/find-programs.js'
import type {ImportedPackage} from '../../rewrites/imports/follow-imports.js'
import {
  type InstalledList,
  type InstalledPackages,
  listInstalled,
} from '../../rewrites/imports/installed-packages.js'
import {isLoadedUnseen, modulesOf} from '../../rewrites/imports/requirements.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

const TREE = [
  'api/requirements.txt',
  'api/app/main.py',
  'pipeline/requirements.txt',
  'pipeline/pipeline/__init__.py',
  'pipeline/pipeline/run.py',
]
const CONTENTS = {
  'api/requirements.txt': 'fastapi==0.115.2\nuvicorn==0.32.0\nsqlalchemy==2.0.36\n',
  'api/app/main.py': 'import fastapi\n',
  'pipeline/requirements.txt': 'pandas==2.2.3\nsqlalchemy==2.0.36\n',
  'pipeline/pipeline/__init__.py': '',
  'pipeline/pipeline/run.py': 'import pandas\nimport sqlalchemy\n',
}

/** Finds packages of one service in the image of another, and what one takes from another without its packages. */
const rule: RewriteRule = {
  id: 'services-share-imports',
  summary: 'Install in each image only what its program imports',
  reason:
    'Services of one repository import from each other, or use the same list of packages. So an image has packages of a service that it never runs, or it misses the packages of a module of another service and fails when it starts. Python imports are followed from the start command of each service through the whole project. Proved: what is imported where, and which list names it. Not proved: that nothing loads a package in another way, as a plugin or a driver.',
  examples: [
    {
      title: 'the list of another service',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r api/requirements.txt\nRUN pip install -r pipeline/requirements.txt\nWORKDIR /app/pipeline\nCMD ["python", "-m", "pipeline.run"]\n',
      tree: TREE,
      contents: CONTENTS,
      expected: {
        confidence: 'review',
        says: /fastapi, uvicorn/,
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r pipeline/requirements.txt\nWORKDIR /app/pipeline\nCMD ["python", "-m", "pipeline.run"]\n',
      },
    },
    {
      title: 'a module of another service without its packages',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r api/requirements.txt\nENV PYTHONPATH=/app/pipeline\nWORKDIR /app/api\nCMD ["uvicorn", "app.main:app"]\n',
      tree: TREE,
      contents: {...CONTENTS, 'api/app/main.py': 'import fastapi\nfrom pipeline.run import go\n'},
      expected: {confidence: 'review', says: /pandas/},
    },
    {
      title: 'a module that no step brings',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY api/requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY api/app ./app\nCMD ["uvicorn", "app.main:app"]\n',
      tree: [...TREE, 'shared/__init__.py', 'shared/orders.py'],
      contents: {
        ...CONTENTS,
        'shared/__init__.py': '',
        'shared/orders.py': '',
        'api/app/main.py': 'import fastapi\nfrom shared.orders import order\n',
      },
      expected: {confidence: 'review', says: /shared/},
    },
    {
      title: 'services of one image, one of which needs what is large',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["uvicorn", "app.api:app"]\n',
      tree: ['requirements.txt', 'app/api.py', 'app/worker.py', 'app/heavy.py'],
      contents: {
        'requirements.txt': 'fastapi\ntorch\ncelery\n',
        'app/api.py': 'import fastapi\nfrom app.heavy import embed\n',
        'app/worker.py': 'import celery\nimport app.heavy\n',
        'app/heavy.py': 'import torch\n',
      },
      services: {
        api: ['uvicorn', 'app.api:app'],
        worker: ['celery', '-A', 'app.worker', 'worker'],
      },
      expected: {confidence: 'review', says: /app\/api\.py:2/},
    },
    {
      title: 'a service that imports nothing of what is large',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\nCMD celery -A app.broker flower\n',
      tree: ['requirements.txt', 'app/broker.py', 'app/heavy.py'],
      contents: {
        'requirements.txt': 'celery\nflower\ntorch\n',
        'app/broker.py': 'import celery\n',
        'app/heavy.py': 'import torch\n',
      },
      expected: {confidence: 'review', says: /torch/},
    },
    {
      title: 'each what it imports',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r pipeline/requirements.txt\nWORKDIR /app/pipeline\nCMD ["python", "-m", "pipeline.run"]\n',
      tree: TREE,
      contents: CONTENTS,
      expected: null,
    },
    {
      title: 'a list of another directory that is no service',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements/base.txt\nCMD ["python", "-m", "a"]\n',
      tree: ['requirements/base.txt', 'a/__main__.py'],
      contents: {'requirements/base.txt': 'flask\ngunicorn\n', 'a/__main__.py': 'import os\n'},
      expected: null,
    },
  ],
  find: (facts) => {
    if (!facts.isMain) return []
    const installed = listInstalled(facts)
    if (installed.lists.length === 0) return []
    const programs = findPrograms(facts)
    if (programs === null) return []
    const foreign = installed.lists.flatMap((list) => proposeForeign(facts, programs, installed, list) ?? [])
    const missing = proposeMissing(facts, programs, installed)
    const large = foreign.length > 0 ? null : proposeLarge(facts, programs, installed)
    return [...foreign, ...[missing, large].filter((one) => one !== null)]
  },
}
export default rule

const MAX_NAMES = 4

function listFirst(names: readonly string[]): string {
  const others = names.length - MAX_NAMES
  return others <= 1 ? names.join(', ') : `${names.slice(0, MAX_NAMES).join(', ')} and ${others} others`
}

/** Whether a source of a program speaks of a module, by an import or a string. */
function mentions({evidence}: RewriteFacts, programs: readonly PythonProgram[], name: string): boolean {
  return modulesOf(name).some((module) => {
    const word = new RegExp(`(?<![\\w])${module}(?![\\w])`, 'i')
    return programs.some(({all}) => [...all.files].some((path) => word.test(evidence.get(path) ?? '')))
  })
}

/** The list of a service whose sources no program of the image loads. */
function proposeForeign(
  facts: RewriteFacts,
  programs: readonly PythonProgram[],
  {lists, byName}: InstalledPackages,
  list: InstalledList,
): ProposedRewrite | null {
  const owner = parentPath(list.path)
  const hasSources = [...facts.evidence.keys()].some((path) => path.endsWith('.py') && isWithin(path, owner))
  const isUsed = programs.some((program) => loadsBelow(program, owner))
  const others = new Set([...lists.filter((one) => one !== list).flatMap(({names}) => names), ...byName])
  const only = list.names.filter((name) => !others.has(name))
  if (owner === '' || !hasSources || isUsed || lists.length < 2 || list.step.instruction.isInherited)
    return null
  if (only.length === 0 || only.some((name) => mentions(facts, programs, name))) return null
  const {instruction} = list.step
  const origin =
    instruction.keyword === 'RUN' && !instruction.isJson ? scriptOf(instruction.written).origin : null
  const isAlone = origin?.start === list.command.range.start && origin.end === list.command.range.end
  const names = programs.map(({name}) => name).join(', ')
  return {
    line: list.step.line,
    endLine: instruction.endLine,
    title: `remove the install of ${list.path}, whose packages ${names} does not import`,
    proof: [
      {
        claim: `nothing that ${names} loads imports ${listFirst(only)}`,
        evidence: `${programs.reduce((sum, {all}) => sum + all.files.size, 0)} sources followed from ${programs.flatMap(({start}) => start.files.at(-1) ?? []).join(', ')}; none is in ${owner}`,
      },
      {
        claim: 'no other list of the image names them',
        evidence: `${facts.file}:${list.step.line} installs ${list.path}`,
      },
    ],
    questions: [`Does anything load ${listFirst(only)} without an import, as a driver or a plugin?`],
    edits: isAlone ? [{range: facts.linesOf(instruction.written), text: ''}] : [],
    changes: ['commands'],
  }
}

/** A module that a program takes from elsewhere in the project, which the image does not have, or not the packages of. */
function proposeMissing(
  facts: RewriteFacts,
  programs: readonly PythonProgram[],
  installed: InstalledPackages,
): ProposedRewrite | null {
  if (!installed.isWhole) return null
  const known = new Set(
    [...installed.lists.flatMap(({names}) => names), ...installed.byName].flatMap(modulesOf),
  )
  for (const program of programs) {
    for (const found of program.imports.packages.values()) {
      if (!found.isCertain || known.has(found.name)) continue
      const place = findModule(facts, program, found.name)
      const list = findNaming(facts, installed, found)
      if (place !== null)
        return describeMissing(
          facts,
          program,
          found,
          `${place} is in the project, and no step copies it to where the import needs it: may it be copied?`,
        )
      if (list !== null)
        return describeMissing(
          facts,
          program,
          found,
          `${list} names ${found.name}, and no RUN of this image installs it: does another package install it?`,
        )
    }
  }
  return null
}

/** The directory of the project that has a module by this name; null where none or several have. */
function findModule({evidence}: RewriteFacts, {all}: PythonProgram, name: string): string | null {
  const [found, ...more] = [...evidence.keys()].flatMap((path) => {
    const [, directory] = new RegExp(`^((?:[^/]+/)?${name})(?:/__init__\\.py|\\.py)$`).exec(path) ?? []
    return directory === undefined || all.files.has(path) ? [] : [directory]
  })
  return found === undefined || more.length > 0 ? null : found
}

/** A list beside the source that names the package, and that the image does not install. */
function findNaming(
  {evidence}: RewriteFacts,
  {lists}: InstalledPackages,
  {name, path}: ImportedPackage,
): string | null {
  for (const [list, text] of evidence) {
    const owner = parentPath(list)
    if (!/(?:^|\/)requirements\.txt$/.test(list) || owner === '' || !isWithin(path, owner)) continue
    if (lists.some((one) => one.path === list)) continue
    if (new RegExp(`^${name}\\b`, 'im').test(text)) return list
  }
  return null
}

function describeMissing(
  facts: RewriteFacts,
  program: PythonProgram,
  {name, path, line, text}: ImportedPackage,
  question: string,
): ProposedRewrite {
  const last = facts.graph.target.instructions.at(-1)!
  const reason = program.imports.reasons.get(path)
  return {
    line: last.line,
    endLine: last.endLine,
    title: `add ${name}, which ${program.name} imports`,
    proof: [
      {
        claim: `${program.name} imports ${name} when it starts`,
        evidence: `${path}:${line} ${text}${reason === undefined ? '' : `; ${reason.path}:${reason.line} ${reason.text}`}`,
      },
    ],
    questions: [question],
    edits: [],
  }
}

/** Packages of hundreds of megabytes. */
const LARGE =
  /^(?:torch\w*|tensorflow\S*|jax\w*|transformers|sentence-transformers|nvidia-\S+|opencv-\S+|pyspark|playwright|scipy|pandas|pyarrow|spacy|xgboost|lightgbm|faiss-\S+|librosa|onnxruntime\S*|numba|scikit-learn|apache-beam|vllm|triton|paddlepaddle\S*|mxnet\S*|diffusers)$/

/** Large packages that a program of the image does not import, or only by a module that it takes in beside its own work. */
function proposeLarge(
  facts: RewriteFacts,
  programs: readonly PythonProgram[],
  {lists}: InstalledPackages,
): ProposedRewrite | null {
  const large = [...new Set(lists.flatMap(({names}) => names))].filter(
    (name) => LARGE.test(name) && !isLoadedUnseen(name),
  )
  const unused = large.filter((name) => !mentions(facts, programs, name))
  const roundabout = programs.length < 2 ? [] : programs.flatMap((program) => findRoundabout(program, large))
  const isShared = roundabout.length > 0
  const first = lists[0]!
  if (large.length === 0 || (unused.length === 0 && !isShared)) return null
  const doors = [...new Map(roundabout.map((one) => [`${one.door.path}:${one.door.line}`, one])).values()]
  return {
    line: first.step.line,
    endLine: first.step.instruction.endLine,
    title: isShared
      ? 'install for each service what it imports'
      : `leave out ${listFirst(unused)}, which ${programs.map(({name}) => name).join(', ')} does not import`,
    proof: programs.slice(0, MAX_PROGRAMS).map((program) => ({
      claim: `${program.name} imports ${listFirst(ownPackages(program, lists)) || 'none of the packages'}`,
      evidence: `${program.imports.files.size} sources, from ${program.start.files.at(-1)}`,
    })),
    questions: [
      ...doors
        .slice(0, MAX_DOORS)
        .map(
          ({door, names}) =>
            `Is ${door.text} (${door.path}:${door.line}) needed? It is the only import that needs ${listFirst(names)}`,
        ),
      ...(unused.length === 0
        ? []
        : [
            `No program of this image imports ${listFirst(unused)}: can a list or group of its own leave them out?`,
          ]),
    ],
    edits: [],
  }
}

const MAX_PROGRAMS = 6
const MAX_DOORS = 3

function ownPackages({imports}: PythonProgram, lists: readonly InstalledList[]): string[] {
  const names = [...new Set(lists.flatMap(({names: own}) => own))]
  const imported = names.filter((name) => modulesOf(name).some((module) => imports.packages.has(module)))
  // what is large says most
  return imported.sort((one, other) => Number(LARGE.test(other)) - Number(LARGE.test(one)))
}

/** The import of a module of the project by which a program comes to large packages. */
function findRoundabout(
  {imports, start}: PythonProgram,
  large: readonly string[],
): {door: {path: string; line: number; text: string}; names: string[]}[] {
  const doors = new Map<string, {door: {path: string; line: number; text: string}; names: string[]}>()
  for (const name of large) {
    const found = modulesOf(name).flatMap((module) => imports.packages.get(module) ?? [])[0]
    const door = found === undefined ? undefined : imports.reasons.get(found.path)
    if (found === undefined || door === undefined || start.files.includes(found.path)) continue
    const key = `${door.path}:${door.line}`
    doors.set(key, {door, names: [...(doors.get(key)?.names ?? []), name]})
  }
  return [...doors.values()]
}
