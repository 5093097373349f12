/**
 * Compiles the schema of a configuration to the module `config/check-config.js`, which the library and the program load:
 * compiled in the call that finds a configuration, it took 140 ms of the processor.
 */
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {_, Ajv} from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import {build} from 'esbuild'

/** Formats are checked by the functions beside the schema. */
const HEAD = `import {CONFIG_FORMATS} from './config-schema.js'
const FORMATS = Object.fromEntries(
  Object.entries(CONFIG_FORMATS).map(([name, findProblem]) => [name, {validate: (text) => findProblem(text) === null}]),
)
`

/** @param dist the compiler's output @param folders where the module goes, absolute */
export async function compileSchema(dist, folders) {
  const {CONFIG_FORMATS, CONFIG_SCHEMA} = await import(
    pathToFileURL(path.join(dist, 'config/config-schema.js')).href
  )
  const ajv = new Ajv({
    ...{allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: false},
    code: {source: true, esm: true, formats: _`FORMATS`},
  })
  for (const name of Object.keys(CONFIG_FORMATS)) ajv.addFormat(name, {type: 'string', validate: () => true})
  ajv.addSchema(CONFIG_SCHEMA, 'config')
  const contents = HEAD + standalone.default(ajv, {checkConfig: 'config'})
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: dist},
    external: ['./config-schema.js'],
    ...{
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      minifySyntax: true,
      minifyWhitespace: true,
      logLevel: 'warning',
    },
  })
  for (const folder of folders) writeFileSync(path.join(folder, 'check-config.js'), outputFiles[0].text)
}
