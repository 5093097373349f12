import type {CatalogueEntry} from './catalogue-entry.js'

const RAILS = ['config/application.rb', 'bin/rails', 'config.ru']

/** Ruby and Rails. Its log/ and tmp/pids must exist at run time, so only what lies in them is named. */
export const RUBY: readonly CatalogueEntry[] = [
  {
    kind: 'ruby-gems',
    rule: 'vendor-bundle',
    title: 'Ruby gems',
    names: ['vendor/bundle'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {any: [{contains: ['ruby']}, {ancestorHas: ['Gemfile', 'gems.rb']}]},
    producers: ['bundle-install'],
  },
  {
    // remembers options of `bundle config`, some of them meant for the build
    kind: 'bundler-settings',
    rule: 'bundler-settings',
    title: 'Bundler settings of this machine',
    names: ['.bundle'],
    type: 'dir',
    disposition: 'doubtful',
  },
  {
    kind: 'rails-cache',
    rule: 'rails-cache',
    title: 'Rails cache',
    names: ['tmp/cache', 'tmp/miniprofiler', 'tmp/screenshots', 'tmp/capybara'],
    type: 'dir',
    disposition: 'junk',
    evidence: {ancestorHas: RAILS},
  },
  {
    kind: 'rails-storage',
    rule: 'rails-storage',
    title: 'files uploaded in development',
    names: ['storage', 'tmp/storage'],
    type: 'dir',
    disposition: 'doubtful',
    evidence: {all: [{ancestorHas: RAILS}, {sibling: ['Gemfile', 'pids', 'cache']}]},
  },
  {
    kind: 'rails-assets',
    rule: 'rails-assets',
    title: 'compiled Rails assets',
    names: ['public/assets', 'public/packs', 'public/packs-test', 'public/vite', 'public/vite-test'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      all: [
        {ancestorHas: RAILS},
        {
          containsAny: [
            '.sprockets-manifest-*',
            '.manifest.json',
            'manifest.json',
            'manifest-*.json',
            '.vite',
            '*-[0-9a-f]*.*',
          ],
        },
      ],
    },
    producers: ['rails-assets'],
  },
  {
    kind: 'ruby-tool-output',
    rule: 'ruby-tool-output',
    title: 'output of Ruby tools',
    names: ['.yardoc', '.sass-cache', '.jekyll-cache', '.rubocop_cache'],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'ruby-tool-output',
    rule: 'ruby-tool-output',
    title: 'output of Ruby tools',
    names: [
      '.byebug_history',
      '.pry_history',
      '.irb_history',
      'capybara-*.html',
      '.rspec_status',
      '.jekyll-metadata',
    ],
    type: 'file',
    disposition: 'junk',
  },
  {
    kind: 'built-gem',
    rule: 'built-gem',
    title: 'built Ruby gem',
    names: ['*.gem'],
    type: 'file',
    disposition: 'doubtful',
  },
]
