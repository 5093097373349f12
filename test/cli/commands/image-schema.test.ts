import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {analyzeImage} from '../../../src/index.js'
import {renderJson} from '../../../src/render/json/render-json.js'
import {projectRoot} from '../../helpers/project.js'
import {runCli} from '../../helpers/run-cli.js'

type Schema = {[key: string]: unknown}

const SCHEMA: Schema = JSON.parse(readFileSync(path.join(projectRoot, 'docs/image.schema.json'), 'utf8'))
const validate = new Ajv2020({allErrors: true}).compile(SCHEMA)
/** The published schema lets more fields come; here every field must be in it. */
const validateStrictly = new Ajv2020({allErrors: true}).compile(
  forbidMore({...SCHEMA, $id: 'strict'}) as Schema,
)

function forbidMore(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(forbidMore)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, forbidMore(value)]))
  return copy.type === 'object' ? {...copy, additionalProperties: false} : copy
}

function assertValid(json: string): void {
  for (const check of [validate, validateStrictly])
    assert.ok(check(JSON.parse(json)), JSON.stringify(check.errors?.slice(0, 5), null, 2))
}

const archive = (name: string) => path.join(projectRoot, 'test/conformance/image/data', `${name}.tar`)

/** Archives that between them have every part of a report. */
const ARCHIVES: readonly [name: string, options: object][] = [
  ['hybrid', {}],
  ['docker24', {verify: false}],
  ['kind-secrets', {duplicates: true}],
  ['kind-apt', {}],
  ['kind-rebuild', {}],
  ['names-utf8', {}],
  ['zero-layers-nohist', {}],
  ['oci-multi-attest', {allPlatforms: true}],
  ['real-buildx-oci-prov', {}],
  ['real-save-28-containerd-multi', {allPlatforms: true}],
  ['pair-app2', {to: archive('pair-app1'), base: archive('pair-base')}],
  ['pair-app-touched', {to: archive('pair-app1'), deployed: archive('pair-base')}],
]

describe('docs/image.schema.json', () => {
  for (const [name, options] of ARCHIVES) {
    it(`describes the report of ${name}`, async () => {
      assertValid(renderJson(await analyzeImage({source: archive(name), ...options})))
    })
  }

  it('describes what the command prints, with limits and without an image', () => {
    assertValid(
      runCli(['image', archive('hybrid'), '--json', '--max-hidden', '1', '--max-size', '1GB']).stdout,
    )
    assertValid(runCli(['image', 'nowhere.tar', '--json']).stdout)
    assertValid(runCli(['image', archive('bad-text'), '--json']).stdout)
  })

  it('refuses what is no report', () => assert.equal(validate({schemaVersion: 1}), false))
})
