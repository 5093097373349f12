import {createHash} from 'node:crypto'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {makeTar, makeZip} from './archives.js'

/** A registry of one package `dep` for npm, pip, Go and Composer, on the loopback address. */
export interface LocalRegistry {
  url: string
  close(): void
}

const WHEEL = makeZip({
  'dep/__init__.py': 'value = 1\n',
  'dep-1.0.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: dep\nVersion: 1.0.0\n',
  'dep-1.0.0.dist-info/WHEEL':
    'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  'dep-1.0.0.dist-info/RECORD':
    'dep/__init__.py,,\ndep-1.0.0.dist-info/METADATA,,\ndep-1.0.0.dist-info/WHEEL,,\ndep-1.0.0.dist-info/RECORD,,\n',
})
const MODULE = 'module example.org/dep\n\ngo 1.19\n'
const PACKAGES: Readonly<Record<string, string | Buffer>> = {
  '/dep-1.0.0.tgz': makeTar({
    'package/package.json':
      '{"name": "dep", "version": "1.0.0", "main": "index.js", "bin": {"dep": "index.js"}}',
    'package/index.js': '#!/usr/bin/env node\nmodule.exports = 1\n',
  }),
  '/simple/dep/': '<a href="/dep-1.0.0-py3-none-any.whl">dep-1.0.0-py3-none-any.whl</a>',
  '/dep-1.0.0-py3-none-any.whl': WHEEL,
  '/go/example.org/dep/@v/list': 'v1.0.0\n',
  '/go/example.org/dep/@v/v1.0.0.info': '{"Version": "v1.0.0", "Time": "2024-01-01T00:00:00Z"}',
  '/go/example.org/dep/@v/v1.0.0.mod': MODULE,
  '/go/example.org/dep/@v/v1.0.0.zip': makeZip({
    'example.org/dep@v1.0.0/go.mod': MODULE,
    'example.org/dep@v1.0.0/dep.go': 'package dep\n\nconst Value = 1\n',
  }),
  '/dep.tar.gz': makeTar({
    'dep/composer.json': '{"name": "test/dep"}',
    'dep/Dep.php': '<?php class Dep {}\n',
  }),
}

/** Starts it on a free port. */
export async function startRegistry(): Promise<LocalRegistry> {
  const server = createServer((request, response) => {
    const url = `http://127.0.0.1:${portOf(server)}`
    const content = PACKAGES[request.url ?? ''] ?? describePackage(request.url ?? '', url)
    response.writeHead(content === undefined ? 404 : 200, {'content-type': typeOf(request.url ?? '')})
    response.end(content)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {url: `http://127.0.0.1:${portOf(server)}`, close: () => server.close()}
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

function typeOf(url: string): string {
  if (url.startsWith('/simple/')) return 'text/html'
  return /^\/(?:dep|packages\.json)$/.test(url) ? 'application/json' : 'application/octet-stream'
}

/** What npm and Composer are told of the package. */
function describePackage(path: string, url: string): string | undefined {
  if (path === '/dep') {
    const tgz = PACKAGES['/dep-1.0.0.tgz']!
    const integrity = `sha512-${createHash('sha512').update(tgz).digest('base64')}`
    const shasum = createHash('sha1').update(tgz).digest('hex')
    const dist = {tarball: `${url}/dep-1.0.0.tgz`, integrity, shasum}
    const version = {name: 'dep', version: '1.0.0', main: 'index.js', bin: {dep: 'index.js'}, dist}
    const time = {created: '2020-01-01T00:00:00.000Z', '1.0.0': '2020-01-01T00:00:00.000Z'}
    return JSON.stringify({name: 'dep', 'dist-tags': {latest: '1.0.0'}, versions: {'1.0.0': version}, time})
  }
  if (path !== '/packages.json') return undefined
  const dist = {type: 'tar', url: `${url}/dep.tar.gz`}
  return JSON.stringify({packages: {'test/dep': {'1.0.0': {name: 'test/dep', version: '1.0.0', dist}}}})
}
