import {rememberReadings} from '../../../languages/sources/remember-readings.js'
import {isWithin} from '../../../languages/text/container-path.js'
import {
  describeFinalImage,
  type FinalImage,
  insertLines,
  isAlpine,
  isForDevelopment,
} from '../../rewrites/final-image.js'
import {findPrograms} from '../../rewrites/imports/find-programs.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {findService, listOtherStarts, type Service} from '../../rewrites/service.js'
import {listSystemPackages} from '../../rewrites/stages/system-packages.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a service whose code answers for its health, and whose image does not ask. */
const rule: RewriteRule = {
  id: 'no-health-check',
  summary: 'Add a HEALTHCHECK for a service with a health route',
  reason:
    'Without a HEALTHCHECK Docker and Compose only know that the process runs: depends_on with service_healthy cannot work, and a service that hangs is not noticed. Proved: the source has a health route, and the image has a program that can request it. Not proved: which port the service listens on, and that the route needs no login.',
  examples: [
    {
      title: 'a route of a Python service',
      dockerfile: 'FROM python:3.13-slim\nCOPY app.py /\nEXPOSE 8000\nCMD ["uvicorn", "app:app"]\n',
      tree: ['app.py'],
      contents: {'app.py': '@app.get("/health")\ndef health():\n    return {}\n'},
      expected: {
        confidence: 'review',
        says: /8000/,
        dockerfile:
          'FROM python:3.13-slim\nCOPY app.py /\nEXPOSE 8000\nHEALTHCHECK --interval=30s --timeout=3s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen(\'http://127.0.0.1:8000/health\')"]\nCMD ["uvicorn", "app:app"]\n',
      },
    },
    {
      title: 'a route of a Node service',
      dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 3000\nCMD ["node", "a.js"]\n',
      tree: ['a.js'],
      contents: {'a.js': "app.get('/healthz', (request, reply) => reply.send('ok'))\n"},
      expected: {confidence: 'review', says: /\/healthz/},
    },
    {
      title: 'BusyBox has wget',
      dockerfile:
        'FROM golang:1.24 AS build\nCOPY . .\nRUN go build -o /a\nFROM alpine:3.22\nCOPY --from=build /a /a\nEXPOSE 8080\nCMD ["/a"]\n',
      tree: ['main.go'],
      contents: {'main.go': 'mux.HandleFunc("GET /healthz", ok)\n'},
      expected: {confidence: 'review', says: /\/healthz/},
    },
    {
      title: 'an image without a program that asks',
      dockerfile:
        'FROM golang:1.24 AS build\nCOPY . .\nRUN go build -o /a\nFROM scratch\nCOPY --from=build /a /a\nEXPOSE 8080\nCMD ["/a"]\n',
      tree: ['main.go'],
      contents: {'main.go': 'mux.HandleFunc("/healthz", ok)\n'},
      expected: null,
    },
    {
      title: 'a route of another service',
      dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nWORKDIR /app/web\nEXPOSE 3000\nCMD ["node", "a.js"]\n',
      tree: ['api/app.py', 'other/a.js', 'web/a.js'],
      contents: {
        'api/app.py': '@app.get("/health")\n',
        'other/a.js': "app.get('/health', x)\n",
        'web/a.js': 'x\n',
      },
      expected: null,
    },
    {
      title: 'no route',
      dockerfile: 'FROM node:22\nCOPY . .\nEXPOSE 3000\nCMD ["node", "a.js"]\n',
      tree: ['a.js'],
      contents: {'a.js': "fetch('https://example.org/health')\n"},
      expected: null,
    },
    {
      title: 'a port that the start command names, in an image of several services',
      dockerfile:
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD uvicorn a:app --host 0.0.0.0 --port 8000\n',
      tree: ['a.py'],
      contents: {'a.py': "@app.get('/health')\n"},
      services: {api: ['uvicorn', 'a:app', '--port', '8000'], worker: ['celery', '-A', 'a', 'worker']},
      expected: {confidence: 'review', says: /would call those unhealthy/},
    },
    {
      title: 'a route of a source that the program does not load',
      dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD celery -A tasks flower --port=5555\n',
      tree: ['api.py', 'tasks.py'],
      contents: {'api.py': "@app.get('/health')\n", 'tasks.py': 'import celery\n'},
      expected: null,
    },
    {
      title: 'one that is there',
      dockerfile:
        'FROM node:22\nCOPY . .\nEXPOSE 3000\nHEALTHCHECK CMD node check.js\nCMD ["node", "a.js"]\n',
      tree: ['a.js'],
      contents: {'a.js': "app.get('/health', x)\n"},
      expected: null,
    },
    {
      title: 'a supervisor of several programs',
      dockerfile: 'FROM python:3.13-slim\nCOPY . /\nEXPOSE 8000\nENTRYPOINT ["/init"]\n',
      tree: ['app.py'],
      contents: {'app.py': '@app.get("/health")\ndef health():\n    return {}\n'},
      expected: null,
    },
  ],
  find: (facts) => {
    const service = findService(facts)
    return service === null || isForDevelopment(facts) ? [] : propose(facts, service)
  },
}
export default rule

const SOURCE = /\.(?:py|m?[jt]s|go|rb|java|kt|rs|php)$/
const TESTS = /(?:^|\/)(?:tests?|spec|__tests__|e2e|cypress|mocks?|fixtures)\/|[._](?:test|spec)\.|_test\./

/** A route in the words of the usual frameworks: the path is the first argument of a call that sets it up. */
const ROUTE =
  /(?:\b(?:get|route|all|use|head|HandleFunc|Handle|Get|GET|GetMapping|RequestMapping|path|re_path|MapGet|MapHealthChecks|add_url_rule|add_api_route|add_route|on)\s*\(\s*|\bget\s+)["'`](?:GET )?\^?(\/?(?:api\/)?(?:health|healthz|health_?check|health-check|livez|readyz|healthcheck|ping|_health|up))\/?\$?["'`]/

/** What each of them holds: the whole takes long on texts without. */
const ROUTE_ENDS = /(?:healthz?|livez|readyz|check|ping|up)\/?\$?["'`]/

/** The first route of a source, with its line. */
const findRouteIn = rememberReadings((text): {line: number; route: string} | null => {
  const found = ROUTE_ENDS.test(text) ? ROUTE.exec(text) : null
  if (found?.[1] === undefined) return null
  const route = found[1].startsWith('/') ? found[1] : `/${found[1]}`
  return {line: text.slice(0, found.index).split('\n').length, route}
})

/** They start several programs: which of them listens is not told. */
const STARTS_SEVERAL =
  /(?:^|\/)(?:init|s6-svscan|supervisord|runsvdir|runit|circusd|foreman|overmind|honcho|concurrently|pm2(?:-runtime)?)$/

function propose(facts: RewriteFacts, {image, ports, firstStart, start}: Service): ProposedRewrite[] {
  if (start.commands.some(({words}) => words.some((word) => STARTS_SEVERAL.test(word)))) return []
  if (image.instructions.some(({keyword}) => keyword === 'HEALTHCHECK')) return []
  if (facts.graph.target.instructions.indexOf(firstStart) < 0 || new Set(ports).size !== 1) return []
  const route = findRoute(facts, image)
  const url = route === null ? '' : `http://127.0.0.1:${ports[0]}/${route.route.replace(/^\//, '')}`
  const call = route === null ? null : writeCall(facts, url)
  if (route === null || call === null) return []
  const others = listOtherStarts(facts)
  const isShared = others.length > 1
  return [
    {
      line: firstStart.line,
      endLine: firstStart.endLine,
      title: `add a HEALTHCHECK that requests ${url}`,
      proof: [
        {claim: 'the source has a health route', evidence: `${route.path}:${route.line}`},
        {claim: 'the image has a program that can request it', evidence: call.program},
      ],
      questions: [
        `Does the service listen on port ${ports[0]}, and answer ${route.route} without a login?`,
        ...(isShared
          ? [
              `${others.slice(0, MAX_OTHERS).join(', ')} run the image with commands of their own, and in the image it would call those unhealthy that do not answer. Is it for ${nameServer(facts, ports[0]!)} alone? Then write in the compose file: healthcheck: {test: ${JSON.stringify(['CMD', ...call.words])}, interval: 30s, timeout: 3s}`,
            ]
          : []),
      ],
      edits: isShared
        ? []
        : [
            insertLines(facts, firstStart, [
              `HEALTHCHECK --interval=30s --timeout=3s CMD ${JSON.stringify(call.words).replaceAll('","', '", "')}`,
            ]),
          ],
      changes: ['settings'],
    },
  ]
}

const MAX_OTHERS = 4

/** The one service whose command names the port. */
function nameServer({services}: RewriteFacts, port: number | string): string {
  const named = services.filter(({starts}) =>
    starts.some(({keyword, words, text}) => {
      const command = words?.join(' ') ?? text ?? ''
      return keyword !== 'healthcheck' && new RegExp(`(?<!\\d)${port}(?!\\d)`).test(command)
    }),
  )
  return named.length === 1 ? named[0]!.service : 'the one service that answers'
}

/** Sources by the image that runs them; of another one every kind is looked at. */
const SOURCES_OF: Readonly<Record<string, RegExp>> = {
  node: /\.(?:m?[jt]sx?)$/,
  python: /\.py$/,
  ruby: /\.rb$/,
  php: /\.php$/,
  golang: /\.go$/,
}

/** Whether an image runs a source: it is of its language, and not copied to another place than where the program starts. */
function runs(facts: RewriteFacts, {base, steps, directory}: FinalImage, path: string): boolean {
  const language = SOURCES_OF[base?.name ?? '']
  if (TESTS.test(path) || !(language ?? SOURCE).test(path)) return false
  const place = steps.map((step) => facts.targetOf(step, path)).findLast((one) => one !== null)
  return place === undefined || place === null || !directory.startsWith('/') || isWithin(place, directory)
}

function findRoute(
  facts: RewriteFacts,
  image: FinalImage,
): {path: string; line: number; route: string} | null {
  let programs: ReturnType<typeof findPrograms> | undefined
  for (const [path, text] of facts.evidence) {
    const found = runs(facts, image, path) ? findRouteIn(text) : null
    if (found === null) continue
    // of a Python program the sources are known
    if (programs === undefined) programs = findPrograms(facts)
    if (programs === null || programs.some(({all}) => all.files.has(path)))
      return {
        path,
        ...found,
      }
  }
  return null
}

function writeCall(facts: RewriteFacts, url: string): {program: string; words: string[]} | null {
  const {base, steps} = describeFinalImage(facts.graph)
  if (base === null) return null
  const installed = listSystemPackages(facts, steps).map(({name}) => name)
  if (base.name === 'node') {
    // what is thrown ends Node with 1
    const code = `fetch('${url}').then(r => { if (!r.ok) throw r.status })`
    return {program: 'node', words: ['node', '-e', code]}
  }
  if (base.name === 'python') {
    return {
      program: 'python',
      words: ['python', '-c', `import urllib.request; urllib.request.urlopen('${url}')`],
    }
  }
  if (installed.includes('curl')) return {program: 'curl', words: ['curl', '-fsS', '-o', '/dev/null', url]}
  if (isAlpine(base) || installed.includes('wget'))
    return {program: 'wget', words: ['wget', '-q', '-O', '/dev/null', url]}
  return null
}
