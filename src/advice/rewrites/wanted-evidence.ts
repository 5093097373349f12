import type {EvidenceWant} from '../facts/evidence.js'

/** What the proofs of rewrites want to read: manifests, and lists of packages. */
export function listWantedByRewrites(): EvidenceWant[] {
  return [
    {
      globs: [
        'package.json',
        '.npmrc',
        '.yarnrc',
        '.yarnrc.yml',
        'pnpm-workspace.yaml',
        'pyproject.toml',
        'Pipfile',
        'go.mod',
        'Gemfile',
        'composer.json',
        'mix.exs',
        'Cargo.toml',
        'pom.xml',
        'config.exs',
        'dev.exs',
        'prod.exs',
        'test.exs',
        '*.csproj',
        '*.fsproj',
        'setup.cfg',
      ],
      maxBytes: 256 * 1024,
      maxFiles: 300,
    },
    {
      globs: [
        'package-lock.json',
        'npm-shrinkwrap.json',
        'yarn.lock',
        'pnpm-lock.yaml',
        'bun.lock',
        'go.sum',
        'poetry.lock',
        'Pipfile.lock',
        'composer.lock',
        'Gemfile.lock',
      ],
      maxBytes: 8 * 1024 * 1024,
      maxFiles: 40,
    },
    // with checksums they are long
    {globs: ['*requirements*.txt', '*constraints*.txt', '*.in'], maxBytes: 1024 * 1024, maxFiles: 50},
    {globs: ['*.txt'], maxBytes: 64 * 1024, maxFiles: 50},
    {
      globs: [
        '.bundle/config',
        '*/.bundle/config',
        'maven.config',
        'jvm.config',
        'pip.conf',
        'npmrc',
        'settings.xml',
        '.gemrc',
      ],
      maxBytes: 64 * 1024,
      maxFiles: 20,
    },
    // routes of services, and calls of other ones
    {
      globs: ['*.rb', '*.java', '*.kt', '*.rs', '*.php'],
      maxBytes: 64 * 1024,
      maxFiles: 400,
    },
    // imports are followed through all of a program
    {globs: ['*.py'], maxBytes: 256 * 1024, maxFiles: 2_000},
    {
      globs: ['*.js', '*.mjs', '*.cjs', '*.jsx', '*.ts', '*.mts', '*.cts', '*.tsx'],
      maxBytes: 256 * 1024,
      maxFiles: 2_000,
    },
    {globs: ['*.go'], maxBytes: 256 * 1024, maxFiles: 2_000},
    {
      globs: ['tsconfig*.json', '*.config.js', '*.config.mjs', '*.config.ts'],
      maxBytes: 64 * 1024,
      maxFiles: 60,
    },
    {globs: ['*.sh', '*entrypoint*'], maxBytes: 64 * 1024, maxFiles: 40},
    {
      paths: ['.gitlab-ci.yml', '.circleci/config.yml', 'Makefile', 'Jenkinsfile', 'azure-pipelines.yml'],
      globs: ['.github/workflows/*.yml', '.github/workflows/*.yaml'],
      maxBytes: 64 * 1024,
      maxFiles: 30,
    },
  ]
}
