import {joinPath} from '../../../languages/text/container-path.js'
import type {InstallReads, ProjectFiles} from './project-files.js'

/** Options of a build that change nothing that is read of the project. */
const OPTION =
  /^(?:--(?:release|locked|frozen|offline|all-features|no-default-features|verbose|quiet|bins|jobs=\d+|profile=\w+|target=[\w.-]+|features=[\w,/-]+)|-[vq]+)$/
/** What names sources or other packages: an empty source would not do. */
const OTHER_SOURCES =
  /^[ \t]*\[(?:workspace|\[(?:bin|example|test|bench)\])|^[ \t]*(?:build|path)\s*=|\bpath\s*=\s*["']|^[ \t]*\[lib\]/m

/**
 * `cargo build` compiles the packages with the project. Ahead of the source they are compiled with empty sources; what is
 * made of these is removed, since Cargo compares times: it would take them for newer than the source.
 */
export function readsOfCargo(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const [subcommand, ...options] = args
  const at = (name: string) => joinPath(project, name)
  const manifest = files.evidence.get(at('Cargo.toml'))
  if (subcommand !== 'build' || manifest === undefined || !files.isSent(at('Cargo.toml'))) return null
  const [, name] = /^\[package\][^[]*?^name\s*=\s*["']([\w-]+)["']/m.exec(manifest) ?? []
  const hasPackages =
    /^\[(?:[\w.'"()= -]+\.)?dependencies(?:\.[\w-]+)?\]\s*\n\s*\w|^\[dependencies\.\w/m.test(manifest)
  if (name === undefined || !hasPackages || OTHER_SOURCES.test(manifest)) return null
  if (!options.every((option) => OPTION.test(option))) return null
  const sources = ['src/main.rs', 'src/lib.rs'].filter((path) => files.isSent(at(path)))
  if (sources.length === 0 || files.isSent(at('build.rs'))) return null
  return {
    title: 'cargo build',
    files: [
      'Cargo.toml',
      'Cargo.lock',
      'rust-toolchain',
      'rust-toolchain.toml',
      '.cargo/config.toml',
      '.cargo/config',
    ]
      .map(at)
      .filter((path) => files.isSent(path)),
    writes: [at('target')],
    evidence: "Cargo's documentation",
    questions: [
      'The packages are compiled with an empty source first, and again where features or variables differ: is the program the same?',
      ...(files.isSent(at('Cargo.lock'))
        ? []
        : ['There is no Cargo.lock: may the packages stay in the cache until Cargo.toml changes?']),
    ],
    ahead: writeAhead(name, sources, ['cargo build', ...options].join(' '), options),
  }
}

function writeAhead(
  name: string,
  sources: readonly string[],
  build: string,
  options: readonly string[],
): string {
  const made = sources.map((path) =>
    path === 'src/lib.rs' ? `touch ${path}` : `echo 'fn main() {}' > ${path}`,
  )
  const kept = options.filter((option) => /^--(?:release|profile=|target=)/.test(option))
  return ['mkdir -p src', ...made, build, ['cargo clean', ...kept, '-p', name].join(' '), 'rm -rf src'].join(
    ' && ',
  )
}
