/** Files that the pages of a site take in, by the language of the site. */

import {parentPath} from '../../../../languages/text/container-path.js'
import type {Need, ProjectView, SourceText} from '../consumption.js'
import {type Mentioned, needsIn} from '../needs.js'

/** How the pages of a site name files. */
interface PageLanguage {
  pages: RegExp
  /** Relative to the page. */
  kinds: readonly Mentioned[]
  /** Relative to the directory of the settings. */
  ofRoot?: readonly Mentioned[]
}

const must = (pattern: RegExp): Mentioned => ({pattern, certainty: 'must'})
const likely = (pattern: RegExp): Mentioned => ({pattern, certainty: 'likely'})

const SPHINX: PageLanguage = {
  pages: /\.(?:rst|md|txt)$/,
  kinds: [
    likely(/^[ \t]*\.\. +(?:include|literalinclude|mdinclude|pii|program-output)::[ \t]+([^\s/][^\s]*)/gm),
    likely(/^[ \t]*(?:`{3,}|:{3,})\{(?:include|literalinclude)\}[ \t]+([^\s/][^\s]*)/gm),
    likely(/^[ \t]+:file:[ \t]+([^\s/][^\s]*)/gm),
  ],
}

const LANGUAGES: Readonly<Record<string, PageLanguage>> = {
  'sphinx-build': SPHINX,
  'jupyter-book': SPHINX,
  myst: SPHINX,
  vitepress: {
    pages: /\.md$/,
    kinds: [
      likely(/<!--\s*@include:\s*([^@\s{#][^\s{#]*?)(?:[{#][^\n]*?)?\s*-->/g),
      likely(/^<<< +([^@\s{#][^\s{#]*)/gm),
    ],
    ofRoot: [
      likely(/<!--\s*@include:\s*@\/([^\s{#]+?)(?:[{#][^\n]*?)?\s*-->/g),
      likely(/^<<< +@\/([^\s{#]+)/gm),
    ],
  },
  mkdocs: {
    pages: /\.md$/,
    kinds: [must(/\{%-?\s*include-markdown\s+["']([^"'\n]+)["']/g)],
    ofRoot: [likely(/^[ \t]*-+8<-+[ \t]+["']([^"'\n:]+)/gm)],
  },
  mdbook: {
    pages: /\.md$/,
    kinds: [likely(/\{\{#(?:rustdoc_)?include\s+([^}\s:]+)/g)],
  },
  docusaurus: {
    pages: /\.mdx?$/,
    kinds: [
      must(/^import\s[^'"\n]*from\s+["'](?:!!raw-loader!)?(\.{1,2}\/[^"'\n]+\.\w+)["']/gm),
      must(/^import\s[^'"\n]*from\s+["']!!raw-loader!(\.{1,2}\/[^"'\n]+)["']/gm),
    ],
    ofRoot: [must(/^import\s[^'"\n]*from\s+["'](?:!!raw-loader!)?@site\/([^"'\n]+\.\w+)["']/gm)],
  },
}

/**
 * The files that pages take in and that are there.
 * @param folder of the pages, in the context
 * @param root the directory of the settings, in the context
 * @param isStrict a warning stops the program
 */
export function listPageIncludes(
  program: string,
  {folder, root, isStrict = false}: {folder: string; root: string; isStrict?: boolean},
  project: ProjectView,
): Need[] {
  const language = Object.hasOwn(LANGUAGES, program) ? LANGUAGES[program] : undefined
  if (language === undefined) return []
  const needs = project
    .readBelow(folder, language.pages)
    .flatMap((page) => [
      ...needsIn(withoutSamples(page), language.kinds, parentPath(page.path)),
      ...needsIn(withoutSamples(page), language.ofRoot ?? [], root),
    ])
  return needs
    .filter(({contextPath}) => project.has(contextPath) || project.findClosed(contextPath) !== null)
    .map((need) => (isStrict ? {...need, certainty: 'must' as const} : need))
}

/** A page on how to take in files shows it between fences. */
function withoutSamples({path, text}: SourceText): SourceText {
  const blanked = text.replace(/^(`{4,}|~{3,})(?![`~])[^\n]*\n.*?^\1/gms, (match) =>
    match.replace(/[^\n]+/g, ''),
  )
  return {path, text: blanked}
}
