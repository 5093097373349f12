import type {Evidence} from './catalogue-entry.js'

/* Names that several ecosystems take as evidence. */

/** What stands at the top of a project, in any language. */
export const PROJECT_FILES: readonly string[] = [
  'package.json',
  'deno.json',
  'deno.jsonc',
  'pyproject.toml',
  'setup.py',
  'requirements*.txt',
  'Pipfile',
  'manage.py',
  'Cargo.toml',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'build.sbt',
  '*.sln',
  '*.csproj',
  '*.fsproj',
  'Gemfile',
  'composer.json',
  'mix.exs',
  'CMakeLists.txt',
  'Makefile',
  'Package.swift',
  'pubspec.yaml',
  'Dockerfile',
  '.git',
]

/** What no build writes into its output: a directory with one of these is source, under any name. */
export const HAND_WRITTEN: readonly string[] = [
  '*.sh',
  '*.mk',
  '*.go',
  '*.py',
  '*.rs',
  '*.rb',
  '*.c',
  '*.cc',
  '*.cpp',
  '*.java',
  '*.kt',
  '*.cs',
  '*.ex',
  '*.tsx',
  // *.ts, but not the *.d.ts that compilers write
  '*[!d].ts',
  '*[!.]d.ts',
  '*.vue',
  '*.svelte',
  '*.scss',
  '*.less',
  '*.gradle',
  '*.gradle.kts',
  '*.conf.js',
  '*.config.js',
  'webpack*',
  'rollup*',
  'gulpfile*',
  'tsconfig*.json',
  'CMakeLists.txt',
  'Makefile',
  'Dockerfile*',
]

/** Directories whose keys, logs and dumps are there to be read by tests. */
const FIXTURE_DIRS: readonly string[] = [
  'test',
  'tests',
  '__tests__',
  'testdata',
  'test-data',
  'test_data',
  'fixture',
  'fixtures',
  '__fixtures__',
  'spec',
  'mocks',
  '__mocks__',
]

export const NOT_A_FIXTURE: Evidence = {not: {under: FIXTURE_DIRS}}

/** Names of files that say themselves that they hold nothing real. */
export const SAMPLES: readonly string[] = [
  '*example*',
  '*sample*',
  '*template*',
  '*.dist',
  '*dummy*',
  '*fake*',
  '*snakeoil*',
  'test[._-]*',
  '*[._-]test.*',
]
