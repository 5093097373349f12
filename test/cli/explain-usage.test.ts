import assert from 'node:assert/strict'
import {explainUsage, type UsageError} from '../../src/cli/explain-usage.js'
import {runCli} from '../helpers/run-cli.js'

const COMMANDS = ['context', 'ls', 'hook:install', 'hook:status']

describe('explainUsage', () => {
  const cases: [error: UsageError, message: string, nextStep?: string][] = [
    [
      {message: 'command contxt:. not found'},
      'There is no command "contxt" (did you mean context?)',
      'Choose from context, ls, hook',
    ],
    [
      {message: 'command hook:instal:git not found'},
      'There is no command "hook instal" (did you mean hook install?)',
      'Choose from hook install, hook status',
    ],
    [{message: 'Command nope not found.'}, 'There is no command "nope"', 'Choose from context, ls, hook'],
    [
      {message: 'command completion not found'},
      'There is no command "completion"',
      'For that, type: shell-init bash, zsh or fish',
    ],
    [
      {message: 'command check:. not found'},
      'There is no command "check"',
      'For that, type: context DIR, or "hook check DIR" before a build',
    ],
    [
      {message: 'command constructor not found'},
      'There is no command "constructor"',
      'Choose from context, ls, hook',
    ],
    [{message: 'command --json not found'}, 'There is no command before "--json"'],
    [{message: 'command a\nb not found'}, 'There is no command "a\\nb"', 'Choose from context, ls, hook'],
    [{message: 'Flag --top expects a value\nSee more help with --help'}, 'Flag --top expects a value'],
    [
      {message: 'Nonexistent flag: --wirte', flags: ['--wirte'], parse: {input: {flags: {write: {}}}}},
      'There is no flag "--wirte" (did you mean --write?)',
    ],
    [{message: 'Unexpected argument: x', args: ['x']}, 'Too many arguments: "x"'],
    [{message: 'Command ls:x:y not found.'}, 'Too many arguments: "x", "y"'],
    [
      {
        message: 'Missing 1 required arg:\nKIND',
        args: [{name: 'KIND', description: 'a kind', options: ['git']}],
      },
      'Missing KIND: a kind',
      'Choose one of git',
    ],
    [
      {message: 'Expected --format=htm to be one of: text, html'},
      '--format: there is no "htm" (did you mean html?)',
      'Choose one of text, html',
    ],
    [{message: 'Expected zshell to be one of: bash, zsh'}, 'There is no "zshell"', 'Choose one of bash, zsh'],
    [{message: 'Parsing --top \n\\tExpected an integer but received: x'}, '--top: "x" is not a whole number'],
    [
      {message: 'Parsing --top \n\\tExpected an integer greater than or equal to 1 but received: 0'},
      '--top: "0" is not a whole number of at least 1',
    ],
    [
      {message: 'The following error occurred:\n  --diff=true cannot also be provided when using --write'},
      '--write and --diff exclude each other',
      'Leave one of them out',
    ],
    [
      {
        message:
          'The following error occurred:\n  All of the following must be provided when using --document: --against',
      },
      '--document needs --against',
      'Add --against',
    ],
  ]
  for (const [error, message, nextStep = 'Run with --help to see all commands and flags'] of cases) {
    it(`says ${message}`, () => {
      assert.deepEqual(explainUsage(error, COMMANDS), {message, nextStep})
    })
  }

  // oclif's own words are what is read: another release may change them.
  const calls: [args: string[], message: string][] = [
    [['contxt', '.'], 'There is no command "contxt" (did you mean context?)'],
    [['context', '--wirte'], 'There is no flag "--wirte" (did you mean --write?)'],
    [['context', '.', 'x'], 'Too many arguments: "x"'],
    [['context', '--format', 'htm'], '--format: there is no "htm" (did you mean html?)'],
    [['context', '--top', '0'], '--top: "0" is not a whole number of at least 1'],
    [['context', '--top', 'x'], '--top: "x" is not a whole number'],
    [['context', '--write', '--diff'], '--write and --diff exclude each other'],
    [['hook', 'install'], 'Missing KIND: the kind of hook'],
    [['install', 'x'], 'Too many arguments: "x"'],
    [['hook', 'install', 'gitt'], 'There is no "gitt" (did you mean git?)'],
  ]
  it('does not take a budget from the environment that says nothing', () => {
    const {status, stderr} = runCli(['hook', 'check', '.'], {env: {SLIM_CHECK_MAX_TRANSFER: '50Q'}})
    assert.match(stderr, /^Error: SLIM_CHECK_MAX_TRANSFER: "50Q" is not a size\n/)
    assert.equal(status, 2)
  })

  it('takes -h for --help', () => {
    for (const words of [[], ['ls'], ['hook']])
      assert.equal(runCli([...words, '-h']).stdout, runCli([...words, '--help']).stdout)
  })

  for (const [args, message] of calls) {
    it(`answers ${args.join(' ')}`, () => {
      const {status, stderr} = runCli(args)
      assert.equal(stderr.split('\n')[0], `Error: ${message}`)
      assert.equal(status, 2)
    })
  }
})
