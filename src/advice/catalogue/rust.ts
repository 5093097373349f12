import type {CatalogueEntry} from './catalogue-entry.js'

export const RUST: readonly CatalogueEntry[] = [
  {
    // Cargo tags what it makes, under any name that CARGO_TARGET_DIR gives it
    kind: 'rust-target',
    rule: 'rust-target',
    title: 'Rust build output',
    names: ['*'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {contains: ['.rustc_info.json']},
    producers: ['cargo-build'],
  },
  {
    // "target" may be a module of the crate as well
    kind: 'rust-target',
    rule: 'rust-target',
    title: 'Rust build output',
    names: ['target'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      all: [
        {sibling: ['Cargo.toml']},
        {containsAny: ['CACHEDIR.TAG', 'debug', 'release', '*-*-*']},
        {not: {containsAny: ['*.rs', 'Cargo.toml']}},
      ],
    },
    producers: ['cargo-build'],
  },
  {
    kind: 'rustfmt-backups',
    rule: 'rustfmt-backups',
    title: 'rustfmt backups',
    names: ['*.rs.bk'],
    type: 'file',
    disposition: 'junk',
  },
  {
    kind: 'program-profiles',
    rule: 'program-profiles',
    title: 'profile of a program',
    names: ['perf.data', 'perf.data.old', 'flamegraph.svg'],
    type: 'file',
    disposition: 'junk',
    evidence: {ancestorHas: ['Cargo.toml', 'go.mod', 'CMakeLists.txt', 'Makefile']},
  },
  {
    kind: 'rust-mutants',
    rule: 'rust-mutants',
    title: 'mutation test results',
    names: ['mutants.out', 'mutants.out.old'],
    type: 'dir',
    disposition: 'junk',
  },
]
