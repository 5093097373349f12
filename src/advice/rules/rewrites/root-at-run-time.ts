import {insertLines, isAlpine, isForDevelopment} from '../../rewrites/final-image.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {dropsRights, findService, type Service} from '../../rewrites/service.js'
import {installsPackages} from '../../rewrites/start-command.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a service that runs as root for no reason that the Dockerfile shows. */
const rule: RewriteRule = {
  id: 'root-at-run-time',
  summary: 'Run a service as an unprivileged user',
  reason:
    'An attacker in a service that runs as root controls the container, and what is mounted into it. Proved: no USER is set, the base image runs as root, the ports are above 1023, and neither the start command nor its script changes the user. Not proved: where the program writes; it must own those directories.',
  examples: [
    {
      title: 'Node, whose image has a user',
      dockerfile:
        'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nEXPOSE 8080\nCMD ["node", "a.js"]\n',
      tree: ['a.js'],
      expected: {
        confidence: 'review',
        says: /write/,
        dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nEXPOSE 8080\nUSER node\nCMD ["node", "a.js"]\n',
      },
    },
    {
      title: 'Python, with a volume',
      dockerfile:
        'FROM python:3.13-slim\nCOPY . /app\nVOLUME /data\nEXPOSE 8000/tcp\nENTRYPOINT ["uvicorn"]\nCMD ["a:app"]\n',
      tree: ['a.py'],
      expected: {
        confidence: 'review',
        says: /In \/data or its/,
        dockerfile:
          'FROM python:3.13-slim\nCOPY . /app\nVOLUME /data\nEXPOSE 8000/tcp\nRUN useradd --uid 10001 --create-home app\nUSER app\nENTRYPOINT ["uvicorn"]\nCMD ["a:app"]\n',
      },
    },
    {
      title: 'a volume where the program works',
      dockerfile:
        'FROM python:3.13-slim\nWORKDIR /data\nCOPY . .\nVOLUME /data\nEXPOSE 8000/tcp\nCMD ["uvicorn", "a:app"]\n',
      tree: ['a.py'],
      expected: {confidence: 'review', says: /In \/data it/},
    },
    {
      title: 'Alpine',
      dockerfile: 'FROM alpine:3.22\nCOPY a /\nEXPOSE 8000\nCMD ["/a"]\n',
      tree: ['a'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM alpine:3.22\nCOPY a /\nEXPOSE 8000\nRUN adduser -D -u 10001 app\nUSER app\nCMD ["/a"]\n',
      },
    },
    {
      title: 'a script that gives up its rights',
      dockerfile: 'FROM debian:13\nCOPY start.sh a /\nEXPOSE 8000\nENTRYPOINT ["/start.sh"]\n',
      tree: ['start.sh', 'a'],
      contents: {'start.sh': '#!/bin/sh\nexec gosu app /a\n'},
      expected: null,
    },
    {
      title: 'a user',
      dockerfile: 'FROM node:22\nCOPY a.js /\nUSER node\nEXPOSE 8080\nCMD ["node", "/a.js"]\n',
      tree: ['a.js'],
      expected: null,
    },
    {
      title: 'a port that the start command names',
      dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD gunicorn -b 0.0.0.0:8000 a:app\n',
      tree: ['a.py'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN useradd --uid 10001 --create-home app\nUSER app\nCMD gunicorn -b 0.0.0.0:8000 a:app\n',
      },
    },
    {
      title: 'a low port',
      dockerfile: 'FROM node:22\nCOPY a.js /\nEXPOSE 80\nCMD ["node", "/a.js"]\n',
      tree: ['a.js'],
      expected: null,
    },
    {
      title: 'no service',
      dockerfile: 'FROM node:22\nCOPY a.js /\nCMD ["node", "/a.js"]\n',
      tree: ['a.js'],
      expected: null,
    },
    {
      title: 'an image that is not known',
      dockerfile: 'FROM example.org/a\nCOPY a.js /\nEXPOSE 8080\nCMD ["/a"]\n',
      tree: ['a.js'],
      expected: null,
    },
  ],
  find: (facts) => {
    const service = findService(facts)
    return service === null || isForDevelopment(facts) || dropsRights(facts, service)
      ? []
      : propose(facts, service)
  },
}
export default rule

/** Official images that run as root, and have the programs that make a user. */
const ROOT_IMAGES =
  /^(?:node|python|ruby|golang|rust|php|perl|elixir|erlang|debian|ubuntu|alpine|openjdk|eclipse-temurin|amazoncorretto|buildpack-deps)$/

function propose(facts: RewriteFacts, {image, ports, firstStart, start}: Service): ProposedRewrite[] {
  // it writes into its own directory at each start
  if (start.commands.some(installsPackages)) return []
  const {base, user, instructions} = image
  if (base === null || user !== null || !ROOT_IMAGES.test(base.name) || ports.some((port) => port < 1024))
    return []
  // the program of another stage is started where the last step has put it
  if (
    facts.graph.target.instructions.indexOf(firstStart) < 0 ||
    image.steps.some(({index}) => isBehind(facts, index, firstStart.line))
  )
    return []
  const volumes = instructions.flatMap((one) => (one.keyword === 'VOLUME' ? one.args : []))
  const maker = isAlpine(base) ? 'RUN adduser -D -u 10001 app' : 'RUN useradd --uid 10001 --create-home app'
  const lines = base.name === 'node' ? ['USER node'] : [maker, 'USER app']
  const own = image.directory.startsWith('/') ? image.directory : 'its working directory'
  const mounted = facts.services.flatMap(({mounts}) => mounts.map(({target}) => target))
  const written = [...new Set([...volumes, ...mounted])].filter((path) => path !== own).slice(0, MAX_PLACES)
  const places = written.length === 0 ? own : `${written.join(', ')} or ${own}`
  return [
    {
      line: firstStart.line,
      endLine: firstStart.endLine,
      title: `run as ${base.name === 'node' ? 'the user node of the base image' : 'a user of its own'}`,
      proof: [
        {claim: 'the service runs as root', evidence: `no USER is set, and ${base.name} starts as root`},
        {claim: 'every user may open its ports', evidence: ports.join(', ')},
      ],
      questions: [
        `Where does the program write? In ${places} it must own the files: copy with --chown, or create the directory for it`,
      ],
      edits: [insertLines(facts, firstStart, lines)],
      changes: ['commands', 'settings'],
    },
  ]
}

const MAX_PLACES = 4

function isBehind(facts: RewriteFacts, index: number, line: number): boolean {
  const step = facts.graph.steps[index]
  return step !== undefined && step.stage === facts.graph.target && step.line > line
}
