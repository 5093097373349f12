import {execFileSync, spawnSync} from 'node:child_process'
import {chmodSync, copyFileSync, mkdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import type {CacheForecast} from '../../../src/report/cache-report.js'
import type {BaseImage, CacheSide} from '../../../src/services/cache/predict/cache-side.js'
import {predictCache} from '../../../src/services/cache/predict/predict-cache.js'
import {layOutRows} from '../../helpers/lay-out-rows.js'
import {buildAndRead, lookUpStep, withoutStage} from '../read-steps.js'
import {IMAGE_PATHS} from './random-dockerfile.js'
import type {RandomBuild, RandomPair} from './random-pair.js'

/** `same`: each RUN leaves the same files. `other`: each leaves other ones, and each image has its own. */
type World = 'same' | 'other'

/** What came of a pair: null where one of the builds fails; else what was predicted wrongly. */
export type PairOutcome = {
  steps: number
  depends: number
  wrong: string[]
  failure: string | null
  cached?: Record<string, boolean>
}

interface Place {
  scratch: string
  /** What `/bin/sh` is, and the busybox that it is a script of; null: it is a program. */
  shell: {program: string; busybox: string | null}
  nonce: string
  world: World
  imageStore: 'classic' | 'containerd'
}

/** Builds both, and compares each step of the second with its prediction. */
export async function runPair({before, after}: RandomPair, place: Place): Promise<PairOutcome> {
  const {scratch, nonce} = place
  const image = `random-${nonce}`
  const root = path.join(scratch, `c${nonce}`)
  const none = {steps: 0, depends: 0, wrong: []}
  mkdirSync(root, {recursive: true})
  try {
    importImages(image, place, before, after)
    const first = layOut(root, 'before', before, image)
    const one = build(first, before)
    if (one.status !== 0) return {...none, failure: `before: ${one.output}`}
    if (after.isMoved) {
      importBase(`${image}:1`, place, 'moved', [])
    }
    const second = layOut(root, 'after', after, image)
    const other = build(second, after)
    if (other.status !== 0) return {...none, failure: `after: ${other.output}`}
    return {
      ...comparePair(
        await predictPair(first, second, {before, after}, {image, imageStore: place.imageStore}),
        other.cached,
        place.world,
      ),
      failure: null,
    }
  } finally {
    rmSync(root, {recursive: true, force: true})
    spawnSync('docker', ['rmi', '-f', ...['1', '2', '3', 'on'].map((tag) => `${image}:${tag}`)])
  }
}

/** Predicts the second build of a pair. */
function predictPair(
  first: LaidOut,
  second: LaidOut,
  {before, after}: Pick<RandomPair, 'before' | 'after'>,
  world: ImageWorld,
): Promise<CacheForecast> {
  return predictCache(sideOf(first, before, world), sideOf(second, after, world))
}

/**
 * A step that depends runs where each RUN leaves something else. Where all leave the same it is found, as a rule: not
 * where what was copied lies below something unknown, which might have hidden it.
 */
function comparePair(
  {steps}: CacheForecast,
  cached: ReadonlyMap<string, boolean>,
  world: World,
): Omit<PairOutcome, 'failure'> {
  const predicted = new Set(steps.map(({text}) => text))
  const wrong = steps.flatMap(({text, state, line}) => {
    const isCached = lookUpStep(text, cached, predicted)
    if (state === 'depends' && world === 'same' && isCached !== undefined) return []
    if (isCached === (state === 'cached')) return []
    const seen = isCached === undefined ? 'not there' : isCached ? 'cached' : 'ran'
    return [`${line} ${text}: ${state}, and ${seen}`]
  })
  const instructions = new Set(steps.map(({text}) => withoutStage(text)))
  const missing = [...cached.keys()].filter(
    (name) => STEP.test(name) && !predicted.has(name) && !instructions.has(withoutStage(name)),
  )
  return {
    steps: steps.length,
    depends: steps.filter(({state}) => state === 'depends').length,
    wrong: [
      ...wrong,
      ...missing.map((name) => `${name}: not predicted, and ${cached.get(name) ? 'cached' : 'ran'}`),
    ],
    cached: Object.fromEntries(cached),
  }
}

const STEP = /^\[[^\]]*\d+\/\d+\] (?:RUN|COPY|ADD|ONBUILD|LINK)/i

interface ImageWorld {
  image: string
  imageStore: 'classic' | 'containerd'
}

interface LaidOut {
  context: string
  lib: string
}

/** Before and after are directories of one name: one context at two times. */
function layOut(
  root: string,
  side: string,
  {dockerfile, ignore, tree, lib}: RandomBuild,
  image: string,
): LaidOut {
  const name = path.basename(root)
  const context = path.join(root, side, name)
  const libDir = path.join(root, side, `lib${name}`)
  layOutRows(libDir, lib)
  layOutRows(context, tree)
  const write = (file: string, text: string) => {
    writeFileSync(path.join(context, file), text)
    // The same text at both times is the same file.
    utimesSync(path.join(context, file), 1_700_000_000, 1_700_000_000 + (hash(text) % 1000))
  }
  write('Dockerfile', useImage(dockerfile, image))
  if (ignore !== null) write('.dockerignore', ignore)
  return {context, lib: libDir}
}

function hash(text: string): number {
  let sum = 7
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)!) % 1_000_003
  return sum
}

function useImage(text: string, image: string): string {
  return text.replaceAll('bb:', `${image}:`)
}

function build(
  {context, lib}: LaidOut,
  {buildArgs, target, noCache, noCacheFilter, dockerfile}: RandomBuild,
) {
  const args = [
    ...['--network', 'none', '--secret', `id=s,src=${path.join(context, 'nonce.txt')}`],
    ...(dockerfile.includes('lib') ? ['--build-context', `lib=${lib}`] : []),
    ...Object.entries(buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...(target === '' ? [] : ['--target', target]),
    ...(noCache ? ['--no-cache'] : []),
    ...noCacheFilter.flatMap((one) => ['--no-cache-filter', one]),
  ]
  return buildAndRead([...args, context])
}

function sideOf({context, lib}: LaidOut, build: RandomBuild, {image, imageStore}: ImageWorld): CacheSide {
  const {buildArgs, target, noCache, noCacheFilter, isMoved, dockerfile} = build
  const env = {PATH: '/bin'}
  const images: Record<string, BaseImage> = {
    [`${image}:1`]: {layers: isMoved ? 'moved' : 'A', env},
    [`${image}:2`]: {layers: 'B', env: {...env, BASE: 'two'}, workingDir: '/w'},
    [`${image}:3`]: {layers: 'A', env: {...env, BASE: 'three'}},
    [`${image}:on`]: {layers: 'A', env, onBuild: ON_BUILD},
  }
  return {
    contextDir: context,
    buildArgs,
    noCache,
    noCacheFilter,
    images,
    imageStore,
    networkMode: 'none',
    ...(target !== '' && {target}),
    ...(dockerfile.includes('lib') && {buildContexts: {lib}}),
  }
}

const ON_BUILD = ['COPY package.json /on/', 'RUN child']

function importImages(image: string, place: Place, before: RandomBuild, after: RandomBuild): void {
  const texts = before.dockerfile + after.dockerfile
  const uses = (tag: string) => texts.includes(`bb:${tag}`)
  if (uses('1') || uses('3') || uses('on')) importBase(`${image}:1`, place, 'A', [])
  if (uses('2')) importBase(`${image}:2`, place, 'B', ['ENV BASE=two', 'WORKDIR /w'])
  if (uses('3')) importBase(`${image}:3`, place, 'A', ['ENV BASE=three'])
  if (uses('on'))
    importBase(
      `${image}:on`,
      place,
      'A',
      ON_BUILD.map((one) => `ONBUILD ${one}`),
    )
}

/** @param layers tells images of other layers apart */
function importBase(
  name: string,
  {scratch, shell, nonce, world}: Place,
  layers: string,
  settings: readonly string[],
): void {
  const root = path.join(scratch, `base${nonce}`)
  const put = (file: string, text: string) => {
    const hostPath = path.join(root, file)
    mkdirSync(path.dirname(hostPath), {recursive: true})
    writeFileSync(hostPath, text)
  }
  put('bin/nonce', `${nonce} ${layers}`)
  put('bin/mode', world === 'same' ? 'A' : 'B')
  put('bin/fixed', FIXED.join('\n'))
  put('etc/passwd', 'root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\nweb:x:1001:1001::/:/bin/sh\n')
  put('etc/group', 'root:x:0:\napp:x:1000:\nweb:x:1001:\n')
  for (const file of FIXED) put(file, world === 'same' ? file : `${nonce} ${layers} ${file}`)
  copyFileSync(shell.program, path.join(root, 'bin/sh'))
  chmodSync(path.join(root, 'bin/sh'), 0o4755)
  if (shell.busybox !== null) copyFileSync(shell.busybox, path.join(root, 'bin/busybox'))
  const times = ['--mtime=2020-01-01', '--sort=name', '--owner=0', '--group=0']
  const tar = execFileSync('tar', ['-C', root, ...times, '-cf', '-', '.'], {maxBuffer: 2 ** 28})
  rmSync(root, {recursive: true})
  const changes = ['ENV PATH=/bin', ...settings].flatMap((one) => ['-c', one])
  execFileSync('docker', ['import', ...changes, '-', name], {input: tar, stdio: ['pipe', 'pipe', 'pipe']})
}

/** What each image has, and each RUN leaves: wherever a COPY may have put something, there is something. */
const FIXED: readonly string[] = [
  ...IMAGE_PATHS,
  ...['/d', '/app', '/base/d', '/base', '/n/m', '/app/lib', '/app/sub', '/w/sub'].flatMap((directory) =>
    [
      'a.txt',
      'b.txt',
      'package.json',
      'run.sh',
      'x.js',
      'y.js',
      'z.js',
      'k.js',
      'h.txt',
      'nonce.txt',
      'l.txt',
    ].map((name) => `${directory}/${name}`),
  ),
]
