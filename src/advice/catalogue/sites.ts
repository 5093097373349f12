import type {CatalogueEntry} from './catalogue-entry.js'

/** What generators of sites write: the settings of the generator stand beside it. */
export const SITES: readonly CatalogueEntry[] = [
  site(
    'hugo-site',
    ['public'],
    ['hugo.toml', 'hugo.yaml', 'hugo.yml', 'hugo.json', 'archetypes'],
    ['content'],
  ),
  site('zola-site', ['public'], ['config.toml'], ['content', 'templates', 'sass', 'themes']),
  site('hexo-site', ['public'], ['_config.yml'], ['source']),
  site('jekyll-site', ['_site'], ['_config.yml', '_config.yaml', '_config.toml']),
  site('eleventy-site', ['_site'], ['.eleventy.js', 'eleventy.config.*']),
  site('mkdocs-site', ['site'], ['mkdocs.yml', 'mkdocs.yaml']),
  site('mdbook-site', ['book'], ['book.toml']),
  {
    kind: 'sphinx-site',
    rule: 'site-output',
    title: 'output of a site generator',
    names: ['_build', 'build'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      all: [{sibling: ['conf.py', 'make.bat']}, {containsAny: ['html', 'doctrees', 'dirhtml', 'latex']}],
    },
    producers: ['site-build'],
  },
]

/** @param settings one of them stands beside it @param beside one of these, too, where the settings' names say little */
function site(
  kind: string,
  names: readonly string[],
  settings: readonly string[],
  beside?: readonly string[],
): CatalogueEntry {
  return {
    kind,
    rule: 'site-output',
    title: 'output of a site generator',
    names,
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      all: [
        {sibling: settings},
        ...(beside === undefined ? [] : [{sibling: beside}]),
        {containsAny: ['index.html', 'index.xml', 'sitemap.xml', '404.html', 'feed.xml']},
      ],
    },
    producers: kind === 'eleventy-site' ? ['js-build'] : ['site-build'],
  }
}
