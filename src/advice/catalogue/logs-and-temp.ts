import type {CatalogueEntry} from './catalogue-entry.js'
import {NOT_A_FIXTURE} from './signs.js'

/**
 * Logs, caches, backups. Directories called log, logs or tmp are not named: programs expect to find them,
 * and sources have modules of that name. The files in them speak for themselves.
 */
export const LOGS_AND_TEMP: readonly CatalogueEntry[] = [
  {
    kind: 'log-files',
    rule: 'log-files',
    title: 'log file',
    names: [
      '*.log',
      '*.log.[0-9]*',
      '*.log.gz',
      '*.log.old',
      'npm-debug.log*',
      'yarn-debug.log*',
      'yarn-error.log*',
      'pnpm-debug.log*',
      'lerna-debug.log*',
      'report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.json',
      'nohup.out',
    ],
    type: 'file',
    disposition: 'junk',
    evidence: NOT_A_FIXTURE,
  },
  {
    // tagged as the Cache Directory Tagging Specification says, by any tool
    kind: 'tagged-cache',
    rule: 'tagged-cache',
    title: 'cache directory',
    names: ['*'],
    type: 'dir',
    disposition: 'junk',
    evidence: {contains: ['CACHEDIR.TAG']},
  },
  {
    kind: 'hidden-cache',
    rule: 'hidden-cache',
    title: 'cache or temporary directory',
    names: ['.cache', '.tmp', '.temp'],
    type: 'dir',
    disposition: 'doubtful',
  },
  {
    kind: 'backup-files',
    rule: 'backup-files',
    title: 'backup or leftover of a merge',
    names: ['*.bak', '*.orig', '*.rej'],
    type: 'file',
    disposition: 'junk',
    evidence: NOT_A_FIXTURE,
  },
  {
    kind: 'temporary-files',
    rule: 'temporary-files',
    title: 'temporary file',
    names: ['*.tmp', '*.temp'],
    type: 'file',
    disposition: 'junk',
    evidence: NOT_A_FIXTURE,
  },
  {
    kind: 'pid-files',
    rule: 'pid-files',
    title: 'process id file',
    names: ['*.pid', '*.pid.lock'],
    type: 'file',
    disposition: 'junk',
  },
  {
    kind: 'memory-profiles',
    rule: 'memory-profiles',
    title: 'profile of a process',
    names: ['*.heapsnapshot', '*.heapprofile', '*.cpuprofile', 'isolate-0x*-v8.log', '.clinic'],
    type: 'any',
    disposition: 'junk',
  },
]
