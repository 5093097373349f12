import * as Flags from '@oclif/core/flags'
import {SlimCheckError} from '../../errors.js'
import {EXIT} from '../../exit-codes.js'
import {writeOutput} from '../../host/terminal/write-output.js'
import {formatCount} from '../../languages/text/amounts.js'
import {renderJsonList} from '../../render/json/render-json.js'
import {escapeForTerminal} from '../../render/terminal/escape.js'
import {
  renderIgnored,
  renderLongEntries,
  renderNullSeparated,
  renderPaths,
} from '../../render/text/render-entries.js'
import type {Entry, IgnoredEntry} from '../../report/entry.js'
import {
  explainTransfer,
  hasDockerfile,
  iterateTransfer,
  listIgnored,
} from '../../services/entries/list-entries.js'
import {askOneBuild} from '../../services/load/ask-builds.js'
import {BaseCommand, buildFlags, contextArgument} from '../base-command.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../flags/build-choice-flags.js'
import {given} from '../flags/given.js'
import {fillOptionalValues} from '../flags/optional-values.js'
import {noteInContext} from '../reports/deliver.js'

export default class Ls extends BaseCommand {
  static override summary = 'List the entries that docker build will send'
  static override description =
    'Prints one file, directory or link a line, in the order in which BuildKit sends them.'
  static override examples = [
    {description: 'What is sent, in the order of Docker', command: '<%= config.bin %> <%= command.id %> .'},
    {
      description: 'With types, modes and sizes',
      command: '<%= config.bin %> <%= command.id %> --long --file api/Dockerfile .',
    },
    {
      description: 'What is ignored, and by which line',
      command: '<%= config.bin %> <%= command.id %> --ignored',
    },
  ]
  static override usage =
    '<%= command.id %> [DIR] [-f PATH] [--target STAGE] [--long | --ignored | --output-context FILE.tar] [--null | --json] [OPTIONS]'
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    ...buildChoiceFlags,
    long: Flags.boolean({
      char: 'l',
      exclusive: ['null', 'ignored'],
      description: 'show mode, size and the instruction that needs each entry',
    }),
    null: Flags.boolean({
      exclusive: ['json'],
      description: '(-0) end each path with NUL and escape nothing',
    }),
    ignored: Flags.boolean({
      description:
        'list what is ignored instead, each with the line that ignores it; the content of an ignored directory is not listed',
    }),
    bytes: Flags.boolean({description: 'show every byte instead of rounded sizes'}),
    json: Flags.boolean({description: 'print the entries as JSON'}),
    'output-context': Flags.string({
      exclusive: ['long', 'null', 'ignored', 'json'],
      helpValue: 'FILE.tar',
      description:
        'write the entries with their contents as a tar ("-": to standard output) instead of a list',
    }),
  }

  async run(): Promise<number> {
    // oclif takes -0 for a negative number.
    const words = this.argv.map((argument) => (argument === '-0' ? '--null' : argument))
    const argv = fillOptionalValues(words, OPTIONAL_VALUE_FLAGS)
    const {args, flags} = await this.parse(Ls, argv)
    const {indexDir = null, ...build} = await this.readBuildOptions(args.DIR, flags)
    const options = {...(await askOneBuild({build, ...given({choice: readBuildChoice(flags)})})), indexDir}
    if (!hasDockerfile(options)) {
      process.stderr.write(
        'There is no Dockerfile here, so everything that is not ignored is listed. Name a Dockerfile with --file\n',
      )
    }
    const file = flags['output-context']
    if (file === '-' && process.stdout.isTTY) {
      throw new SlimCheckError('bad-flag', {
        message: '--output-context -: a tar cannot be shown on a terminal',
        nextStep: 'Name a file, or send the output to a program: … --output-context - | tar t',
      })
    }
    if (file !== undefined) {
      const {writeTransferTar} = await import('../../services/entries/write-transfer-tar.js')
      const entryCount = await writeTransferTar(options, file)
      process.stderr.write(
        `Wrote ${formatCount(entryCount)} entries to ${file === '-' ? 'standard output' : escapeForTerminal(file)}\n`,
      )
      if (file !== '-') noteInContext(file, args.DIR)
      return EXIT.ok
    }
    const write = <Listed extends Entry | IgnoredEntry>(
      entries: Iterable<Listed>,
      renderText: (entries: Iterable<Listed>) => Iterable<string>,
    ): Promise<void> => {
      if (flags.json) return writeOutput(renderJsonList('entries', entries))
      return writeOutput(flags.null ? renderNullSeparated(entries) : renderText(entries))
    }
    if (flags.ignored)
      await write(await listIgnored(options), (entries) => renderIgnored(entries, this.screen))
    else if (flags.long)
      await write(await explainTransfer(options), (entries) =>
        renderLongEntries(entries, this.screen, flags.bytes),
      )
    else await write(await iterateTransfer(options), renderPaths)
    return EXIT.ok
  }
}
