import {describeFinalImage, isAlpine, isForDevelopment} from '../../rewrites/final-image.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {splitStage} from '../../rewrites/stages/split-stage.js'
import {splitTools} from '../../rewrites/stages/split-tools.js'
import {isForBuilds, libraryOf, listSystemPackages} from '../../rewrites/stages/system-packages.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds compilers that the image is shipped with. */
const rule: RewriteRule = {
  id: 'build-tools-in-final',
  summary: 'Leave compilers and headers out of the final image',
  reason:
    'Compilers take some 200 MB, and help an attacker. Removing them in a later step frees nothing. Proved: a stage that makes an image installs them, and no step removes them. Where only packages of Python can need them, the change installs these in a stage of their own and copies the result. Not proved: that the program compiles nothing when it runs, and which libraries the packages load. `multi-stage` proposes more if every step of the file is understood.',
  examples: [
    {
      title: 'a compiler for the packages of Python',
      dockerfile:
        'FROM mcr.example.org/python:3.11\nENV A=1\nCOPY . /app\nWORKDIR /app\nRUN apt-get update && apt-get install -y git gcc libpq-dev\nRUN pip install -r requirements.txt\nRUN pip install -r requirements-dev.txt\nRUN rm -rf /root/.cache/pip\nCMD ["python", "-m", "a"]\n',
      tree: ['requirements.txt', 'requirements-dev.txt', 'a/__main__.py'],
      contents: {'requirements.txt': 'psycopg2==2.9\n', 'requirements-dev.txt': 'pytest\n'},
      expected: {
        confidence: 'review',
        says: /libpq5 all libraries/,
        dockerfile:
          'FROM mcr.example.org/python:3.11 AS packages\nENV A=1\nWORKDIR /app\nRUN apt-get update && apt-get install -y gcc libpq-dev git && rm -rf /var/lib/apt/lists/*\nRUN python -m venv /venv\nENV PATH=/venv/bin:$PATH\nCOPY requirements.txt /app/\nRUN pip install -r requirements.txt\nCOPY requirements-dev.txt /app/\nRUN pip install -r requirements-dev.txt\n\nFROM mcr.example.org/python:3.11\nENV A=1\nCOPY . /app\nWORKDIR /app\nRUN apt-get update && apt-get install -y git libpq5\nCOPY --from=packages /venv /venv\nENV PATH=/venv/bin:$PATH\nRUN rm -rf /root/.cache/pip\nCMD ["python", "-m", "a"]\n',
      },
    },
    {
      title: 'a compiler for an environment of uv, on Alpine',
      dockerfile:
        'FROM python:3.13-alpine\nRUN apk add --no-cache build-base\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv\nWORKDIR /app\nCOPY pyproject.toml uv.lock README.md ./\nCOPY src ./src/\nRUN uv sync --frozen\nENV PATH=/app/.venv/bin:$PATH\nCMD ["a"]\n',
      tree: ['pyproject.toml', 'uv.lock', 'README.md', 'src/a.py'],
      contents: {'pyproject.toml': '[project]\nname = "a"\nreadme = "README.md"\n[build-system]\n'},
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM python:3.13-alpine AS packages\nRUN apk add --no-cache build-base\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv\nWORKDIR /app\nCOPY pyproject.toml uv.lock README.md ./\nCOPY src ./src/\nRUN uv sync --frozen\n\nFROM python:3.13-alpine\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv\nWORKDIR /app\nCOPY pyproject.toml uv.lock README.md ./\nCOPY src ./src/\nCOPY --from=packages /app/.venv /app/.venv\nENV PATH=/app/.venv/bin:$PATH\nCMD ["a"]\n',
      },
    },
    {
      title: 'a step that may compile more than packages of Python',
      dockerfile:
        'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc libfoo-dev\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\nRUN ./setup.sh\nCMD ["python", "a.py"]\n',
      tree: ['requirements.txt', 'a.py'],
      contents: {'requirements.txt': 'psycopg2==2.9\n'},
      expected: {confidence: 'review', says: /gcc, libfoo-dev can move/},
    },
    {
      title: 'a compiler in the last stage',
      dockerfile:
        'FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y build-essential libpq-dev curl\nCOPY . /app\nRUN bundle install\nCMD ["ruby", "/app/a.rb"]\n',
      tree: ['Gemfile', 'a.rb'],
      expected: {confidence: 'review', says: /build-essential, libpq-dev/},
    },
    {
      title: 'removed in the same step',
      dockerfile:
        'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gcc && pip install x && apt-get purge -y gcc\nCMD ["python"]\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a virtual package of Alpine that goes',
      dockerfile:
        'FROM python:3.13-alpine\nRUN apk add --no-cache --virtual .build gcc musl-dev && pip install x && apk del .build\nCMD ["python"]\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'a compiler in another stage',
      dockerfile:
        'FROM debian AS build\nRUN apt-get install -y gcc\nFROM debian\nCOPY --from=build /a /a\nCMD ["/a"]\n',
      tree: ['a'],
      expected: null,
    },
    {
      title: 'an image to build in',
      dockerfile: 'FROM debian\nRUN apt-get install -y gcc make\n',
      tree: ['a'],
      expected: null,
    },
  ],
  find: (facts) => {
    const found = propose(facts)
    return found === null ? [] : [found]
  },
}
export default rule

function propose(facts: RewriteFacts): ProposedRewrite | null {
  const {steps, instructions} = describeFinalImage(facts.graph)
  const starts = instructions.some(({keyword}) => keyword === 'CMD' || keyword === 'ENTRYPOINT')
  const kept = steps.filter((step) => !facts.commandsOf(step).some(({words}) => removes(words)))
  const found = listSystemPackages(facts, kept).filter(({name}) => isForBuilds(name))
  const [first] = found
  if (isForDevelopment(facts) || !found.some(({name}) => COMPILER.test(name))) return null
  if (!starts || first === undefined || first.step.instruction.isInherited || splitStage(facts) !== null)
    return null
  const listed = found.slice(0, 5).map(({name}) => name)
  const names =
    found.length > listed.length
      ? `${listed.join(', ')} and ${found.length - listed.length} others`
      : listed.join(', ')
  const split = splitTools(facts)
  return {
    line: first.step.line,
    endLine: first.step.instruction.endLine,
    title: `install ${found
      .slice(0, 3)
      .map(({name}) => name)
      .join(', ')} in a stage that only builds`,
    proof: [
      {
        claim: 'the image has what only a build needs',
        evidence: `${facts.file}:${first.step.line} installs it in a stage of the image, and no step removes it`,
      },
    ],
    questions: split?.questions ?? [
      `Does anything compile when a container runs? If not, ${names} can move to a build stage, and the result is copied${describeLibraries(facts, found)}`,
    ],
    edits: split?.edits ?? [],
    changes: ['stages'],
  }
}

/** What must stay in the image: the headers bring it, and what was built with them loads it. */
function describeLibraries({graph}: RewriteFacts, found: readonly {name: string}[]): string {
  const {base} = describeFinalImage(graph)
  const isOnAlpine = base !== null && isAlpine(base)
  const libraries = [...new Set(found.flatMap(({name}) => libraryOf(name, isOnAlpine) ?? []))]
  return libraries.length === 0 ? '' : `. What was built needs ${libraries.join(', ')} to run`
}

/** What makes the rest a tool chain: headers alone may be there for their library. */
const COMPILER =
  /^(?:build-essential|build-base|gcc|g\+\+|clang|make|cmake|rustc|cargo|golang(?:-go)?|gfortran|default-jdk|maven|gradle)/

function removes(words: readonly string[]): boolean {
  return /^(?:apt-get|apt) (?:-\S+ )*(?:purge|remove|autoremove)|^apk (?:-\S+ )*del|^(?:dnf|yum|microdnf) (?:-\S+ )*(?:remove|autoremove|erase)/.test(
    words.join(' '),
  )
}
