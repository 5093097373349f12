import {scriptOf} from '../../../languages/dockerfile/syntax/inner-text.js'
import {isWithin, parentPath, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {ImportedPackage} from '../../rewrites/imports/closure.js'
import {type Ecosystem, JAVASCRIPT, PYTHON} from '../../rewrites/imports/ecosystems.js'
import {findPrograms, loadsBelow, type Program} from '../../rewrites/imports/find-programs.js'
import {listInstalledNode} from '../../rewrites/imports/installed-node.js'
import {
  type InstalledList,
  type InstalledPackages,
  listInstalled,
} from '../../rewrites/imports/installed-packages.js'
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
    'Services of one repository import from each other, or use the same list of packages. So an image has packages of a service that it never runs, or it misses the packages of a module of another service and fails when it starts. Imports of Python and JavaScript are followed from the start command of each service through the whole project. Proved: what is imported where, and which list names it. Not proved: that nothing loads a package in another way, as a plugin or a driver.',
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
      title: 'a program of Node.js that imports what nothing installs',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY src ./src\nCMD ["node", "src/server.js"]\n',
      tree: ['package.json', 'package-lock.json', 'src/server.js', 'src/db.js'],
      contents: {
        'package.json': '{"dependencies": {"express": "5.0.0"}, "devDependencies": {"pg": "8.0.0"}}',
        'package-lock.json':
          '{"packages": {"": {}, "node_modules/express": {}, "node_modules/pg": {"dev": true}}}',
        'src/server.js': 'const express = require("express")\nconst {query} = require("./db")\n',
        'src/db.js': 'const fs = require("node:fs")\nconst {Pool} = require("pg")\n',
      },
      expected: {confidence: 'review', says: /pg/},
    },
    {
      title: 'a package that another one brings',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY src ./src\nCMD ["node", "src/server.js"]\n',
      tree: ['package.json', 'package-lock.json', 'src/server.js'],
      contents: {
        'package.json': '{"dependencies": {"express": "5.0.0"}}',
        'package-lock.json': '{"packages": {"": {}, "node_modules/express": {}, "node_modules/qs": {}}}',
        'src/server.js': 'import express from "express"\nimport qs from "qs/lib/parse.js"\n',
      },
      expected: null,
    },
    {
      title: 'services of Node.js, one of which needs what is large',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY src ./src\nCMD ["node", "src/api.js"]\n',
      tree: ['package.json', 'package-lock.json', 'src/api.js', 'src/worker.mjs', 'src/shots.js'],
      contents: {
        'package.json': '{"dependencies": {"express": "5.0.0", "puppeteer": "24.0.0"}}',
        'package-lock.json':
          '{"packages": {"": {}, "node_modules/express": {}, "node_modules/puppeteer": {}}}',
        'src/api.js': 'const express = require("express")\nconst {size} = require("./shots")\n',
        'src/worker.mjs': 'import {take} from "./shots.js"\n',
        'src/shots.js': 'const puppeteer = require("puppeteer")\n',
      },
      services: {api: ['node', 'src/api.js'], worker: ['node', 'src/worker.mjs']},
      expected: {confidence: 'review', says: /src\/api\.js:2/},
    },
    {
      title: 'the packages of another service of Node.js',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci --prefix web\nRUN cd api && npm ci\nRUN cd worker && npm ci\nWORKDIR /app/worker\nCMD ["node", "main.js"]\n',
      tree: [
        'api/package.json',
        'api/package-lock.json',
        'api/main.js',
        'worker/package.json',
        'worker/package-lock.json',
        'worker/main.js',
      ],
      contents: {
        'api/package.json': '{"dependencies": {"express": "5.0.0"}}',
        'api/main.js': 'require("express")\n',
        'worker/package.json': '{"dependencies": {"pg": "8.0.0"}}',
        'worker/main.js': 'require("pg")\n',
      },
      expected: {confidence: 'review', says: /express/},
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
    const python = listInstalled(facts)
    const node = listInstalledNode(facts)
    if (python.lists.length === 0 && node.lists.length === 0) return []
    const programs = findPrograms(facts)
    const [first] = programs ?? []
    if (programs === null || programs.some(({language}) => language !== first?.language)) return []
    const [installed, ecosystem] = first?.language === 'javascript' ? [node, JAVASCRIPT] : [python, PYTHON]
    if (installed.lists.length === 0) return []
    const scene: Scene = {facts, programs, installed, ecosystem}
    const foreign = installed.lists.flatMap((list) => proposeForeign(scene, list) ?? [])
    const missing = proposeMissing(scene)
    const large = foreign.length > 0 ? null : proposeLarge(scene)
    return [...foreign, ...[missing, large].filter((one) => one !== null)]
  },
}
export default rule

/** The programs of an image, all of one language, and the packages that it has for them. */
interface Scene {
  facts: RewriteFacts
  programs: readonly Program[]
  installed: InstalledPackages
  ecosystem: Ecosystem
}

const MAX_NAMES = 4

function listFirst(names: readonly string[]): string {
  const others = names.length - MAX_NAMES
  return others <= 1 ? names.join(', ') : `${names.slice(0, MAX_NAMES).join(', ')} and ${others} others`
}

/** Whether a source of a program speaks of a module, by an import or a string. */
function mentions({facts: {evidence}, programs, ecosystem}: Scene, name: string): boolean {
  return ecosystem.modulesOf(name).some((module) => {
    const escaped = module.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const word = new RegExp(`(?<![\\w])${escaped}(?![\\w])`, 'i')
    return programs.some(({all}) => [...all.files].some((path) => word.test(evidence.get(path) ?? '')))
  })
}

/** The list of a service whose sources no program of the image loads. */
function proposeForeign(scene: Scene, list: InstalledList): ProposedRewrite | null {
  const {facts, programs, installed, ecosystem} = scene
  const {lists, byName} = installed
  const owner = parentPath(list.path)
  const hasSources = [...facts.evidence.keys()].some(
    (path) => ecosystem.sources.test(path) && isWithin(path, owner),
  )
  const isUsed = programs.some((program) => loadsBelow(program, owner))
  const others = new Set([...lists.filter((one) => one !== list).flatMap(({names}) => names), ...byName])
  const only = list.names.filter((name) => !others.has(name))
  if (owner === '' || !hasSources || isUsed || lists.length < 2 || list.step.instruction.isInherited)
    return null
  if (only.length === 0 || only.some((name) => mentions(scene, name))) return null
  if (isWorkedIn(facts, list)) return null
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

/** A step works where the list is: it may build what another program shows. */
function isWorkedIn(facts: RewriteFacts, {command, step}: InstalledList): boolean {
  const top = step.instruction.state.directory
  if (command.directory === resolveContainerPath('/', top)) return false
  return facts.graph.steps.some((one) =>
    facts
      .commandsOf(one)
      .some(({directory, range}) => directory === command.directory && range.start !== command.range.start),
  )
}

/** A module that a program takes from elsewhere in the project, which the image does not have, or not the packages of. */
function proposeMissing({facts, programs, installed, ecosystem}: Scene): ProposedRewrite | null {
  if (!installed.isWhole) return null
  const known = new Set(
    [...installed.lists.flatMap(({names}) => names), ...installed.byName, ...installed.brought].flatMap(
      (name) => ecosystem.modulesOf(name),
    ),
  )
  for (const program of programs) {
    for (const found of program.imports.packages.values()) {
      if (!found.isCertain || known.has(found.name)) continue
      const place = program.language === 'python' ? findModule(facts, program, found.name) : null
      const list = findNaming(facts, installed, ecosystem, found)
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
      if (program.language === 'javascript')
        return describeMissing(
          facts,
          program,
          found,
          `No package.json that the image installs names ${found.name} for production, and no lock file brings it with another package: does something else install it?`,
        )
    }
  }
  return null
}

/** The directory of the project that has a module by this name; null where none or several have. */
function findModule({evidence}: RewriteFacts, {all}: Program, name: string): string | null {
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
  ecosystem: Ecosystem,
  {name, path}: ImportedPackage,
): string | null {
  for (const [list, text] of evidence) {
    const owner = parentPath(list)
    if (!ecosystem.lists.test(list) || owner === '' || !isWithin(path, owner)) continue
    if (lists.some((one) => one.path === list)) continue
    if (new RegExp(`^${name}\\b|"${name}"\\s*:`, 'im').test(text)) return list
  }
  return null
}

function describeMissing(
  facts: RewriteFacts,
  program: Program,
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

/** Large packages that a program of the image does not import, or only by a module that it takes in beside its own work. */
function proposeLarge(scene: Scene): ProposedRewrite | null {
  const {programs, installed, ecosystem} = scene
  const {lists} = installed
  const large = [...new Set(lists.flatMap(({names}) => names))].filter(
    (name) => ecosystem.large.test(name) && !ecosystem.isLoadedUnseen(name),
  )
  const unused = large.filter((name) => !mentions(scene, name))
  const roundabout =
    programs.length < 2 ? [] : programs.flatMap((program) => findRoundabout(program, large, ecosystem))
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
      claim: `${program.name} imports ${listFirst(ownPackages(program, lists, ecosystem)) || 'none of the packages'}`,
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

function ownPackages(
  {imports}: Program,
  lists: readonly InstalledList[],
  {modulesOf, large}: Ecosystem,
): string[] {
  const names = [...new Set(lists.flatMap(({names: own}) => own))]
  const imported = names.filter((name) => modulesOf(name).some((module) => imports.packages.has(module)))
  // what is large says most
  return imported.sort((one, other) => Number(large.test(other)) - Number(large.test(one)))
}

/** The import of a module of the project by which a program comes to large packages. */
function findRoundabout(
  {imports, start}: Program,
  large: readonly string[],
  {modulesOf}: Ecosystem,
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
