import type {Step} from '../../../build/graph/build-graph.js'
import {listEnvironment} from '../../../languages/dockerfile/evaluate/step-state.js'
import {scriptOf} from '../../../languages/dockerfile/syntax/inner-text.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {resolveContainerPath} from '../../../languages/text/container-path.js'
import {isAside} from '../../rewrites/moves/aside.js'
import {chainBefore} from '../../rewrites/moves/chain-before.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import {type ProposedRewrite, proposeForSteps, type RewriteRule} from './define-rewrite.js'

/** Finds packages that a step names again. */
const rule: RewriteRule = {
  id: 'double-install',
  summary: 'Install each package once',
  reason:
    'A second install of the same packages only costs time and a layer, or installs another version than the first. Proved: an earlier RUN of the stage installs the same, with the same program, user and variables, the second install names no version, and no step in between installs or removes packages of Python.',
  examples: [
    {
      title: 'packages that a list has',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nRUN pip install uvicorn FastAPI\nCOPY . .\n',
      tree: ['requirements.txt', 'a.py'],
      contents: {'requirements.txt': 'fastapi==0.115.0\nuvicorn[standard]>=0.30 # server\n'},
      expected: {
        confidence: 'safe',
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\n',
      },
    },
    {
      title: 'the same list twice',
      dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nRUN apt-get update\nRUN pip install -r requirements.txt\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'x==1\n'},
      expected: {
        confidence: 'review',
        says: /undo/,
        dockerfile:
          'FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nRUN apt-get update\n',
      },
    },
    {
      title: 'another version',
      dockerfile:
        'FROM python:3.13\nCOPY requirements.txt /\nRUN pip install -r /requirements.txt\nRUN pip install uvicorn==0.30\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'uvicorn\n'},
      expected: null,
    },
    {
      title: 'a newer one',
      dockerfile:
        'FROM python:3.13\nCOPY requirements.txt /\nRUN pip install -r /requirements.txt\nRUN pip install -U uvicorn\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'uvicorn\n'},
      expected: null,
    },
    {
      title: 'an extra that the list does not have',
      dockerfile:
        'FROM python:3.13\nCOPY requirements.txt /\nRUN pip install -r /requirements.txt\nRUN pip install uvicorn[standard]\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'uvicorn\n'},
      expected: null,
    },
    {
      title: 'another environment',
      dockerfile:
        'FROM python:3.13\nCOPY requirements.txt /\nRUN pip install -r /requirements.txt\nENV PATH=/venv/bin:$PATH\nRUN pip install uvicorn\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'uvicorn\n'},
      expected: null,
    },
    {
      title: 'packages without what they depend on',
      dockerfile:
        'FROM python:3.13\nCOPY requirements.txt /\nRUN pip install --no-deps -r /requirements.txt\nRUN pip install uvicorn\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'uvicorn\n'},
      expected: null,
    },
    {
      title: 'packages in another place',
      dockerfile:
        'FROM python:3.13\nCOPY requirements.txt /\nRUN pip install --prefix=/install -r /requirements.txt\nRUN pip install uvicorn\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'uvicorn\n'},
      expected: null,
    },
    {
      title: 'packages that were removed in between',
      dockerfile:
        'FROM python:3.13\nCOPY requirements.txt /\nRUN pip install -r /requirements.txt\nRUN pip uninstall -y uvicorn\nRUN pip install uvicorn\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'uvicorn\n'},
      expected: null,
    },
    {
      title: 'a list that a step changes',
      dockerfile:
        'FROM python:3.13\nCOPY requirements.txt /\nRUN sed -i /uvicorn/d /requirements.txt\nRUN pip install -r /requirements.txt\nRUN pip install uvicorn\n',
      tree: ['requirements.txt'],
      contents: {'requirements.txt': 'uvicorn\n'},
      expected: {confidence: 'review', says: /change the list/},
    },
  ],
  find: (facts) => proposeForSteps(facts, propose),
}
export default rule

const PLAIN_OPTION =
  /^(?:--no-cache-dir|--quiet|-q|--disable-pip-version-check|--no-input|--root-user-action=\w+)$/
const WHOLE_INSTALL =
  /^(?:pip3? install (?:--\S+ )*-r \S+|npm (?:ci|install|i)|yarn(?: install)?|pnpm (?:install|i)|bundle install|composer install|poetry install|uv sync)(?: -\S+)*$/

function propose(facts: RewriteFacts, step: Step): ProposedRewrite | null {
  const commands = facts.commandsOf(step)
  const [command] = commands
  if (command === undefined || commands.length !== 1 || !coversScript(step, command)) return null
  const earlier = chainBefore(step).filter((one) => hasSameStart(one, step))
  return proposeNames(facts, step, command, earlier) ?? proposeSame(facts, step, command, earlier)
}

/** `pip install NAME…` behind a list that has each of them. */
function proposeNames(
  facts: RewriteFacts,
  step: Step,
  {words}: ShellCommand,
  earlier: readonly Step[],
): ProposedRewrite | null {
  const [program = '', subcommand, ...rest] = words
  const names = rest.filter((word) => !word.startsWith('-'))
  const isPlain = rest.every((word) => !word.startsWith('-') || PLAIN_OPTION.test(word))
  if (!/(?:^|\/)pip3?$/.test(program) || subcommand !== 'install' || !isPlain || names.length === 0)
    return null
  if (!names.every((name) => /^[A-Za-z][\w.-]*$/.test(name) && !/\.(?:whl|zip)$/.test(name))) return null
  if (hasChangingVariable(step)) return null
  for (const before of earlier) {
    if (!keepsShell(facts, before)) continue
    const lists = facts.commandsOf(before).filter((one) => one.words[0] === program && isPlainInstall(one))
    const found = lists.flatMap((one) => listsOf(facts, before, one))
    const all = found.flatMap(({names: own}) => own)
    if (found.length === 0 || !names.every((name) => all.includes(normalize(name)))) continue
    if (hasMountOverPackages(before) || removesBetween(facts, before, step)) return null
    const changer = found.map(({path}) => findChanger(facts, before, path)).find((one) => one !== null)
    return {
      ...describe(facts, step, `remove the second install of ${names.join(', ')}`),
      proof: [
        {
          claim: `${names.join(', ')} are installed`,
          evidence: `${facts.file}:${before.line} installs ${found.map(({path}) => path).join(', ')}, which names them`,
        },
        {
          claim: 'pip does not change installed packages',
          evidence: 'the command has no version, no extra and no --upgrade',
        },
      ],
      questions: [
        ...(changer === undefined || changer === null
          ? []
          : [`Does ${facts.file}:${changer.line} change the list? ${changer.instruction.text}`]),
        ...askAboutBetween(facts, before, step),
      ],
    }
  }
  return null
}

/** Installs lists and names where the second install would look for them, with all that they depend on. */
function isPlainInstall({words, isCertain, hasFallback}: ShellCommand): boolean {
  const options = words.slice(2).filter((word) => word.startsWith('-'))
  return (
    isCertain &&
    hasFallback !== true &&
    words[1] === 'install' &&
    options.every(
      (word) => PLAIN_OPTION.test(word) || /^(?:-[rcU]|--requirement|--constraint|--upgrade)$/.test(word),
    )
  )
}

/** Where the packages go to, or whether they are looked at again. */
const CHANGING =
  /^PIP_(?!NO_CACHE|DISABLE_PIP|DEFAULT_TIMEOUT|INDEX_URL|EXTRA_INDEX|TRUSTED_HOST|ROOT_USER|PROGRESS|NO_INPUT|CACHE_DIR|RETRIES|BREAK_SYSTEM)/i

function hasChangingVariable({instruction}: Step): boolean {
  return listEnvironment(instruction.state.environment).some(([name]) => CHANGING.test(name))
}

/** Commands in front of which another shell or user runs, or behind which other programs are found. */
const CHANGES_SHELL =
  /(?:^|[;&|\s])(?:su|sudo|gosu|su-exec|runuser|setpriv|chroot|env|export|source|\.|eval|(?:ba|da|a|z)?sh)\s/

/** Tells whether a step fails where an install in it fails, and does nothing before that changes a list or where it installs. */
function keepsShell(facts: RewriteFacts, step: Step): boolean {
  const {instruction} = step
  const script = instruction.keyword === 'RUN' ? scriptOf(instruction.written).text : ''
  const isChain = !/\|\||[;|\n]|(?<!&)&(?!&)/.test(script)
  const commands = facts.commandsOf(step)
  const first = commands.findIndex((one) => isPlainInstall(one))
  const isAlone = commands
    .slice(0, Math.max(first, 0))
    .every((one) => one.words[0] === 'cd' || isAside(one, ['/']))
  return isChain && isAlone && !CHANGES_SHELL.test(script) && !/(?:^|[&\s])\w+=\S*\s/.test(script)
}

/** What is installed into a mount is gone behind the step. */
function hasMountOverPackages({instruction}: Step): boolean {
  return (
    instruction.keyword === 'RUN' &&
    instruction.mounts.some(({target}) => !/(?:^|\/)(?:\.?cache|tmp|run|etc)(?:\/|$)/.test(target))
  )
}

const REMOVES =
  /\b(?:uninstall|autoremove|purge|remove|deactivate|update-alternatives)\b|^(?:rm|mv|find|python[\d.]* -m venv|virtualenv)\b/

/** A command of the first step or behind it that may take packages away. */
function removesBetween(facts: RewriteFacts, first: Step, last: Step): boolean {
  const steps = chainBefore(last)
  return steps.slice(steps.indexOf(first)).some((step) => {
    const isCopied = step.reads.some(({landing}) =>
      /site-packages|dist-packages|\/usr\/local$/.test(landing.path),
    )
    return isCopied || facts.commandsOf(step).some(({words}) => REMOVES.test(words.join(' ')))
  })
}

/** Where pip keeps packages and looks for settings. */
const OF_PIP = /^\/(?:usr|etc|root|opt)?(?:\/|$)/

/** Another install may break what a package needs, a script may take packages away, and settings may say that pip upgrades. */
function askAboutBetween(facts: RewriteFacts, first: Step, last: Step): string[] {
  const chain = chainBefore(last)
  const odd = chain.slice(chain.indexOf(first)).find((step) => {
    const isKnown = facts
      .commandsOf(step)
      .every(
        (one) =>
          one.words[0] === 'cd' ||
          (step === first && isPlainInstall(one)) ||
          (isAside(one, []) && !isPip(one)),
      )
    return !isKnown || (facts.placesOf(step) ?? ['/']).some((place) => OF_PIP.test(place) && place !== '/')
  })
  const settings = chain.find(
    (step) =>
      facts.commandsOf(step).some(({words}) => /\bpip3? config\b|\bpip\.conf\b/.test(words.join(' '))) ||
      step.reads.some(({path, landing}) => /pip\.conf$/.test(path) || /pip\.conf$/.test(landing.path)),
  )
  return [
    ...(odd === undefined
      ? []
      : [`Does ${facts.file}:${odd.line} change what is installed? ${odd.instruction.text}`]),
    ...(settings === undefined ? [] : [`Does ${facts.file}:${settings.line} make pip upgrade packages?`]),
  ]
}

function isPip({words}: ShellCommand): boolean {
  return /(?:^|\/)(?:pip|python)[\d.]*$/.test(words[0] ?? '')
}

/** A RUN between the copy of a list and its install that may write it; null where none is. */
function findChanger(facts: RewriteFacts, install: Step, list: string): Step | null {
  const before = chainBefore(install)
  const copy = before.findLast((step) => facts.targetOf(step, list) !== null)
  const places = copy === undefined ? ['/'] : [facts.targetOf(copy, list) ?? '/']
  const runs = before.slice(copy === undefined ? 0 : before.indexOf(copy) + 1)
  return (
    runs.find((step) =>
      facts.commandsOf(step).some((one) => !isAside(one, places) && !isPlainInstall(one)),
    ) ?? null
  )
}

/** The lists that a call installs, with the names in them. */
function listsOf(
  facts: RewriteFacts,
  step: Step,
  {words, directory}: ShellCommand,
): {path: string; names: string[]}[] {
  return words.flatMap((word, index) => {
    if (words[index - 1] !== '-r' && words[index - 1] !== '--requirement') return []
    const place = resolveContainerPath(directory, word)
    const path = chainBefore(step)
      .toReversed()
      .map((one) => facts.sourceOf(one, place))
      .find((one) => one !== null)
    const text =
      path === undefined || path === null || !facts.isSent(path) ? undefined : facts.evidence.get(path)
    return text === undefined ? [] : [{path: path!, names: namesIn(text)}]
  })
}

/** Names of packages that a list installs on every machine; what depends on a marker is left out. */
function namesIn(text: string): string[] {
  // what its packages need may be left out
  if (/^[ \t]*--no-deps/m.test(text)) return []
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)
  return lines.flatMap((line) => {
    const [bare = ''] = line.replaceAll(/\s--hash=\S+/g, '').split('#')
    const [, name] = /^\s*([A-Za-z][\w.-]*)(?:\[[\w,\s-]*\])?\s*(?:[=<>~!]=?[^;]*)?$/.exec(bare) ?? []
    return name === undefined ? [] : [normalize(name)]
  })
}

function normalize(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** The same install in the same directory; what it reads may have come between. */
function proposeSame(
  facts: RewriteFacts,
  step: Step,
  command: ShellCommand,
  earlier: readonly Step[],
): ProposedRewrite | null {
  const text = command.words.join(' ')
  if (!WHOLE_INSTALL.test(text)) return null
  const before = earlier.findLast((one) =>
    facts
      .commandsOf(one)
      .some(
        (other) => other.directory === command.directory && other.isCertain && other.words.join(' ') === text,
      ),
  )
  if (before === undefined || before.stage !== step.stage) return null
  const between = step.stage.steps.slice(step.stage.steps.indexOf(before) + 1, step.stage.steps.indexOf(step))
  // with the source between, the second one may be for the project itself
  if (between.some(({instruction}) => instruction.keyword === 'COPY' || instruction.keyword === 'ADD'))
    return null
  return {
    ...describe(facts, step, `remove the second ${text}`),
    proof: [
      {
        claim: 'it has already run',
        evidence: `${facts.file}:${before.line} runs the same in the same directory, and nothing is copied in between`,
      },
    ],
    questions: [`Should the second ${text} undo something that happens in between?`],
  }
}

function describe(facts: RewriteFacts, step: Step, title: string) {
  return {
    line: step.line,
    endLine: step.instruction.endLine,
    title,
    edits: [{range: facts.linesOf(step.instruction.written), text: ''}],
    changes: ['commands'] as const,
  }
}

function coversScript({instruction}: Step, {range, isCertain}: ShellCommand): boolean {
  if (instruction.keyword !== 'RUN' || instruction.isJson || instruction.written.heredocs.length > 0)
    return false
  const {origin} = scriptOf(instruction.written)
  return isCertain && range.start === origin.start && range.end === origin.end
}

/** The same user, variables and mounts: the same packages are seen. */
function hasSameStart(one: Step, other: Step): boolean {
  const [a, b] = [one.instruction.state, other.instruction.state]
  const environment = ({environment: last}: typeof a) => JSON.stringify(listEnvironment(last).sort())
  return one.instruction.keyword === 'RUN' && a.user === b.user && environment(a) === environment(b)
}
