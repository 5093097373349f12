import type {CatalogueEntry} from './catalogue-entry.js'
import {HAND_WRITTEN} from './signs.js'

/** What test runs leave behind. A directory called coverage may be a package of the program. */
export const TEST_RESULTS: readonly CatalogueEntry[] = [
  {
    kind: 'coverage-report',
    rule: 'coverage',
    title: 'coverage report',
    names: ['coverage', 'htmlcov', 'cover', 'lcov-report'],
    type: 'dir',
    disposition: 'junk',
    evidence: {
      all: [
        {
          containsAny: [
            'lcov.info',
            'lcov-report',
            'clover.xml',
            'coverage-final.json',
            'coverage-summary.json',
            'cobertura-coverage.xml',
            '.resultset.json',
            '.last_run.json',

            'coverage_html*.js',
            'prettify.css',
            'excoveralls.html',
            'tmp/coverage-*.json',
          ],
        },
        {not: {containsAny: HAND_WRITTEN}},
      ],
    },
  },
  {
    kind: 'coverage-report',
    rule: 'coverage',
    title: 'coverage report',
    names: ['htmlcov'],
    type: 'dir',
    disposition: 'junk',
    evidence: {containsAny: ['index.html', '.gitignore', 'status.json']},
  },
  {
    kind: 'coverage-data',
    rule: 'coverage-data',
    title: 'coverage data',
    names: ['.nyc_output', '.coverage_cache', '.v8-coverage'],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'coverage-data',
    rule: 'coverage-data',
    title: 'coverage data',
    names: [
      '.coverage',
      '.coverage.*',
      'lcov.info',
      '*.lcov',
      'coverage.xml',
      '*.gcda',
      '*.gcno',
      '*.gcov',
      '*.profraw',
      '*.profdata',
    ],
    type: 'file',
    disposition: 'junk',
    except: ['.coverage.rc'],
  },
  {
    kind: 'test-cache',
    rule: 'test-cache',
    title: 'cache of a test runner',
    names: [
      '.pytest_cache',
      '.hypothesis',
      '.jest-cache',
      '.jest',
      '.vitest-cache',
      '.mutmut-cache',
      '.stryker-tmp',
      '.testmondata',
    ],
    type: 'any',
    disposition: 'junk',
  },
  {
    // a part of the program may be about test results
    kind: 'browser-test-results',
    rule: 'browser-test-results',
    title: 'browser test results',
    names: ['playwright-report', 'blob-report', 'test-results'],
    type: 'dir',
    disposition: 'junk',
    evidence: {
      all: [
        {
          containsAny: [
            '.last-run.json',
            'index.html',
            '*.zip',
            '*.xml',
            '*-chromium*',
            '*-firefox*',
            '*-webkit*',
          ],
        },
        {not: {containsAny: HAND_WRITTEN}},
      ],
    },
  },
  {
    kind: 'browser-test-results',
    rule: 'browser-test-results',
    title: 'browser test results',
    names: ['cypress/videos', 'cypress/screenshots', 'cypress/downloads'],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'test-report',
    rule: 'test-report',
    title: 'test report',
    names: ['TestResults', 'allure-results', 'allure-report', 'spec/reports'],
    type: 'dir',
    disposition: 'junk',
    evidence: {
      all: [
        {containsAny: ['*.trx', '*.xml', '*.coverage', '*-*-*-*-*', '*-result.json', 'index.html']},
        {not: {containsAny: HAND_WRITTEN}},
      ],
    },
  },
  {
    kind: 'test-report',
    rule: 'test-report',
    title: 'test report',
    names: ['junit.xml', 'junit-report.xml', 'nosetests.xml', '*.trx', 'test-results.xml', 'test-report.xml'],
    type: 'file',
    disposition: 'junk',
  },
]
