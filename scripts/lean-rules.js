/**
 * Leaves the examples of rules out of the bundle, which tests and documentation alone read: a seventh less is read, and
 * made into objects, by each call of `dockerfile`. An esbuild plugin.
 */
import {readFileSync} from 'node:fs'

/** As the compiler writes a property of a rule: on a line of its own, up to the bracket in the same column. */
const EXAMPLES = /^ {4}examples: (?:[[{]$[\s\S]*?^ {4}[\]}]|[[{].*[\]}]),?$/m

export const leanRules = {
  name: 'lean-rules',
  setup(build) {
    build.onLoad({filter: /[\\/]dist[\\/]advice[\\/]rules[\\/].*\.js$/}, ({path}) => {
      const contents = readFileSync(path, 'utf8').replace(EXAMPLES, '')
      if (/\bexamples:/.test(contents))
        throw new Error(`scripts/lean-rules.js: ${path} has examples elsewhere`)
      return {contents, loader: 'js'}
    })
  },
}
