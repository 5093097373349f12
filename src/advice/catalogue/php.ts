import type {CatalogueEntry} from './catalogue-entry.js'

const LARAVEL = ['artisan']
const SYMFONY = ['symfony.lock', 'bin/console', 'config/bundles.php']

/** Composer, Laravel, Symfony, WordPress. Frameworks write into storage/ and var/, so these stay. */
export const PHP: readonly CatalogueEntry[] = [
  {
    kind: 'composer-packages',
    rule: 'composer-vendor',
    title: 'Composer packages',
    names: ['vendor'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      any: [
        {contains: ['autoload.php', 'composer']},
        {all: [{contains: ['composer/installed.json']}, {sibling: ['composer.json']}]},
      ],
    },
    producers: ['composer-install'],
  },
  {
    kind: 'composer-program',
    rule: 'composer-program',
    title: 'Composer itself',
    names: ['composer.phar'],
    type: 'file',
    disposition: 'doubtful',
  },
  {
    kind: 'laravel-assets',
    rule: 'laravel-assets',
    title: 'compiled Laravel assets',
    names: ['public/build'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {all: [{ancestorHas: LARAVEL}, {containsAny: ['manifest.json', '.vite', 'assets']}]},
    producers: ['js-build'],
  },
  {
    // while it exists the application asks a development server for its assets
    kind: 'laravel-hot-file',
    rule: 'laravel-hot-file',
    title: 'mark of a running Vite server',
    names: ['public/hot'],
    type: 'file',
    disposition: 'junk',
    evidence: {ancestorHas: LARAVEL},
  },
  {
    kind: 'laravel-state',
    rule: 'laravel-state',
    title: 'Laravel runtime data',
    names: [
      'storage/framework/views/*.php',
      'storage/framework/sessions/*',
      'storage/framework/cache/data/*',
      'bootstrap/cache/*.php',
    ],
    type: 'any',
    disposition: 'junk',
    evidence: {ancestorHas: LARAVEL},
    except: ['.gitignore', '.gitkeep', '.keep'],
  },
  {
    kind: 'symfony-state',
    rule: 'symfony-state',
    title: 'Symfony cache and sessions',
    names: ['var/cache', 'var/sessions'],
    type: 'dir',
    disposition: 'junk',
    evidence: {ancestorHas: SYMFONY},
  },
  {
    kind: 'wordpress-uploads',
    rule: 'wordpress-uploads',
    title: 'WordPress uploads and caches',
    names: ['wp-content/uploads', 'wp-content/cache', 'wp-content/upgrade', 'wp-content/backups'],
    type: 'dir',
    disposition: 'doubtful',
  },
  {
    kind: 'php-tool-cache',
    rule: 'php-tool-cache',
    title: 'cache of PHP tools',
    names: [
      '.phpunit.result.cache',
      '.php-cs-fixer.cache',
      '.php_cs.cache',
      '.phplint.cache',
      '.phpcs-cache',
    ],
    type: 'file',
    disposition: 'junk',
  },
  {
    kind: 'php-tool-cache',
    rule: 'php-tool-cache',
    title: 'cache of PHP tools',
    names: ['.phpunit.cache', '.phpstan.cache', '.phpdoc', '.psalm/cache'],
    type: 'dir',
    disposition: 'junk',
  },
]
