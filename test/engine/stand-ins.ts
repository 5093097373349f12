import {execFileSync} from 'node:child_process'
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {createBuildGraph} from '../../src/build/graph/create-build-graph.js'
import {evaluateDockerfile} from '../../src/languages/dockerfile/evaluate/evaluate-dockerfile.js'
import type {Instruction} from '../../src/languages/dockerfile/syntax/instruction.js'
import {parseDockerfile} from '../../src/languages/dockerfile/syntax/parse-dockerfile.js'

/**
 * Turns a real Dockerfile into one that builds without a network in a moment: every image is one of ours, every RUN
 * does nothing. COPY, mounts, ENV, ARG, WORKDIR and the stages stay as they are: they are what is tried.
 */
export function useStandIns(text: string, image: string): string {
  const {instructions} = parseDockerfile(text)
  const stages = new Set(
    instructions.flatMap(({keyword, args}) => (keyword === 'FROM' && args[2] ? [args[2].toLowerCase()] : [])),
  )
  const lines = instructions.flatMap((instruction) => rewrite(instruction, stages, image))
  return `${lines.join('\n')}\n`
}

function rewrite(instruction: Instruction, stages: Set<string>, image: string): string[] {
  const {keyword, args, joined, heredocs} = instruction
  switch (keyword) {
    case 'FROM': {
      const [base = '', ...as] = args
      const isStage = stages.has(base.toLowerCase())
      return [['FROM', isStage ? base : image, ...as].join(' ')]
    }
    case 'RUN':
      return [['RUN', ...mountsOf(instruction, stages, image), `: ${oneLine(joined.text)}`].join(' ')]
    case 'COPY':
      return heredocs.length > 0 ? [] : [copy(instruction, stages, image)]
    case 'ADD':
      return heredocs.length > 0 || args.some((arg) => /:\/\/|@/.test(arg))
        ? []
        : [copy(instruction, stages, image)]
    case 'USER':
    case 'SHELL':
    case 'ONBUILD':
    case 'HEALTHCHECK':
      return []
    default:
      return [`${keyword} ${joined.text.trim().replace(/^\S+\s+/, '')}`]
  }
}

/** What the command was, as a comment of the shell: an edit of it is one of the stand-in. */
function oneLine(text: string): string {
  return `# ${Buffer.from(text).toString('base64url').slice(-60)}`
}

function mountsOf({flags}: Instruction, stages: Set<string>, image: string): string[] {
  return flags.flatMap(({name, value}) => {
    if (name !== 'mount' || /type=(secret|ssh)/.test(value ?? '')) return []
    const from = /(?:^|,)from=([^,]+)/.exec(value ?? '')?.[1]
    const isStage = from === undefined || isStageName(from, stages)
    return [`--mount=${isStage ? value : (value ?? '').replace(`from=${from}`, `from=${image}`)}`]
  })
}

function copy({keyword, flags, args, isJson}: Instruction, stages: Set<string>, image: string): string {
  const kept = flags.flatMap(({name, value}) => {
    if (name === 'parents') return []
    if (name === 'chown') return ['--chown=1000:1000']
    if (name === 'from' && !isStageName(value ?? '', stages)) return [`--from=${image}`]
    return [value === null ? `--${name}` : `--${name}=${value}`]
  })
  return [keyword, ...kept, ...(isJson ? [JSON.stringify(args)] : args)].join(' ')
}

function isStageName(name: string, stages: Set<string>): boolean {
  return /^\d+$/.test(name) || stages.has(name.toLowerCase())
}

/** The paths that some step takes from a stage or an image: there they are, where no COPY puts them. */
export function listTakenPaths(text: string, buildArgs: Record<string, string> = {}): string[] {
  const {steps} = createBuildGraph(evaluateDockerfile(parseDockerfile(text), {buildArgs}))
  const taken = steps.flatMap(({reads}) =>
    reads.filter(({from}) => from.kind === 'stage' || from.kind === 'image'),
  )
  return [...new Set(taken.map(({path: one}) => one.replaceAll(/[*?]|\[.*\]/g, 'x')))]
}

/** A program that ends well at once, as ELF for x86-64: `mov edi,0; mov eax,60; syscall`. */
function makeTrue(): Buffer {
  const code = Buffer.from('bf00000000b83c0000000f05', 'hex')
  const file = Buffer.alloc(120)
  Buffer.from('7f454c4602010100', 'hex').copy(file)
  file.writeUInt16LE(2, 16)
  file.writeUInt16LE(62, 18)
  file.writeUInt32LE(1, 20)
  file.writeBigUInt64LE(0x400078n, 24)
  file.writeBigUInt64LE(64n, 32)
  file.writeUInt16LE(64, 52)
  file.writeUInt16LE(56, 54)
  file.writeUInt16LE(1, 56)
  file.writeUInt32LE(1, 64)
  file.writeUInt32LE(5, 68)
  file.writeBigUInt64LE(0x400000n, 80)
  file.writeBigUInt64LE(0x400000n, 88)
  file.writeBigUInt64LE(BigInt(120 + code.length), 96)
  file.writeBigUInt64LE(BigInt(120 + code.length), 104)
  file.writeBigUInt64LE(0x1000n, 112)
  return Buffer.concat([file, code])
}

/** Makes the image that the stand-ins are built on, with something at each of the paths. */
export function importBase(
  name: string,
  scratch: string,
  paths: readonly string[],
  isFile: (path: string) => boolean,
): void {
  const root = path.join(scratch, `base-${Date.now()}`)
  mkdirSync(path.join(root, 'bin'), {recursive: true})
  for (const one of paths) {
    const place = path.join(root, one)
    mkdirSync(isFile(one) ? path.dirname(place) : place, {recursive: true})
    writeFileSync(isFile(one) ? place : path.join(place, '.stand-in'), one)
  }
  // Behind the paths: one of them may be /bin.
  writeFileSync(path.join(root, 'bin/sh'), makeTrue(), {mode: 0o755})
  const tar = path.join(scratch, 'base.tar')
  execFileSync('tar', ['-C', root, '-cf', tar, '.'])
  execFileSync('docker', ['import', '-c', 'ENV PATH=/bin', tar, name], {stdio: 'pipe'})
  rmSync(root, {recursive: true})
}
