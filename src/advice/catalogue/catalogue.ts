import {AI_TOOLS} from './ai-tools.js'
import {ARCHIVES_AND_MEDIA} from './archives-and-media.js'
import type {CatalogueEntry} from './catalogue-entry.js'
import {CI} from './ci.js'
import {CREDENTIALS} from './credentials.js'
import {DATABASES} from './databases.js'
import {DOCKER} from './docker.js'
import {DOCS_AND_TESTS} from './docs-and-tests.js'
import {DOTNET} from './dotnet.js'
import {EDITORS} from './editors.js'
import {ELIXIR} from './elixir.js'
import {GO} from './go.js'
import {JVM} from './jvm.js'
import {LOGS_AND_TEMP} from './logs-and-temp.js'
import {MACHINE_LEARNING} from './machine-learning.js'
import {MOBILE_AND_MORE} from './mobile-and-more.js'
import {NATIVE} from './native.js'
import {NEXT_AND_WEB} from './next-and-web.js'
import {NODE} from './node.js'
import {OPERATING_SYSTEMS} from './operating-systems.js'
import {PHP} from './php.js'
import {PYTHON} from './python.js'
import {RUBY} from './ruby.js'
import {RUST} from './rust.js'
import {SECRETS} from './secrets.js'
import {SITES} from './sites.js'
import {TERRAFORM} from './terraform.js'
import {TEST_RESULTS} from './test-results.js'
import {VERSION_CONTROL} from './version-control.js'

/**
 * Every kind of path we know, in order of precedence: what a path is, the first entry that holds says.
 * Secrets come before everything, what a tool certainly made before what only looks like it.
 */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...SECRETS,
  ...CREDENTIALS,
  ...VERSION_CONTROL,
  ...NODE,
  ...NEXT_AND_WEB,
  ...SITES,
  ...PYTHON,
  ...RUST,
  ...PHP,
  ...GO,
  ...JVM,
  ...DOTNET,
  ...RUBY,
  ...ELIXIR,
  ...NATIVE,
  ...MOBILE_AND_MORE,
  ...TERRAFORM,
  ...OPERATING_SYSTEMS,
  ...DATABASES,
  ...TEST_RESULTS,
  ...EDITORS,
  ...AI_TOOLS,
  ...CI,
  ...DOCKER,
  ...MACHINE_LEARNING,
  // after those that know their kind of log, cache and archive
  ...LOGS_AND_TEMP,
  ...ARCHIVES_AND_MEDIA,
  ...DOCS_AND_TESTS,
]
