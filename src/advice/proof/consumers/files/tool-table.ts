/** Files that programs read by their own custom: a table, a row for each program. */

import {MANIFESTS} from './manifests.js'
import {SCRIPT_READS} from './script-reads.js'
import type {ToolRow} from './tool-row.js'

const lines = (text: string): string[] => text.split(' ')

export const TOOLS: readonly ToolRow[] = [
  ...SCRIPT_READS,
  ...MANIFESTS,
  // task runners of JavaScript
  {
    programs: ['turbo'],
    words: /^(?!prune|login|link|gen)/,
    files: [[lines('turbo.json turbo.jsonc'), 'must']],
  },
  {
    programs: ['nx'],
    words: /^(?!init|report)/,
    files: [
      [['nx.json'], 'must'],
      [lines('tsconfig.base.json tsconfig.json'), 'likely'],
    ],
  },
  {programs: ['lerna'], files: [[['lerna.json'], 'must']]},
  {programs: ['rush'], files: [[['rush.json'], 'must']]},
  {
    programs: ['gulp'],
    files: [[lines('gulpfile.js gulpfile.ts gulpfile.mjs gulpfile.cjs gulpfile.babel.js'), 'must']],
  },
  {programs: ['grunt'], files: [[lines('Gruntfile.js Gruntfile.cjs Gruntfile.coffee'), 'must']]},
  {programs: ['vitest'], files: [[lines('vitest.config.ts vitest.config.js vitest.config.mts'), 'likely']]},
  {programs: ['graphql-codegen', 'gql-gen'], files: [[lines('codegen.ts codegen.yml codegen.yaml'), 'must']]},
  {programs: ['wrangler'], files: [[lines('wrangler.toml wrangler.jsonc wrangler.json'), 'must']]},
  // migrations of databases
  {programs: ['knex'], files: [[lines('knexfile.js knexfile.ts knexfile.cjs knexfile.mjs'), 'must']]},
  {
    programs: ['sequelize', 'sequelize-cli'],
    files: [
      [['.sequelizerc'], 'likely'],
      [lines('config/config.json config/config.js'), 'likely'],
    ],
  },
  {
    programs: ['drizzle-kit'],
    files: [[lines('drizzle.config.ts drizzle.config.js drizzle.config.mjs'), 'must']],
  },
  {programs: ['prisma'], words: /^migrate deploy/, files: [[['prisma/migrations'], 'likely']]},
  {
    programs: ['alembic'],
    files: [[['alembic.ini'], 'must']],
    named: [
      {
        file: 'alembic.ini',
        kinds: [{pattern: /^[ \t]*script_location\s*=\s*(?:%\(here\)s\/)?([\w./-]+)/gm, certainty: 'must'}],
      },
    ],
  },
  {programs: ['phinx'], files: [[lines('phinx.php phinx.yml phinx.json'), 'must']]},
  // Python
  {programs: ['scrapy'], files: [[['scrapy.cfg'], 'must']]},
  {programs: ['dbt'], words: /^(?:run|build|compile|deps|test|seed)/, files: [[['dbt_project.yml'], 'must']]},
  {programs: ['tox'], files: [[lines('tox.ini tox.toml'), 'must']]},
  {programs: ['nox'], files: [[['noxfile.py'], 'must']]},
  {programs: ['pre-commit'], files: [[['.pre-commit-config.yaml'], 'must']]},
  // sites
  {
    programs: ['hugo'],
    named: ['hugo.toml', 'hugo.yaml', 'hugo.yml', 'config.toml', 'config.yaml', 'config.yml'].map((file) => ({
      file,
      kinds: [
        {
          pattern: /^theme\s*[=:]\s*["'[\s]*([\w-]+)["']?/gm,
          certainty: 'must' as const,
          folder: 'themes',
          text: 'theme',
        },
      ],
    })),
  },
  {
    programs: ['mkdocs'],
    named: lines('mkdocs.yml mkdocs.yaml').map((file) => ({
      file,
      kinds: [
        {pattern: /^[ \t]*custom_dir:\s*["']?([\w./-]+)/gm, certainty: 'must' as const},
        {
          pattern: /^hooks:[ \t]*\n(?:[ \t]*-.*\n?)+/gm,
          inner: /-\s*["']?([\w./-]+\.py)/g,
          certainty: 'must' as const,
        },
      ],
    })),
  },
  {programs: ['mdbook'], files: [[['book.toml'], 'likely']]},
  // the JVM
  {
    programs: ['sbt'],
    files: [
      [['project'], 'likely'],
      [['build.sbt'], 'likely'],
    ],
  },
  {programs: ['lein'], files: [[['project.clj'], 'must']]},
  {programs: ['clojure', 'clj'], files: [[['deps.edn'], 'must']]},
  // .NET
  {
    programs: ['dotnet'],
    words: /^tool restore/,
    files: [[lines('.config/dotnet-tools.json dotnet-tools.json'), 'must']],
  },
  // Ruby
  {programs: ['rake'], files: [[lines('Rakefile rakefile Rakefile.rb'), 'must']]},
  {programs: ['puma', 'rackup', 'unicorn', 'thin', 'falcon'], files: [[['config.ru'], 'must']]},
  {programs: ['jekyll'], files: [[lines('_config.yml _config.yaml _config.toml'), 'likely']]},
  // others
  {
    programs: ['shards'],
    words: /^(?:install|build)\b.*--(?:production|frozen)/,
    files: [
      [['shard.yml'], 'must'],
      [['shard.lock'], 'must'],
    ],
  },
  {programs: ['shards'], files: [[['shard.yml'], 'must']]},
  {programs: ['dart'], words: /--enforce-lockfile/, files: [[['pubspec.lock'], 'must']]},
  {programs: ['flutter'], words: /--enforce-lockfile/, files: [[['pubspec.lock'], 'must']]},
  {
    programs: ['swift'],
    words: /--force-resolved-versions|--disable-automatic-resolution/,
    files: [[['Package.resolved'], 'must']],
  },
  {
    programs: ['gleam'],
    words: /^(?:build|export|run|test|deps|check)/,
    named: [
      {file: 'gleam.toml', kinds: [{pattern: /\bpath\s*=\s*"([^"\n]+)"/g, certainty: 'must', text: 'path'}]},
    ],
  },
  {
    programs: ['ant'],
    named: [
      {
        file: /(?:^|\/)build\.xml$/,
        kinds: [{pattern: /<import\s+file="([^"$\n]+)"(?![^>]*optional="true")/g, certainty: 'must'}],
      },
    ],
  },
  {
    programs: ['bazel', 'bazelisk'],
    words: /^(?:build|run|test|fetch|query|mod)/,
    named: [
      {
        file: 'MODULE.bazel',
        kinds: [
          {
            pattern: /\blocal_path_override\([^)]*?\bpath\s*=\s*"([^"\n]+)"/g,
            certainty: 'must',
            text: 'local_path_override',
          },
        ],
      },
      ...lines('WORKSPACE WORKSPACE.bazel').map((file) => ({
        file,
        kinds: [
          {
            pattern: /\b(?:new_)?local_repository\([^)]*?\bpath\s*=\s*"([^"\n]+)"/g,
            certainty: 'must' as const,
            text: 'local_repository',
          },
        ],
      })),
    ],
  },
  {
    programs: ['spago'],
    named: [{file: 'spago.dhall', kinds: [{pattern: /(?<=[\s=])\.\/([\w./-]+\.dhall)/g, certainty: 'must'}]}],
  },
  {
    programs: ['bun'],
    words: /^(?!(?:install|i|add|pm|x|create|init|upgrade)\b)/,
    named: [
      {
        file: 'bunfig.toml',
        kinds: [
          {
            pattern: /^preload\s*=\s*(?:\[[^\]]*\]|"[^"\n]*")/gm,
            inner: /"(\.[^"\n]+)"/g,
            certainty: 'must',
            text: 'preload',
          },
        ],
      },
    ],
  },
  // what a site is laid out with
  {
    programs: ['eleventy'],
    files: [
      [['_includes'], 'likely'],
      [['_data'], 'likely'],
    ],
  },
  {
    programs: ['jekyll'],
    words: /^(?:build|serve|b\b|s\b)/,
    files: [
      [['_layouts'], 'likely'],
      [['_includes'], 'likely'],
      [['_data'], 'likely'],
    ],
  },
  {
    programs: ['hugo'],
    words: /^(?!version|new|mod)/,
    files: [
      [['layouts'], 'likely'],
      [['data'], 'likely'],
      [['i18n'], 'likely'],
    ],
  },
  {
    programs: ['hexo'],
    words: /^(?:generate|g\b|server|s\b)/,
    files: [
      [['source'], 'must'],
      [['_config.yml'], 'must'],
    ],
  },
  {programs: ['pelican'], files: [[['pelicanconf.py'], 'likely']]},
  {
    programs: ['dart'],
    words: /^(?:compile|run|build)\b(?!.*build_runner)/,
    named: [
      {
        file: /(?:^|\/)(?:lib|bin)\/.*\.dart$/,
        isDeep: true,
        isImport: true,
        kinds: [{pattern: /^[ \t]*(?:part|import|export)\s+['"]([^'":\n]+\.dart)['"]/gm, certainty: 'must'}],
      },
    ],
  },
  {
    programs: ['flutter'],
    words: /^build/,
    named: [
      {
        file: /(?:^|\/)lib\/.*\.dart$/,
        isDeep: true,
        isImport: true,
        kinds: [{pattern: /^[ \t]*(?:part|import|export)\s+['"]([^'":\n]+\.dart)['"]/gm, certainty: 'must'}],
      },
    ],
  },
  {
    programs: ['swift'],
    words: /^(?:build|package|run|test)/,
    named: [
      {
        file: 'Package.swift',
        kinds: [{pattern: /\.package\(\s*(?:name:\s*"[^"\n]*",\s*)?path:\s*"([^"\n]+)"/g, certainty: 'must'}],
      },
    ],
  },
  {
    programs: ['dart', 'flutter', 'pub'],
    words: /^(?:pub\b|get|build|compile|run|test)/,
    named: [
      {
        file: 'pubspec.yaml',
        kinds: [{pattern: /^[ \t]+path:[ \t]*["']?([\w./-]+)["']?[ \t]*$/gm, certainty: 'must'}],
      },
    ],
  },
  {
    programs: ['flutter'],
    words: /^(?:build|test|run)/,
    named: [
      {
        file: 'pubspec.yaml',
        kinds: [
          {
            pattern: /^[ \t]+assets:[ \t]*\n(?:[ \t]*-.*\n?|[ \t]*#.*\n?)+/gm,
            inner: /-[ \t]*["']?([\w./-]+)/g,
            certainty: 'must',
            text: 'assets',
          },
          {pattern: /^[ \t]*-[ \t]*asset:[ \t]*["']?([\w./-]+)/gm, certainty: 'must', text: 'fonts'},
        ],
      },
    ],
  },
  {
    programs: ['deno'],
    words: /^(?:cache|install|run|compile|task|check|bundle|serve)/,
    named: lines('deno.json deno.jsonc').map((file) => ({
      file,
      kinds: [{pattern: /"importMap"\s*:\s*"(\.?[\w./-]+)"/g, certainty: 'must' as const}],
    })),
  },
  {
    programs: ['shards', 'crystal'],
    named: [
      {
        file: 'shard.yml',
        kinds: [{pattern: /^[ \t]+path:[ \t]*["']?([\w./-]+)["']?[ \t]*$/gm, certainty: 'must'}],
      },
    ],
  },
  {
    programs: ['zig'],
    words: /^build/,
    named: [
      {file: /\.zig$/, isDeep: true, kinds: [{pattern: /@embedFile\(\s*"([^"\n]+)"/g, certainty: 'must'}]},
    ],
  },
  {
    programs: ['zig'],
    words: /^build/,
    named: [{file: 'build.zig.zon', kinds: [{pattern: /\.path\s*=\s*"([^"\n]+)"/g, certainty: 'must'}]}],
  },
  {programs: ['python', 'python3'], words: /manage\.py compilemessages/, files: [[['locale'], 'must']]},
  {programs: ['ansible-playbook'], files: [[['roles'], 'likely']]},
  // infrastructure
  {
    programs: ['terraform', 'tofu'],
    words: /^(?:validate|plan|apply)/,
    named: [
      {
        file: /\.tf$/,
        kinds: [
          {
            pattern:
              /\b(?:templatefile|file|filebase64|filesha256|filemd5)\(\s*"(?:\$\{path\.(?:module|root)\}\/)?([^"$\n]+)"/g,
            certainty: 'likely',
          },
        ],
      },
    ],
  },
  {
    programs: ['terraform', 'tofu'],
    words: /^(?:init|get|validate|plan|apply)/,
    named: [
      {file: /\.tf$/, kinds: [{pattern: /^[ \t]*source\s*=\s*"(\.{1,2}\/[^"\n]+)"/gm, certainty: 'must'}]},
    ],
  },
  // OCaml: without its own a project is one of another version of the language
  {
    programs: ['dune'],
    words: /^(?:build|exec|install|test|runtest|utop)\b/,
    files: [[['dune-project'], 'likely']],
  },
  // Haskell
  {
    programs: ['stack'],
    words: /^(?!(?:--version|upgrade|update|config|new|init|templates|path)\b)/,
    named: [
      {
        file: 'stack.yaml',
        kinds: [
          {
            pattern: /^packages:[ \t]*\n(?:[ \t]*-.*\n?)+/gm,
            inner: /-[ \t]*["']?(?!\.["']?[ \t]*$)([\w./-]+)/gm,
            certainty: 'must',
            text: 'packages',
          },
        ],
      },
    ],
  },
  {programs: ['stack'], files: [[['stack.yaml'], 'likely']]},
  {
    // it stops when it puts the license beside what it built
    programs: ['stack'],
    words: /^(?:install|build)\b(?!.*--(?:only|dependencies-only|dry-run))/,
    named: [/\.cabal$/, 'package.yaml'].map((file) => ({
      file,
      kinds: [
        {
          pattern: /^license-files?:[ \t]*["']?([\w./-]+)["']?[ \t]*$/gim,
          certainty: 'must' as const,
          text: 'license-file',
        },
      ],
    })),
  },
  {
    programs: ['rebar3'],
    named: ['rebar.config.script', 'rebar.config'].map((file) => ({
      file,
      kinds: [
        {
          pattern: /\{\s*ok\s*,[^{}\n=]*\}\s*=\s*file:(?:read_file|consult|script)\(\s*"([^"\n]+)"/g,
          certainty: 'must' as const,
        },
      ],
    })),
  },
  {
    programs: ['cabal'],
    files: [
      [['cabal.project'], 'likely'],
      [['cabal.project.freeze'], 'likely'],
    ],
  },
  {programs: ['R', 'Rscript'], words: /renv::restore/, files: [[['renv.lock'], 'must']]},
  {
    programs: ['R', 'Rscript'],
    words: /^(?!.*--(?:vanilla|no-init-file))/,
    named: [
      {file: '.Rprofile', kinds: [{pattern: /^[ \t]*source\(\s*["']([^"'\n]+)["']/gm, certainty: 'must'}]},
    ],
  },
  {programs: ['julia'], words: /instantiate/, files: [[['Project.toml'], 'likely']]},
  {
    // a project with a name is a package
    programs: ['julia'],
    words: /\bPkg\.(?:instantiate|precompile|build)\b/,
    named: [
      {
        file: 'Project.toml',
        kinds: [
          {pattern: /^name\s*=\s*"(\w+)"/gm, folder: 'src', ending: '.jl', certainty: 'must', text: 'name'},
        ],
      },
    ],
  },
  {programs: ['cpanm'], words: /--installdeps/, files: [[lines('cpanfile Makefile.PL'), 'must']]},
  {programs: ['carton'], files: [[['cpanfile'], 'must']]},
  {
    programs: ['bazel', 'bazelisk'],
    files: [
      [lines('MODULE.bazel WORKSPACE.bazel WORKSPACE'), 'must'],
      [['.bazelrc'], 'likely'],
    ],
  },
  {programs: ['just'], files: [[lines('justfile Justfile .justfile'), 'must']]},
  {programs: ['task'], files: [[lines('Taskfile.yml Taskfile.yaml taskfile.yml Taskfile.dist.yml'), 'must']]},
  {programs: ['buf'], words: /^generate/, files: [[lines('buf.gen.yaml buf.gen.yml'), 'must']]},
  {
    programs: ['sqlc'],
    files: [[lines('sqlc.yaml sqlc.yml sqlc.json'), 'must']],
    named: lines('sqlc.yaml sqlc.yml').map((file) => ({
      file,
      kinds: [
        {pattern: /^[ \t]*(?:-[ \t]*)?(?:queries|schema):\s*["']?([\w./-]+)/gm, certainty: 'must' as const},
      ],
    })),
  },
  {programs: ['goreleaser'], files: [[lines('.goreleaser.yaml .goreleaser.yml'), 'likely']]},
]
