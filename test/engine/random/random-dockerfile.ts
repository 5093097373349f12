import {pick, type Random} from '../../helpers/random.js'

/** A Dockerfile while it is made up: it is edited instruction by instruction. */
export interface Draft {
  /** ARG above the first FROM. */
  globals: string[]
  stages: DraftStage[]
}

interface DraftStage {
  base: string
  /** Null: it has no name. */
  name: string | null
  platform: string
  lines: string[]
}

/** What the engine at hand knows. */
export interface Abilities {
  /** `COPY --exclude`. */
  hasExclude: boolean
  /** Whether a RUN is made as another user, too: then it may not be able to write. */
  hasUsers: boolean
  /** Whether a RUN with a secret or an SSH agent is like any other: Engine 26 compares what lies below it by content. */
  hasSecrets: boolean
  /** Whether ONBUILD steps are named as such. */
  namesOnBuild: boolean
}

/** Paths that every base image has, and that every RUN leaves. */
export const IMAGE_PATHS: readonly string[] = [
  ...['/base/f.txt', '/base/x.js', '/base/d/g.txt', '/out/o.js', '/out/o.txt', '/out/deep/p.js'],
  ...['/app/i.txt', '/d/j.txt', '/app/lib/k.js', '/q/x'],
]

const TAKEN = [
  ...['/base/f.txt', '/base', '/base/d', '/base/d/', '/out', '/out/*.js', '/out/*', '/out/o.js', '/base/*'],
  ...['/app', '/app/', '/d', '/app/lib', '/out/deep', '/q/x', '/q', '/out/o.js', '/out/o.js'],
]

const SOURCES = [
  ...['.', '.', 'src', 'package.json', 'a.txt', 'src/x.js', 'src', '*'],
  ...['a.txt', 'b.txt', 'package.json', 'run.sh', 'src', 'src/', './src', '.', '/', 'src/lib', 'src/*'],
  ...['src/*.js', '*.txt', '*.json', 'conf', 'conf/*.yml', 'p/x', 'q/x', '*/x', 'p', 'q/', 'docs', 'empty'],
  ...[
    'ln',
    'lnd',
    'src/in',
    'src/out',
    'hard',
    '[ab].txt',
    '?.txt',
    'nosuch*',
    'p/*',
    '*',
    'src/l*',
    '*/*.js',
  ],
  ...['src/lib/z.js', 'lnd/x.js', 'lnd/*.js', 'src/../a.txt', './', 'conf/../src', 's*', 'gone*/x', 'a.tx?'],
]

const TARGETS = [
  '/d/',
  '/d',
  '/app/',
  '.',
  './',
  'sub/',
  '/app/x',
  '/base/d/',
  '/base/',
  '/',
  '/app/lib',
  '/n/m/',
]
const EXCLUDES = ['*.txt', '**/*.js', 'lib', 'src/lib', '**/z.js', 'zzz', '*', 'lib/*']
const VALUES = ['1', '2', '"a b"', "'x$y'", '$A', `\${A:-def}`, '/app', 'src']
const NAMES = ['A', 'B', 'VERSION', 'GIT_SHA']
const SHELLS = ['["/bin/sh", "-c"]', '["/bin/sh", "-ec"]', '["/bin/sh","-xc"]']
const FREE = [
  ...[
    'LABEL a=1',
    'LABEL a=$A',
    'EXPOSE 80',
    'CMD ["x"]',
    'CMD x',
    'ENTRYPOINT ["e"]',
    'VOLUME /v',
    '# note',
  ],
  ...['STOPSIGNAL 9', 'HEALTHCHECK CMD x', 'MAINTAINER me', 'ONBUILD RUN child', 'ONBUILD COPY a.txt /ob/'],
]

/** Makes up a Dockerfile of some stages, the last of which is what is built. */
export function makeDraft(random: Random, abilities: Abilities): Draft {
  const globals = [...some(random, 2)].map(
    () => `ARG ${pick(random, [...NAMES, 'BASE'])}=${pick(random, ['1', '2', 'bb:1'])}`,
  )
  const draft: Draft = {globals, stages: []}
  const count = pick(random, [1, 2, 2, 3, 3, 4])
  for (let at = 0; at < count; at++) draft.stages.push(makeStage(random, abilities, draft, at))
  // A last stage that takes from those before it: what it takes decides.
  if (count > 1) {
    const last = draft.stages.at(-1)!
    const earlier = draft.stages.slice(0, -1).map(({name}, index) => name ?? `${index}`)
    for (const from of earlier) if (random() < 0.7) last.lines.push(makeCopy(random, abilities, from, draft))
  }
  return draft
}

function makeStage(random: Random, abilities: Abilities, draft: Draft, at: number): DraftStage {
  const earlier = draft.stages.map((stage, index) => stage.name ?? `${index}`)
  const named = draft.stages.flatMap(({name}) => name?.toLowerCase() ?? [])
  const bases = [
    'bb:1',
    'bb:1',
    'bb:2',
    'bb:3',
    abilities.namesOnBuild ? 'bb:on' : 'bb:1',
    'scratch',
    ...named,
    ...named,
  ]
  const base = pick(random, bases)
  const stage: DraftStage = {
    base,
    name: random() < 0.75 ? pick(random, [`s${at}`, `S${at}`, `build${at}`]) : null,
    platform: random() < 0.08 ? pick(random, ['linux/amd64', '$BUILDPLATFORM', '$TARGETPLATFORM']) : '',
    // Nothing of a stage on nothing is found in a cache of another pair.
    lines: base === 'scratch' ? ['COPY nonce.txt /'] : [],
  }
  const length = 1 + Math.floor(random() * 6)
  if (canRun(stage, draft) && random() < 0.45) {
    stage.lines.push(makeCopy(random, abilities, null, draft))
    stage.lines.push(makeRun(random, abilities, earlier))
  }
  for (let line = 0; line < length; line++)
    stage.lines.push(makeLine(random, abilities, stage, draft, earlier))
  return stage
}

/** Makes up one instruction. @param earlier the stages that it can take from */
export function makeLine(
  random: Random,
  abilities: Abilities,
  stage: DraftStage,
  draft: Draft,
  earlier: readonly string[],
): string {
  const isRunnable = canRun(stage, draft)
  const roll = random()
  if (roll < 0.3) return makeCopy(random, abilities, null, draft)
  if (roll < (earlier.length > 0 ? 0.58 : 0.4))
    return makeCopy(
      random,
      abilities,
      pick(random, [...earlier, ...earlier, ...earlier, 'bb:1', 'bb:2', 'lib']),
      draft,
    )
  if (roll < 0.74 && isRunnable) return makeRun(random, abilities, earlier)
  if (roll < 0.79)
    return `WORKDIR ${pick(random, ['/app', '/app/', 'sub', '/w', '/base/d', '/', '$A', '/x/../app', '/n/m'])}`
  if (roll < 0.86)
    return `ARG ${pick(random, ['A=1', 'A', 'B=x', 'VERSION=1', 'GIT_SHA', 'TARGETARCH', 'HTTP_PROXY', 'BASE'])}`
  if (roll < 0.91) return `ENV ${pick(random, NAMES)}=${pick(random, VALUES)}`
  if (roll < 0.94 && abilities.hasUsers)
    return `USER ${pick(random, ['app', '1000', 'root', 'web:app', '0:0'])}`
  if (roll < 0.96) return `SHELL ${pick(random, SHELLS)}`
  return pick(random, abilities.namesOnBuild ? FREE : FREE.filter((line) => !line.startsWith('ONBUILD')))
}

/** A program is there where an image lies below. */
function canRun({base}: DraftStage, {stages}: Draft): boolean {
  if (base.startsWith('bb:')) return true
  const parent = stages.find(({name}) => name !== null && name.toLowerCase() === base.toLowerCase())
  return (
    parent !== undefined && canRun(parent, {globals: [], stages: stages.slice(0, stages.indexOf(parent))})
  )
}

/** @param from null: the context */
function makeCopy(random: Random, {hasExclude}: Abilities, from: string | null, draft: Draft): string {
  if (from === null && random() < 0.08) return makeHeredoc(random)
  const keyword = from === null && random() < 0.25 ? pick(random, ['ADD', 'ADD', 'copy', 'Add']) : 'COPY'
  const flags = [
    ...(from === null ? [] : [`--from=${from}`]),
    ...(random() < 0.15 ? [`--chown=${pick(random, ['1000', '1:1', '0:0', '5:$A', '1000:1000'])}`] : []),
    ...(random() < 0.12 ? [`--chmod=${pick(random, ['755', '0755', '644', '700'])}`] : []),
    ...(random() < 0.15 ? [pick(random, ['--link', '--link', '--link=true', '--link=false'])] : []),
    ...(hasExclude && random() < 0.12 ? [`--exclude=${pick(random, EXCLUDES)}`] : []),
    ...(hasExclude && random() < 0.04 ? [`--exclude=${pick(random, EXCLUDES)}`] : []),
  ]
  const choices = from === null ? SOURCES : sourcesIn(from, draft)
  const sources = [...some(random, 2), 0].map(() => pick(random, choices))
  const target = chooseTarget(random, sources)
  const words = [...sources, target]
  const isJson = random() < 0.08
  return [keyword, ...flags, ...(isJson ? [JSON.stringify(words)] : words)].join(' ')
}

function chooseTarget(random: Random, sources: readonly string[]): string {
  const target = pick(random, random() < 0.08 ? ['$A', '/x/$A/', `/\${B:-b}/`] : TARGETS)
  return sources.length > 1 && !target.endsWith('/') ? `${target}/` : target
}

/** Paths of a stage, an image or a named context that are there. */
function sourcesIn(from: string, {stages}: Draft): string[] {
  if (from === 'lib') return ['l.txt', 'sub', '.', '*.txt', 'sub/m.js', '/']
  const stage = stages.find(
    ({name}, index) => name?.toLowerCase() === from.toLowerCase() || `${index}` === from,
  )
  if (stage === undefined) return TAKEN
  const copied = stage.lines.flatMap((line) => placesOf(line))
  const below = stages.some(({name}) => name !== null && name.toLowerCase() === stage.base)
    ? sourcesIn(stage.base, {globals: [], stages: stages.filter((one) => one !== stage)})
    : []
  const own = stage.base.startsWith('bb:') ? TAKEN : below
  const all = [...own, ...copied, ...copied]
  return all.length === 0 ? ['/nonce.txt'] : all
}

/** Where a COPY puts its files, as a path that can be taken. */
function placesOf(line: string): string[] {
  const words = line.split(/\s+/).filter((word) => !word.startsWith('--'))
  if (!/^(?:copy|add)$/i.test(words[0] ?? '') || words.length < 3 || line.includes('[')) return []
  const target = words.at(-1)!
  if (!target.startsWith('/') || target.includes('$')) return []
  const name = words[1]!.split('/').filter(Boolean).at(-1) ?? ''
  const isFile = /\.\w+$|^x$|^ln$|^hard$|^in$/.test(name) && !/[*?[]/.test(name)
  const directory = target.replace(/\/$/, '')
  if (isFile && target.endsWith('/')) return [`${directory}/${name}`, directory === '' ? '/' : directory]
  return directory === '' ? [] : [directory]
}

function makeHeredoc(random: Random): string {
  const quote = pick(random, ['', "'", '"'])
  return `COPY <<${quote}EOF${quote} ${pick(random, ['/h.txt', '/app/', '/d/'])}\nnonce NONCE ${pick(random, ['one', 'two', '$A'])}\nEOF`
}

function makeRun(random: Random, {hasSecrets}: Abilities, earlier: readonly string[]): string {
  const mounts = [...some(random, 3)]
    .map(() => makeMount(random, earlier))
    .filter((mount) => hasSecrets || !/type=(?:secret|ssh)/.test(mount))
  const network = random() < 0.05 ? [`--network=${pick(random, ['none', 'default'])}`] : []
  const command = pick(random, [
    ...['make', 'npm ci', 'x $A', 'echo "a  b"', "x 'y'", 'a && \\\n    b', 'a && \\\n# note\n  b', 'x # c'],
    ...[
      '["/bin/sh","-c","x"]',
      '["/bin/sh", "-c", "make"]',
      '<<EOF\nmake\nEOF',
      '<<EOF\n#!/bin/sh\nmake $A\nEOF',
      'make',
    ],
  ])
  return ['RUN', ...network, ...mounts, command].join(' ')
}

function makeMount(random: Random, earlier: readonly string[]): string {
  const bound = () =>
    pick(random, ['a.txt', 'src', 'package.json', 'conf', 'src/x.js', 'ln', 'lnd', 'src/lib'])
  const target = pick(random, ['/m', '/m2', 'm3', '/m/n'])
  const from = pick(random, [...earlier, 'bb:2', 'bb:1'])
  const taken = pick(random, ['/base/f.txt', '/base/d', '/base'])
  return `--mount=${pick(random, [
    `type=bind,source=${bound()},target=${target}`,
    `type=bind,src=./${bound()},dst=${target},rw`,
    `type=bind,target=${target}`,
    `target=${target},type=bind,from=bb:2,source=${taken}`,
    `type=bind,from=${from},source=${from.startsWith('bb:') ? taken : '/nonce.txt'},target=${target}`,
    `type=cache,target=/c${pick(random, ['', '/', ',id=k', ',sharing=locked', ',sharing=shared', ',uid=0'])}`,
    `type=cache,target=/c2,from=bb:1,source=/base/d`,
    'type=tmpfs,target=/t',
    `type=secret,id=s${pick(random, ['', ',target=/s', ',mode=0400', ',env=SEC'])}`,
    'type=ssh',
  ])}`
}

/** Nothing, mostly; some places up to `most`. */
function some(random: Random, most: number): number[] {
  return random() < 0.6 ? [] : Array.from({length: 1 + Math.floor(random() * most)}, (_, at) => at)
}

/** The Dockerfile as text. */
export function writeDraft({globals, stages}: Draft): string {
  const lines = stages.flatMap(({base, name, platform, lines: own}) => [
    [
      'FROM',
      ...(platform === '' ? [] : [`--platform=${platform}`]),
      base,
      ...(name === null ? [] : ['AS', name]),
    ].join(' '),
    ...own,
  ])
  return `${[...globals, ...lines].join('\n')}\n`
}
