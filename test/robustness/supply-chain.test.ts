import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import {projectRoot} from '../helpers/project.js'

interface LockedPackage {
  dev?: boolean
  link?: boolean
  resolved?: string
  integrity?: string
  hasInstallScript?: boolean
}

interface Workflow {
  permissions?: Record<string, string>
  jobs: Record<string, {permissions?: Record<string, string>; steps: {uses?: string; run?: string}[]}>
}

const locked = Object.entries(
  (JSON.parse(read('package-lock.json')) as {packages: Record<string, LockedPackage>}).packages,
).filter(([name]) => name !== '')

function read(file: string): string {
  return readFileSync(path.join(projectRoot, file), 'utf8')
}

function readWorkflow(file: string): Workflow {
  return parse(read(`.github/workflows/${file}`)) as Workflow
}

/** What a packed tarball has. */
function listPacked(): {path: string; mode: number}[] {
  const {stdout} = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: projectRoot,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const [{files}] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{files: {path: string; mode: number}[]}]
  return files
}

describe('what is installed and published', () => {
  it('runs no script of a runtime dependency', () => {
    const scripted = locked.filter(([, {dev, hasInstallScript}]) => !dev && hasInstallScript)
    assert.deepEqual(scripted, [])
  })

  it('runs no script of ours but in a checkout: npm warns of one in a tarball, and pre-commit reads what npm pack prints', () => {
    const {scripts} = JSON.parse(read('package.json')) as {scripts: Record<string, string>}
    const elsewhere = ['preinstall', 'install', 'postinstall', 'prepare', 'prepack', 'postpack', 'prepublish']
    assert.deepEqual(
      Object.keys(scripts).filter((name) => elsewhere.includes(name)),
      [],
    )
    assert.equal(scripts.dependencies, 'npm run build')
  })

  it('is locked by a hash', () => {
    assert.ok(locked.length > 50)
    for (const [name, {integrity, resolved, link}] of locked) {
      assert.ok(!link, name)
      assert.match(integrity ?? '', /^sha512-/, name)
      // The lock file names no registry, so that it serves behind a mirror, too; the hash is what counts.
      assert.match(resolved ?? '', /^(?:https:\/\/.*)?$/, name)
    }
  })

  it('says where it comes from', () => {
    const {repository, homepage, bugs} = JSON.parse(read('package.json')) as {
      repository: {url: string}
      homepage: string
      bugs: string | {url: string}
    }
    const project = repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
    assert.match(project, /^https:\/\//)
    assert.ok(homepage.startsWith(project), homepage)
    assert.ok((typeof bugs === 'string' ? bugs : bugs.url).startsWith(project))
  })

  it('holds every file that its documents link to', () => {
    const paths = new Set(listPacked().map(({path: name}) => name))
    const documents = [...paths].filter((name) => /^(?:README|docs\/[\w-]+)\.md$/.test(name))
    assert.ok(documents.length > 10, documents.join(' '))
    const links = documents.flatMap((document) =>
      Array.from(read(document).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g), ([, to = '']) => ({
        document,
        to: path.posix.join(path.posix.dirname(document), to),
      })),
    )
    assert.ok(links.length > 50, String(links.length))
    assert.deepEqual(
      links.filter(({to}) => !paths.has(to)),
      [],
    )
  })

  it('holds the program and nothing else', () => {
    const files = listPacked()
    const paths = files.map(({path: name}) => name)
    const allowed =
      /^(?:bin\/(?:[\w-]+\.js|package\.json)|dist\/[\w/.-]+\.(?:c?js|d\.ts)|dist\/bundle\/package\.json|docs\/(?:rules\/|pictures\/)?[\w-]+\.(?:md|schema\.json|svg|png)|man\/[\w-]+\.1|hooks\/[\w-]+|oclif\.manifest\.json|package\.json|(?:README|ARCHITECTURE|CHANGELOG|CONTRIBUTING)\.md|LICENSE)$/
    assert.deepEqual(
      paths.filter((name) => !allowed.test(name)),
      [],
    )
    for (const name of [
      'bin/run.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/bundle/run-cli.cjs',
      'package.json',
      'LICENSE',
    ]) {
      assert.ok(paths.includes(name), name)
    }
    assert.ok(!paths.some((name) => /(?:^|\/)(?:tests?\/|\.env|node_modules)/.test(name)))
    const {mode} = files.find(({path: name}) => name === 'bin/run.js')!
    assert.equal(mode & 0o111, 0o111)
  })
})

describe('the workflows', () => {
  const files = readdirSync(path.join(projectRoot, '.github/workflows'))

  it('pin every action by its commit, say which release it is, and may only read', () => {
    for (const file of files) {
      const uses = read(`.github/workflows/${file}`).match(/uses: .*/g) ?? []
      for (const line of uses)
        assert.match(line, /^uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d/, `${file}: ${line}`)
      assert.deepEqual(readWorkflow(file).permissions, {contents: 'read'}, file)
    }
  })

  it('audit what is installed', () => {
    const {audit} = readWorkflow('ci.yml').jobs
    const runs = audit!.steps.map(({run}) => run ?? '')
    assert.ok(runs.some((run) => run.startsWith('npm audit ')))
  })

  it('publish from a clean install, with the proof of where it was built, and no token', () => {
    const text = read('.github/workflows/release.yml')
    const {publish} = readWorkflow('release.yml').jobs
    assert.deepEqual(publish!.permissions, {contents: 'read', 'id-token': 'write'})
    const runs = publish!.steps.flatMap(({run}) => (run === undefined ? [] : [run]))
    assert.ok(runs.indexOf('npm ci') >= 0 && runs.indexOf('npm test') > runs.indexOf('npm ci'))
    assert.equal(runs.at(-1), 'npm publish --provenance --access public')
    assert.doesNotMatch(text, /NPM_TOKEN|NODE_AUTH_TOKEN|pull_request_target/)
  })
})
