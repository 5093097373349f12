import type {CatalogueEntry} from './catalogue-entry.js'

/** Elixir and Erlang. */
export const ELIXIR: readonly CatalogueEntry[] = [
  {
    kind: 'elixir-build',
    rule: 'elixir-build',
    title: 'Elixir build output',
    names: ['_build'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {sibling: ['mix.exs', 'rebar.config']},
    producers: ['mix-compile'],
  },
  {
    kind: 'elixir-packages',
    rule: 'elixir-deps',
    title: 'Elixir packages',
    names: ['deps'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      all: [
        {sibling: ['mix.exs']},
        {any: [{anyChildHas: '.hex'}, {anyChildHas: 'mix.exs'}, {anyChildHas: 'rebar.config'}]},
      ],
    },
    producers: ['mix-deps'],
  },
  {
    kind: 'phoenix-assets',
    rule: 'phoenix-assets',
    title: 'compiled Phoenix assets',
    names: ['priv/static/assets'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {ancestorHas: ['mix.exs']},
    producers: ['phoenix-assets'],
  },
  {
    kind: 'elixir-tool-cache',
    rule: 'elixir-tool-cache',
    title: 'cache of Elixir tools',
    names: ['.elixir_ls', '.elixir-tools', '.lexical', '.expert', '.fetch'],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'erlang-crash-dump',
    rule: 'erlang-crash-dump',
    title: 'Erlang crash dump',
    names: ['erl_crash.dump', 'rebar3.crashdump'],
    type: 'file',
    disposition: 'junk',
  },
]
