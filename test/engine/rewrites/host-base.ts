import {execFileSync, spawnSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'

const TOOLS = 'sh env mkdir rm chown touch echo true cat'

/** Imports an image of this machine's shell, Node and npm with the libraries that they need; false where there is no npm. */
export function importHostBase(name: string, root: string): boolean {
  const npm = findNpm()
  if (npm === null) return false
  for (const directory of ['bin', 'usr/bin', 'usr/local', 'root', 'tmp', 'lib64', 'etc', 'opt'])
    mkdirSync(path.join(root, directory), {recursive: true})
  const programs = TOOLS.split(' ').flatMap((tool) => {
    const found = findProgram(tool)
    return found === null ? [] : [{tool, host: realpathSync(found)}]
  })
  for (const {tool, host} of [...programs, {tool: 'node', host: process.execPath}]) {
    cpSync(host, path.join(root, 'usr/bin', tool))
    for (const library of listLibraries(host)) copyLibrary(root, library)
  }
  symlinkSync('../usr/bin/sh', path.join(root, 'bin/sh'))
  cpSync(npm, path.join(root, 'npm'), {recursive: true, dereference: true})
  writeFileSync(path.join(root, 'usr/bin/npm'), '#!/bin/sh\nexec node /npm/bin/npm-cli.js "$@"\n', {
    mode: 0o755,
  })
  writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0::/tmp:/bin/sh\n')
  writeFileSync(path.join(root, 'etc/group'), 'root:x:0:\n')
  execFileSync('chmod', ['1777', path.join(root, 'tmp')])
  const tar = `${root}.tar`
  execFileSync('tar', ['-C', root, '--owner=0', '--group=0', '-cf', tar, '.'])
  execFileSync('docker', ['import', '-c', 'ENV PATH=/usr/bin:/bin', tar, name], {stdio: 'pipe'})
  return true
}

/** The directory of npm's own package. */
function findNpm(): string | null {
  const found = findProgram('npm')
  if (found === null) return null
  const program = realpathSync(found)
  const directory = path.resolve(path.dirname(program), '..')
  return existsSync(path.join(directory, 'bin/npm-cli.js')) ? directory : null
}

/** The libraries of a program, as the loader finds them. */
function listLibraries(program: string): string[] {
  const {stdout} = spawnSync('ldd', [program], {encoding: 'utf8'})
  return Array.from(stdout.matchAll(/(\/\S+)(?= \(0x)/g), ([, library = '']) => library)
}

function copyLibrary(root: string, library: string): void {
  const place = path.join(root, library)
  mkdirSync(path.dirname(place), {recursive: true})
  cpSync(realpathSync(library), place)
}

function findProgram(name: string): string | null {
  const places = (process.env.PATH ?? '').split(':').map((directory) => path.join(directory, name))
  return places.find((place) => existsSync(place)) ?? null
}
