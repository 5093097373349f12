/** Files that the code of a build opens by a literal name when a program evaluates or compiles it: a row for each program. */

import {baseName} from '../../../../languages/text/container-path.js'
import type {Mentioned} from '../needs.js'
import {isCaught} from '../text-lines.js'
import type {ToolRow} from './tool-row.js'

const must = (pattern: RegExp): Mentioned => ({pattern, certainty: 'must'})
const likely = (pattern: RegExp): Mentioned => ({pattern, certainty: 'likely'})

/** What of Gradle's types opens a file at once. */
const OPENS =
  'withInputStream|withReader|text\\b|readText|readLines|readBytes|inputStream|reader|bufferedReader|newReader|newInputStream|getText|eachLine'

export const SCRIPT_READS: readonly ToolRow[] = [
  {
    programs: ['gradle', 'gradlew'],
    words: /^(?!(?:--version|-v|wrapper)\b)/,
    named: [
      {
        file: /(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$/,
        isCode: true,
        kinds: [
          must(new RegExp(`\\bfile\\(\\s*["']([^"'\\n]+)["']\\s*\\)\\s*\\.\\s*(?:${OPENS})`, 'g')),
          must(
            /\bFile(?:InputStream|Reader)\(\s*(?:(?:rootProject\.|project\.)?file\(\s*)?["']([^"'\n]+)["']/g,
          ),
          must(/\bfileContents\([^"'\n]*\.file\(\s*["']([^"'\n]+)["']\s*\)\s*\)\.as(?:Text|Bytes)\.get\(/g),
        ],
      },
    ],
  },
  {
    programs: ['sbt'],
    named: [
      {
        file: /\.sbt$/,
        isCode: true,
        kinds: [
          must(
            /\bIO\.read\w*\(\s*(?:(?:new\s+)?[Ff]ile\(\s*|\(?(?:ThisBuild\s*\/\s*)?baseDirectory\)?\.value\s*\/\s*)["']([^"'\n]+)["']/g,
          ),
          must(/\b(?:Source\.fromFile|FileInputStream|FileReader)\(\s*["']([^"'\n]+)["']/g),
        ],
      },
    ],
  },
  {
    programs: ['mix', 'iex'],
    named: [
      {
        file: 'mix.exs',
        isCode: true,
        kinds: [
          must(/\bFile\.(?:read!|stream!)\(?\s*"([^"\n]+)"/g),
          must(/"([^"\n]+)"\s*\|>\s*File\.(?:read!|stream!)/g),
          must(
            /\bFile\.(?:read!|stream!)\(\s*Path\.(?:join|expand)\(\s*(?:\[\s*)?__DIR__\s*,\s*"([^"\n]+)"/g,
          ),
          must(/\bFile\.(?:read!|stream!)\(\s*Path\.expand\(\s*"([^"\n]+)"\s*,\s*__DIR__/g),
          must(/\bCode\.(?:require|eval|compile)_file\(?\s*"([^"\n]+)"/g),
        ],
      },
    ],
  },
  {
    programs: ['mix'],
    words: /^(?:do\b.*)?(?:compile|release|escript\.build|test|phx\.digest|assets\.deploy|run)\b/,
    named: [
      {
        file: /(?:^|\/)lib\/.*\.ex$/,
        isDeep: true,
        isOfDirectory: true,
        kinds: [
          must(/^[ \t]*@\w+[ \t]+File\.(?:read!|stream!)\(?\s*"([^"\n]+)"/gm),
          must(/^[ \t]*@\w+[ \t]+"([^"\n]+)"\s*\|>\s*File\.(?:read!|stream!)/gm),
          must(/\bEEx\.function_from_file\(\s*:defp?\s*,\s*:\w+\s*,\s*"([^"\n]+)"/g),
        ],
      },
      {
        file: /(?:^|\/)lib\/.*\.ex$/,
        isDeep: true,
        kinds: [
          must(
            /^[ \t]*@\w+[ \t]+File\.(?:read!|stream!)\(\s*Path\.(?:join|expand)\(\s*(?:\[\s*)?__DIR__\s*,\s*"([^"\n]+)"/gm,
          ),
          must(
            /\bEEx\.function_from_file\(\s*:defp?\s*,\s*:\w+\s*,\s*Path\.join\(\s*__DIR__\s*,\s*"([^"\n]+)"/g,
          ),
        ],
      },
    ],
  },
  {
    programs: ['mix'],
    words:
      /^(?:do\b.*)?(?:compile|release|deps\.compile|escript\.build|test|phx\.digest|assets\.deploy|run|ecto)/,
    named: [
      {
        file: /(?:^|\/)config\/\w+\.exs$/,
        isDeep: true,
        isCode: true,
        kinds: [must(/^[ \t]*import_config[ (]+"([^"#\n]+)"/gm)],
      },
    ],
  },
  {
    programs: ['cpanm', 'cpm', 'perl'],
    words: /--installdeps|(?:^|\s)\.(?:\s|$)|^(?:Makefile|Build)\.PL/,
    named: ['Makefile.PL', 'Build.PL'].map((file) => ({
      file,
      isCode: true as const,
      kinds: [
        must(/^[^#\n]*?\b(?:VERSION_FROM|ABSTRACT_FROM|dist_version_from)["']?\s*=>\s*["']([^"'\n]+)["']/gm),
        must(
          /^[ \t]*(?:all_from|version_from|abstract_from|license_from|perl_version_from)[\s(]+["']([^"'\n]+)["']/gm,
        ),
      ],
    })),
  },
  {
    programs: ['nim', 'nimble'],
    words: /^(?:c|cc|cpp|objc|js|compile|compileTo\w+|build|install|test|doc)\b/,
    named: [
      {
        file: /\.nim$/,
        isDeep: true,
        isCode: true,
        kinds: [must(/\b(?:staticRead|slurp)[ (]+"([^"\n]+)"/g)],
      },
      {file: /\.nimble$/, isCode: true, kinds: [must(/\b(?:readFile|staticRead)[ (]+"([^"\n]+)"/g)]},
    ],
  },
  {
    programs: ['crystal', 'shards'],
    words: /^(?:build|run|compile|spec)\b/,
    named: [
      {
        file: /\.cr$/,
        isDeep: true,
        isCode: true,
        kinds: [
          must(/\bread_file\(\s*"#\{__DIR__(?:\.id)?\}\/([^"#\n]+)"/g),
          must(/\bECR\.\w+\(?\s*"#\{__DIR__(?:\.id)?\}\/([^"#\n]+)"/g),
        ],
      },
      {
        file: /\.cr$/,
        isDeep: true,
        isOfDirectory: true,
        isCode: true,
        kinds: [
          must(/\bread_file\(\s*"([^"#\n]+)"/g),
          must(/\bECR\.(?:embed|render|def_to_s)\(?\s*"([^"#\n]+)"/g),
        ],
      },
    ],
  },
  {
    programs: ['clojure', 'clj'],
    named: [{file: 'deps.edn', kinds: [must(/:local\/root\s+"([^"\n]+)"/g)]}],
  },
  {
    programs: ['lein'],
    named: [
      {
        file: 'project.clj',
        kinds: [
          must(/\(slurp\s+"([^"\n]+)"\)/g),
          likely(/:parent-project\s*\{[^}]*:path\s+"([^"\n]+)"/g),
          must(/\(load-file\s+"([^"\n]+)"\)/g),
        ],
      },
    ],
  },
  {
    programs: ['stack', 'cabal', 'ghc'],
    words: /^(?:v2-)?(?:build|install|run|exec|test)\b(?!.*--(?:only-)?dep)|\.hs\b/,
    named: [
      {
        file: /\.hs$/,
        isDeep: true,
        isOfDirectory: true,
        isCode: true,
        kinds: [
          must(/\$\((?:embed\w*File|embedDir\w*|makeRelativeToProject)\s+"([^"\n]+)"/g),
          must(/\$\(makeRelativeToProject\s+"([^"\n]+)"\s*>>=\s*embed/g),
        ],
      },
    ],
  },
  {
    programs: ['zig'],
    words: /^build/,
    named: [
      {
        file: /\.zig$/,
        isDeep: true,
        isCode: true,
        kinds: [must(/@embedFile\(\s*"([^"\n]+\.[^"\n]+)"\s*\)/g)],
      },
    ],
  },
  {
    programs: ['ruby', 'rake', 'bundle', 'gem', 'rails'],
    words: /^(?:install|build\b|exec|[\w:]+)/,
    named: [
      {
        file: 'Rakefile',
        isCode: true,
        kinds: [
          must(/^require_relative[ (]+["']([^"'\n]+\.rb)["']/gm),
          must(/^import[ (]+["']([^"'\n]+)["']/gm),
        ],
      },
    ],
  },
  {
    programs: ['v'],
    named: [{file: /\.v$/, isDeep: true, kinds: [must(/\$embed_file\(\s*["']([^"'\n]+)["']/g)]}],
  },
  {
    programs: ['R', 'Rscript'],
    words:
      /\b(?:install_deps|local_install_deps|local_install_dev_deps|local_install)\(\s*(?:\)|dep|upgrade|ask|["']\.["'])|\b(?:devtools|remotes)::install(?:_local)?\(\s*(?:\)|dep|upgrade|["']\.["'])|\bCMD\s+(?:INSTALL|build|check)\s+(?:--\S+\s+)*\.(?:\s|$)/,
    files: [[['DESCRIPTION'], 'must']],
  },
]

/** Tells whether code opens a file only if it is there, or when something else is done. */
export function isLater(text: string, line: number, path: string): boolean {
  const name = baseName(path).replace(/[.+^$()|\\{}[\]*?]/g, '\\$&')
  const asks = new RegExp(
    `(?:[Ee]xists?|is_?[Ff]ile|isRegularFile|-[ef]\\b|file\\?).*${name}|${name}.*(?:[Ee]xists?|is_?[Ff]ile)`,
  )
  return (
    asks.test(text) ||
    isCaught(text, line) ||
    DEFERRED.test(headsAround(text, line)) ||
    (text.includes('use Mix.Project') && isUncalled(text, line))
  )
}

/** Of mix.exs: whether a line stands in a function that `project` does not name. */
function isUncalled(text: string, line: number): boolean {
  const above = text.split('\n').slice(0, line)
  const head = above.findLast((one) => /^[ \t]*defp?[ \t]/.test(one))
  const name = /^[ \t]*defp?[ \t]+(\w+)/.exec(head ?? '')?.[1] ?? 'project'
  if (name === 'project' || /^[ \t]*@/.test(above.at(-1)!)) return false
  const [, body = ''] = /^[ \t]*def[ \t]+project\b(.*?)(?:^[ \t]*defp?[ \t]|(?![\s\S]))/ms.exec(text) ?? []
  return !new RegExp(`\\b${name}\\b`).test(body)
}

/** Blocks of Gradle that run when their task does, and conditions of any language. */
const DEFERRED = /\b(?:doLast|doFirst|onlyIf|tasks?\.register|task\s+\w+|if|when|unless)\b/

/** The lines that begin the blocks of braces around a line. */
function headsAround(text: string, line: number): string {
  const open: string[] = []
  for (const one of text.split('\n').slice(0, line - 1)) {
    for (const [brace] of one.matchAll(/[{}]/g)) {
      if (brace === '{') open.push(one)
      else open.pop()
    }
  }
  return open.join('\n')
}
