/** Reading an image against other programs that read the same layers, in the same run. */
import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {closeSync, openSync, readFileSync, writeSync} from 'node:fs'
import path from 'node:path'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {measureBest} from './measure-best.js'

const LAYERS = 6
const ROUNDS = 5

/** Compares on an image of six layers with that many files and bytes. */
export async function benchImage(fileCount: number, byteCount: number): Promise<string[]> {
  const root = makeTemporaryDirectory()
  const {layers, plain} = makeImage(root, fileCount, byteCount)
  const zipped = layers.map((file) => {
    spawnSync('gzip', ['-1', '-n', '-k', file])
    return `${file}.gz`
  })
  const packed = packImage(root, 'packed.tar', layers, zipped)
  const all = layers.join(' ')
  const image = `${process.execPath} ${path.join(projectRoot, 'bin/run.js')} image`
  const scripts = {
    'tar t': `for f in ${all}; do tar t < $f; done | tail -1`,
    'image --no-verify': `${image} ${plain} --no-verify`,
    'openssl dgst -sha256': `openssl dgst -sha256 ${all}`,
    image: `${image} ${plain}`,
    'gzip -dc | tar t': `for f in ${zipped.join(' ')}; do gzip -dc $f | tar t; done | tail -1`,
    'image, gzip layers': `${image} ${packed}`,
  }
  const works = measureCpu(scripts, root)
  const times = await measureBest(works.run, ROUNDS)
  const memory = [plain, packed].map((file) => describeMemory(file, root))
  removeTree(root)
  const compare = (values: Record<keyof typeof scripts, number>, ours: Work, other: Work) =>
    `${Math.round(values[ours])} against ${Math.round(values[other])}: ${(values[ours] / values[other]).toFixed(2)}`
  type Work = keyof typeof scripts
  const ratio = (ours: Work, other: Work) =>
    `${other.padEnd(22)} ${compare(times, ours, other)}, of the processor ${compare(works.least, ours, other)}`
  return [
    `image: milliseconds for ${fileCount} files, ${Math.round(byteCount / 1e6)} MB in ${LAYERS} layers`,
    `  headers only   ${ratio('image --no-verify', 'tar t')}`,
    `  verified       ${ratio('image', 'openssl dgst -sha256')}`,
    `  gzip layers    ${ratio('image, gzip layers', 'gzip -dc | tar t')}`,
    `  memory         uncompressed ${memory[0]}; in gzip ${memory[1]}`,
  ]
}

/** The memory that an image of many files takes. */
export function benchImageMemory(fileCount: number, byteCount: number): string[] {
  const root = makeTemporaryDirectory()
  const {plain} = makeImage(root, fileCount, byteCount)
  const memory = describeMemory(plain, root)
  removeTree(root)
  return [`image of ${fileCount} files, memory: ${memory}`]
}

/**
 * Runs scripts as works; `least` has the milliseconds of the processor that each one took, of all its programs.
 * @param directory without a configuration in it or above, which would be read, too
 */
function measureCpu<Name extends string>(scripts: Readonly<Record<Name, string>>, directory: string) {
  const least = {} as Record<Name, number>
  const run = {} as Record<Name, () => void>
  for (const name of Object.keys(scripts) as Name[]) {
    least[name] = Number.POSITIVE_INFINITY
    run[name] = () => {
      least[name] = Math.min(least[name], runScript(scripts[name], directory))
    }
  }
  return {run, least}
}

/** The shell's `times` has two lines: what it took itself, and what its programs took, user and system. */
function runScript(script: string, cwd: string): number {
  const {status, stdout, stderr} = spawnSync('sh', ['-c', `{ ${script}; } > /dev/null || exit; times`], {
    encoding: 'utf8',
    cwd,
  })
  if (status !== 0) throw new Error(stderr)
  const parts = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)]
  return parts.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000, 0)
}

/** The largest resident sets of the command and of the library at work on an archive. */
function describeMemory(file: string, directory: string): string {
  const library = JSON.stringify(path.join(projectRoot, 'dist/index.js'))
  const script = `import(${library}).then(({analyzeImage}) => analyzeImage({source: ${JSON.stringify(file)}}))`
  const command = measureMemory([path.join(projectRoot, 'bin/run.js'), 'image', file], directory)
  return `${command} MB, the library ${measureMemory(['-e', script], directory)} MB`
}

const TELL_MEMORY = `process.on('exit', () => console.error(process.resourceUsage().maxRSS))`

/** In MB, threads included. What a program starts itself counts the memory of its starter: a shell stands between. */
function measureMemory(words: readonly string[], cwd: string): number {
  const call = [process.execPath, `--import=data:text/javascript,${TELL_MEMORY}`, ...words]
  const {stderr} = spawnSync('sh', ['-c', '"$@"; exit', 'sh', ...call], {encoding: 'utf8', cwd})
  return Math.round((Number(stderr.trim().split('\n').at(-1)) * 1024) / 1e6)
}

/** Makes an archive of an image, and the tars of its layers beside it, in a directory. */
export function makeImage(
  root: string,
  fileCount: number,
  byteCount: number,
  layerCount = LAYERS,
): {layers: string[]; plain: string} {
  const layers = makeLayers(root, fileCount, byteCount, layerCount)
  return {layers, plain: packImage(root, 'plain.tar', layers, layers)}
}

/** Writes the tars of the layers: texts and what cannot be compressed, some removed by the last layer. */
function makeLayers(root: string, fileCount: number, byteCount: number, layerCount: number): string[] {
  const average = Math.round(byteCount / fileCount)
  const pool = makePool()
  return Array.from({length: layerCount}, (_, layer) => {
    const file = path.join(root, `layer-${layer}.tar`)
    const descriptor = openSync(file, 'w')
    for (let at = 0; at < fileCount / layerCount; at++) {
      const size = 1 + ((at * 7919) % (2 * average))
      const start = (at * 104_729) % (pool.length - size)
      const name = `app${layer}/node_modules/package-${Math.floor(at / 20)}/lib/file-${at}.js`
      writeSync(descriptor, header(name, size))
      writeSync(descriptor, pool.subarray(start, start + size))
      writeSync(descriptor, Buffer.alloc((512 - (size % 512)) % 512))
    }
    if (layer === layerCount - 1) writeSync(descriptor, header('app1/node_modules/.wh.package-3', 0))
    writeSync(descriptor, Buffer.alloc(1024))
    closeSync(descriptor)
    return file
  })
}

/** 8 MB, of which two thirds are words. */
function makePool(): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; parts.length < 2000; at++) {
    const digest = createHash('sha512').update(String(at)).digest()
    const words = digest.toString('hex').replace(/[0-9]/g, ' ').repeat(21)
    parts.push(
      at % 3 === 0
        ? Buffer.concat(
            Array.from({length: 64}, (_, n) => createHash('sha512').update(`${at} ${n}`).digest()),
          )
        : Buffer.from(words),
    )
  }
  return Buffer.concat(parts)
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(512)
  block.write(name, 0, 100)
  block.write('0000644\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  block.write('14524770400\0', 136)
  block.write('        0', 148)
  block.write('ustar\0', 257)
  block.write('00', 263)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** Packs layers as an OCI layout. */
function packImage(root: string, name: string, tars: readonly string[], blobs: readonly string[]): string {
  const file = path.join(root, name)
  const descriptor = openSync(file, 'w')
  const add = (entry: string, content: Buffer) => {
    writeSync(descriptor, header(entry, content.length))
    writeSync(descriptor, content)
    writeSync(descriptor, Buffer.alloc((512 - (content.length % 512)) % 512))
  }
  const digestOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
  const addBlob = (content: Buffer) => {
    const hex = digestOf(content)
    add(`blobs/sha256/${hex}`, content)
    return {digest: `sha256:${hex}`, size: content.length}
  }
  const layers = blobs.map((blob) => addBlob(readFileSync(blob)))
  const diffIds = tars.map((tar) => `sha256:${digestOf(readFileSync(tar))}`)
  const config = {architecture: 'amd64', os: 'linux', rootfs: {type: 'layers', diff_ids: diffIds}}
  const manifest = {schemaVersion: 2, config: addBlob(Buffer.from(JSON.stringify(config))), layers}
  const index = {schemaVersion: 2, manifests: [addBlob(Buffer.from(JSON.stringify(manifest)))]}
  add('index.json', Buffer.from(JSON.stringify(index)))
  writeSync(descriptor, Buffer.alloc(1024))
  closeSync(descriptor)
  return file
}
