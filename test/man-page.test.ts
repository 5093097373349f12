import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {hasProgram} from './helpers/docker.js'
import {projectRoot} from './helpers/project.js'
import {skipUnless} from './helpers/skip.js'

const PAGE = path.join(projectRoot, 'man/docker-slim-check.1')

interface Manifest {
  commands: Record<string, {hidden?: boolean; flags: object; examples?: unknown[]}>
}

describe('the manual page', () => {
  const page = readFileSync(PAGE, 'utf8')
  const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'oclif.manifest.json'), 'utf8')) as Manifest
  const shown = Object.entries(manifest.commands).filter(([, {hidden}]) => hidden !== true)

  it('is what the manifest says', async () => {
    const script = path.join(projectRoot, 'scripts/man-page.js')
    const {renderManPage} = (await import(script)) as {renderManPage(): string}
    assert.equal(page, renderManPage(), 'run npm run manifest')
  })

  it('has every command and flag', () => {
    for (const [id, {flags}] of shown) {
      assert.ok(page.includes(`.SS ${id.replaceAll(':', ' ').replaceAll('-', '\\-')}\n`), id)
      for (const name of Object.keys(flags)) assert.ok(page.includes(name.replaceAll('-', '\\-')), name)
    }
  })

  it('is part of the package', () => {
    const {man, files} = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'))
    assert.equal(man, './man/docker-slim-check.1')
    assert.ok(files.includes('man'))
  })

  it('is read by man without a complaint', function () {
    skipUnless(this, hasProgram('man'), 'no man here')
    const {status, stdout, stderr} = spawnSync('man', ['--warnings', '-l', PAGE], {
      encoding: 'utf8',
      env: {...process.env, MANWIDTH: '80', LC_ALL: 'C.UTF-8'},
    })
    assert.equal(status, 0, stderr)
    assert.equal(stderr, '')
    assert.match(stdout, /docker-slim-check/)
  })

  it('explains every example of help', () => {
    for (const [id, {examples = []}] of shown) {
      for (const example of examples) {
        const {description = ''} = example as {description?: string}
        assert.match(description, /^(?:[A-Z]|fish)/, id)
      }
    }
  })
})
