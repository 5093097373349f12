/**
 * How modules of Node are imported in the bundle. esbuild would copy each name of them for every file that imports one.
 * What takes a millisecond or more to load comes when something of it is used, not when a module loads that might use
 * it. An esbuild plugin.
 */

const NODE = /^node:/
const SLOW =
  /^node:(?:child_process|crypto|fs\/promises|net|readline\/promises|timers\/promises|worker_threads|zlib)$/

export const nodeImports = {
  name: 'node-imports',
  setup(build) {
    build.onResolve({filter: NODE}, ({path, namespace, kind}) =>
      kind === 'import-statement' && namespace !== 'node'
        ? {path, namespace: 'node'}
        : {path, external: true},
    )
    // A bundled file has a `require` of its own: node:module takes 2 ms to load.
    build.onLoad({filter: /^node:module$/, namespace: 'node'}, () => ({
      contents: 'exports.createRequire = () => require',
      loader: 'js',
    }))
    // Of a CommonJS module, esbuild reads each name when it is used, and copies those alone that are not inherited.
    build.onLoad({filter: NODE, namespace: 'node'}, ({path}) => {
      const load = `require(${JSON.stringify(path)})`
      const parent = SLOW.test(path) ? `new Proxy({}, {get: (_, name) => (loaded ??= ${load})[name]})` : load
      return {contents: `let loaded; module.exports = Object.create(${parent})`, loader: 'js'}
    })
  },
}
