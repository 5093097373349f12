import assert from 'node:assert/strict'
import {listMixCommands} from '../../../src/languages/scripts/mix-tasks.js'

const manifest = `
  def project, do: [app: :shop, aliases: aliases(), deps: deps()]
  defp aliases do
    [
      # old: ["x"]
      setup: ["deps.get", "assets.setup"],
      "assets.setup": ["bun.install --if-missing", "bun assets install"],
      test: ["ecto.create --quiet", "test"],
      "assets.deploy": ["cmd --cd assets npm ci", &copy/1, if(prod?(), do: "cmd rm -r x"), "phx.digest"],
      "assets.all": "cmd npm install --prefix assets"
    ]
  end
  defp deps do
    [plug: ["~> 1.0"]]
  end
`
const settings = `
config :shop, assets: [cd: Path.expand("../other", __DIR__)]
config :bun,
  version: "1.2",
  assets: [args: ~w(), cd: Path.expand("../assets", __DIR__)]
config :mime, css: []
`

const ROWS: [words: string, expected: string[] | null][] = [
  ['mix do deps.get, deps.compile', ['mix deps.get', 'mix deps.compile']],
  ['mix do compile --force + release shop', ['mix compile --force', 'mix release shop']],
  ['mix setup', ['mix deps.get', 'mix assets.setup']],
  ['mix assets.setup', ['mix bun.install --if-missing', 'mix bun assets install']],
  ['mix test', ['mix ecto.create --quiet', 'mix do test']],
  ['mix assets.deploy', ['mix cmd --cd assets npm ci', 'mix phx.digest']],
  ['mix assets.all', ['mix cmd npm install --prefix assets']],
  ['mix cmd --cd assets npm ci', ['cd assets && npm ci']],
  ['mix bun assets install', ['cd assets && bun install']],
  ['mix bun other install', null],
  ['mix plug', null],
  ['mix release', null],
]

describe('listMixCommands', () => {
  for (const [words, expected] of ROWS) {
    it(words, () => assert.deepEqual(listMixCommands(words.split(' '), {manifest, settings}), expected))
  }
})
