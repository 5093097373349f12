import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../exit-codes.js'
import {escapeForTerminal} from '../../render/terminal/escape.js'
import {analyzeContext} from '../../services/context/analyze-context.js'
import {checkNoConfig, planInit, writeInitialConfig} from '../../services/install/init.js'
import {BaseCommand, buildFlags, contextArgument} from '../base-command.js'
import {noteInContext} from '../reports/deliver.js'

export default class Init extends BaseCommand {
  static override summary = 'Write a commented configuration, with budgets that fit the context'
  static override description =
    'Measures the context and writes .slim-check.yaml into it. Each budget is what is sent after the + suggestions, plus room to grow. An existing configuration is never overwritten.'
  static override examples = [
    {
      description: 'Write .slim-check.yaml with budgets that fit',
      command: '<%= config.bin %> <%= command.id %>',
    },
    {description: 'See it first', command: '<%= config.bin %> <%= command.id %> --dry-run'},
  ]
  static override usage = '<%= command.id %> [DIR] [-f PATH] [--target STAGE] [--dry-run] [OPTIONS]'
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    'dry-run': Flags.boolean({description: 'print the configuration, and write nothing'}),
  }

  async run(): Promise<number> {
    const {args, flags} = await this.parse(Init)
    const options = {contextDir: args.DIR}
    const above = flags['dry-run'] ? null : await checkNoConfig(options)
    const report = await analyzeContext(await this.readBuildOptions(args.DIR, flags))
    const config = planInit(options, report)
    if (flags['dry-run']) {
      process.stdout.write(config.text)
      return EXIT.ok
    }
    writeInitialConfig(config)
    process.stdout.write(`Created ${escapeForTerminal(config.shown)}\n`)
    noteInContext(config.shown, args.DIR)
    if (above !== null) process.stdout.write(`In this directory it replaces ${escapeForTerminal(above)}\n`)
    return EXIT.ok
  }
}
