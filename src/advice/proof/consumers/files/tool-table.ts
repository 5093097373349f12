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
    program: /^turbo$/,
    words: /^(?!prune|login|link|gen)/,
    files: [[lines('turbo.json turbo.jsonc'), 'must']],
  },
  {
    program: /^nx$/,
    words: /^(?!init|report)/,
    files: [
      [['nx.json'], 'must'],
      [lines('tsconfig.base.json tsconfig.json'), 'likely'],
    ],
  },
  {program: /^lerna$/, files: [[['lerna.json'], 'must']]},
  {program: /^rush$/, files: [[['rush.json'], 'must']]},
  {
    program: /^gulp$/,
    files: [[lines('gulpfile.js gulpfile.ts gulpfile.mjs gulpfile.cjs gulpfile.babel.js'), 'must']],
  },
  {program: /^grunt$/, files: [[lines('Gruntfile.js Gruntfile.cjs Gruntfile.coffee'), 'must']]},
  {program: /^vitest$/, files: [[lines('vitest.config.ts vitest.config.js vitest.config.mts'), 'likely']]},
  {program: /^(?:graphql-codegen|gql-gen)$/, files: [[lines('codegen.ts codegen.yml codegen.yaml'), 'must']]},
  {program: /^wrangler$/, files: [[lines('wrangler.toml wrangler.jsonc wrangler.json'), 'must']]},
  // migrations of databases
  {program: /^knex$/, files: [[lines('knexfile.js knexfile.ts knexfile.cjs knexfile.mjs'), 'must']]},
  {
    program: /^sequelize(?:-cli)?$/,
    files: [
      [['.sequelizerc'], 'likely'],
      [lines('config/config.json config/config.js'), 'likely'],
    ],
  },
  {
    program: /^drizzle-kit$/,
    files: [[lines('drizzle.config.ts drizzle.config.js drizzle.config.mjs'), 'must']],
  },
  {program: /^prisma$/, words: /^migrate deploy/, files: [[['prisma/migrations'], 'likely']]},
  {
    program: /^alembic$/,
    files: [[['alembic.ini'], 'must']],
    named: [
      {
        file: 'alembic.ini',
        kinds: [{pattern: /^[ \t]*script_location\s*=\s*(?:%\(here\)s\/)?([\w./-]+)/gm, certainty: 'must'}],
      },
    ],
  },
  {program: /^phinx$/, files: [[lines('phinx.php phinx.yml phinx.json'), 'must']]},
  // Python
  {program: /^scrapy$/, files: [[['scrapy.cfg'], 'must']]},
  {program: /^dbt$/, words: /^(?:run|build|compile|deps|test|seed)/, files: [[['dbt_project.yml'], 'must']]},
  {program: /^tox$/, files: [[lines('tox.ini tox.toml'), 'must']]},
  {program: /^nox$/, files: [[['noxfile.py'], 'must']]},
  {program: /^pre-commit$/, files: [[['.pre-commit-config.yaml'], 'must']]},
  // sites
  {
    program: /^hugo$/,
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
    program: /^mkdocs$/,
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
  {program: /^mdbook$/, files: [[['book.toml'], 'likely']]},
  // the JVM
  {
    program: /^sbt$/,
    files: [
      [['project'], 'likely'],
      [['build.sbt'], 'likely'],
    ],
  },
  {program: /^lein$/, files: [[['project.clj'], 'must']]},
  {program: /^(?:clojure|clj)$/, files: [[['deps.edn'], 'must']]},
  // .NET
  {
    program: /^dotnet$/,
    words: /^tool restore/,
    files: [[lines('.config/dotnet-tools.json dotnet-tools.json'), 'must']],
  },
  // Ruby
  {program: /^rake$/, files: [[lines('Rakefile rakefile Rakefile.rb'), 'must']]},
  {program: /^(?:puma|rackup|unicorn|thin|falcon)$/, files: [[['config.ru'], 'must']]},
  {program: /^jekyll$/, files: [[lines('_config.yml _config.yaml _config.toml'), 'likely']]},
  // others
  {
    program: /^shards$/,
    words: /^(?:install|build)\b.*--(?:production|frozen)/,
    files: [
      [['shard.yml'], 'must'],
      [['shard.lock'], 'must'],
    ],
  },
  {program: /^shards$/, files: [[['shard.yml'], 'must']]},
  {program: /^dart$/, words: /--enforce-lockfile/, files: [[['pubspec.lock'], 'must']]},
  {program: /^flutter$/, words: /--enforce-lockfile/, files: [[['pubspec.lock'], 'must']]},
  {
    program: /^swift$/,
    words: /--force-resolved-versions|--disable-automatic-resolution/,
    files: [[['Package.resolved'], 'must']],
  },
  {
    program: /^gleam$/,
    words: /^(?:build|export|run|test|deps|check)/,
    named: [
      {file: 'gleam.toml', kinds: [{pattern: /\bpath\s*=\s*"([^"\n]+)"/g, certainty: 'must', text: 'path'}]},
    ],
  },
  {
    program: /^ant$/,
    named: [
      {
        file: /(?:^|\/)build\.xml$/,
        kinds: [{pattern: /<import\s+file="([^"$\n]+)"(?![^>]*optional="true")/g, certainty: 'must'}],
      },
    ],
  },
  {
    program: /^bazel(?:isk)?$/,
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
    program: /^spago$/,
    named: [{file: 'spago.dhall', kinds: [{pattern: /(?<=[\s=])\.\/([\w./-]+\.dhall)/g, certainty: 'must'}]}],
  },
  {
    program: /^bun$/,
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
    program: /^eleventy$/,
    files: [
      [['_includes'], 'likely'],
      [['_data'], 'likely'],
    ],
  },
  {
    program: /^jekyll$/,
    words: /^(?:build|serve|b\b|s\b)/,
    files: [
      [['_layouts'], 'likely'],
      [['_includes'], 'likely'],
      [['_data'], 'likely'],
    ],
  },
  {
    program: /^hugo$/,
    words: /^(?!version|new|mod)/,
    files: [
      [['layouts'], 'likely'],
      [['data'], 'likely'],
      [['i18n'], 'likely'],
    ],
  },
  {
    program: /^hexo$/,
    words: /^(?:generate|g\b|server|s\b)/,
    files: [
      [['source'], 'must'],
      [['_config.yml'], 'must'],
    ],
  },
  {program: /^pelican$/, files: [[['pelicanconf.py'], 'likely']]},
  {
    program: /^dart$/,
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
    program: /^flutter$/,
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
    program: /^swift$/,
    words: /^(?:build|package|run|test)/,
    named: [
      {
        file: 'Package.swift',
        kinds: [{pattern: /\.package\(\s*(?:name:\s*"[^"\n]*",\s*)?path:\s*"([^"\n]+)"/g, certainty: 'must'}],
      },
    ],
  },
  {
    program: /^(?:dart|flutter|pub)$/,
    words: /^(?:pub\b|get|build|compile|run|test)/,
    named: [
      {
        file: 'pubspec.yaml',
        kinds: [{pattern: /^[ \t]+path:[ \t]*["']?([\w./-]+)["']?[ \t]*$/gm, certainty: 'must'}],
      },
    ],
  },
  {
    program: /^flutter$/,
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
    program: /^deno$/,
    words: /^(?:cache|install|run|compile|task|check|bundle|serve)/,
    named: lines('deno.json deno.jsonc').map((file) => ({
      file,
      kinds: [{pattern: /"importMap"\s*:\s*"(\.?[\w./-]+)"/g, certainty: 'must' as const}],
    })),
  },
  {
    program: /^(?:shards|crystal)$/,
    named: [
      {
        file: 'shard.yml',
        kinds: [{pattern: /^[ \t]+path:[ \t]*["']?([\w./-]+)["']?[ \t]*$/gm, certainty: 'must'}],
      },
    ],
  },
  {
    program: /^zig$/,
    words: /^build/,
    named: [
      {file: /\.zig$/, isDeep: true, kinds: [{pattern: /@embedFile\(\s*"([^"\n]+)"/g, certainty: 'must'}]},
    ],
  },
  {
    program: /^zig$/,
    words: /^build/,
    named: [{file: 'build.zig.zon', kinds: [{pattern: /\.path\s*=\s*"([^"\n]+)"/g, certainty: 'must'}]}],
  },
  {program: /^python3?$/, words: /manage\.py compilemessages/, files: [[['locale'], 'must']]},
  {program: /^ansible-playbook$/, files: [[['roles'], 'likely']]},
  // infrastructure
  {
    program: /^(?:terraform|tofu)$/,
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
    program: /^(?:terraform|tofu)$/,
    words: /^(?:init|get|validate|plan|apply)/,
    named: [
      {file: /\.tf$/, kinds: [{pattern: /^[ \t]*source\s*=\s*"(\.{1,2}\/[^"\n]+)"/gm, certainty: 'must'}]},
    ],
  },
  // OCaml: without its own a project is one of another version of the language
  {
    program: /^dune$/,
    words: /^(?:build|exec|install|test|runtest|utop)\b/,
    files: [[['dune-project'], 'likely']],
  },
  // Haskell
  {
    program: /^stack$/,
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
  {program: /^stack$/, files: [[['stack.yaml'], 'likely']]},
  {
    // it stops when it puts the license beside what it built
    program: /^stack$/,
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
    program: /^rebar3$/,
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
    program: /^cabal$/,
    files: [
      [['cabal.project'], 'likely'],
      [['cabal.project.freeze'], 'likely'],
    ],
  },
  {program: /^(?:R|Rscript)$/, words: /renv::restore/, files: [[['renv.lock'], 'must']]},
  {
    program: /^(?:R|Rscript)$/,
    words: /^(?!.*--(?:vanilla|no-init-file))/,
    named: [
      {file: '.Rprofile', kinds: [{pattern: /^[ \t]*source\(\s*["']([^"'\n]+)["']/gm, certainty: 'must'}]},
    ],
  },
  {program: /^julia$/, words: /instantiate/, files: [[['Project.toml'], 'likely']]},
  {
    // a project with a name is a package
    program: /^julia$/,
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
  {program: /^cpanm$/, words: /--installdeps/, files: [[lines('cpanfile Makefile.PL'), 'must']]},
  {program: /^carton$/, files: [[['cpanfile'], 'must']]},
  {
    program: /^bazel(?:isk)?$/,
    files: [
      [lines('MODULE.bazel WORKSPACE.bazel WORKSPACE'), 'must'],
      [['.bazelrc'], 'likely'],
    ],
  },
  {program: /^just$/, files: [[lines('justfile Justfile .justfile'), 'must']]},
  {program: /^task$/, files: [[lines('Taskfile.yml Taskfile.yaml taskfile.yml Taskfile.dist.yml'), 'must']]},
  {program: /^buf$/, words: /^generate/, files: [[lines('buf.gen.yaml buf.gen.yml'), 'must']]},
  {
    program: /^sqlc$/,
    files: [[lines('sqlc.yaml sqlc.yml sqlc.json'), 'must']],
    named: lines('sqlc.yaml sqlc.yml').map((file) => ({
      file,
      kinds: [
        {pattern: /^[ \t]*(?:-[ \t]*)?(?:queries|schema):\s*["']?([\w./-]+)/gm, certainty: 'must' as const},
      ],
    })),
  },
  {program: /^goreleaser$/, files: [[lines('.goreleaser.yaml .goreleaser.yml'), 'likely']]},
]
