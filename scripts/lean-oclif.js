/**
 * Makes oclif start fast in the bundle, by what it does as it loads: a tenth of its modules is needed to run a command,
 * the others for plugins, TypeScript, spinners, help. What a command does is as oclif has it. An esbuild plugin.
 *
 * package.json names one version of oclif exactly, as this replaces lines of its source: a new one comes with a look here.
 */
import {readFileSync} from 'node:fs'

/** A module as TypeScript compiles `import`: only ever used by its properties. */
const REQUIRE = /^const (\w+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm

/** Code to replace: the end of the module's path, the code, and the other. The build fails when oclif no longer has it. */
const REPLACED = [
  // Comparing by locale first loads what ICU knows of locales: 10 ms.
  ['config/plugin.js', 'a.id.localeCompare(b.id)', '(a.id < b.id ? -1 : 1)'],
  // Reading two small files through a pool of threads starts the threads.
  ['util/fs.js', "await (0, promises_1.readFile)(path, 'utf8')", "(0, node_fs_1.readFileSync)(path, 'utf8')"],
  // What it writes is asked for by DEBUG alone, and it looks at the terminal's colors as it loads.
  [
    'logger.js',
    '(0, debug_1.default)(namespace)',
    'process.env.DEBUG ? (0, debug_1.default)(namespace) : Object.assign(() => {}, {enabled: false})',
  ],
  // For the user agent of updates. On Windows it starts PowerShell.
  ['util/os.js', /await import\('wsl-utils'\)/g, '{isWsl: false}'],
]

export const leanOclif = {
  name: 'lean-oclif',
  setup(build) {
    build.onLoad({filter: /[\\/]@oclif[\\/]core[\\/]lib[\\/].*\.js$/}, ({path}) => {
      const text = replaceCode(path.replaceAll('\\', '/'), readFileSync(path, 'utf8'))
      const contents = text.replace(REQUIRE, 'const $1 = __whenUsed(() => $2);')
      return {contents: contents === text ? text : `${contents}\n${WHEN_USED}`, loader: 'js'}
    })
  },
}

const WHEN_USED = `function __whenUsed(load) {
  let module
  return new Proxy({}, {get: (_, name) => (module ??= load())[name]})
}`

function replaceCode(path, text) {
  return REPLACED.filter(([name]) => path.endsWith(`/lib/${name}`)).reduce((before, [, code, other]) => {
    const after = before.replace(code, other)
    if (after === before) throw new Error(`scripts/lean-oclif.js: "${code}" is no longer in ${path}`)
    return after
  }, text)
}
