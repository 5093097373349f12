import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../exit-codes.js'
import {renderJson} from '../../render/json/render-json.js'
import {renderBuildExplanations} from '../../render/text/render-entries.js'
import type {BuildExplanation} from '../../report/entry.js'
import {explainPaths} from '../../services/entries/explain-paths.js'
import {BaseCommand, buildFlags} from '../base-command.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../flags/build-choice-flags.js'
import {given} from '../flags/given.js'
import {fillOptionalValues} from '../flags/optional-values.js'

export default class Why extends BaseCommand {
  static override summary = 'Explain why a path is sent, or is not'
  static override description =
    'Shows for each path whether it is sent, which line of the ignore file decides that, which instruction needs it, and which suggested line would keep it out, or why no line is suggested. Paths are relative to the working directory and need not exist. With several builds, each build has its own answer.'
  static override examples = [
    {description: 'One path', command: '<%= config.bin %> <%= command.id %> node_modules'},
    {
      description: 'Several, for another Dockerfile',
      command: '<%= config.bin %> <%= command.id %> src/app.js .env --file api/Dockerfile',
    },
  ]
  static override usage = '<%= command.id %> PATH... [--context DIR] [-f PATH] [--target STAGE] [OPTIONS]'
  static override strict = false
  static override args = {
    PATH: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'a path in the context; several may be given',
    }),
  }
  static override flags = {
    ...buildFlags,
    ...buildChoiceFlags,
    context: Flags.string({default: '.', helpValue: 'DIR', description: 'the build context'}),
    json: Flags.boolean({description: 'print the answers as JSON'}),
  }

  async run(): Promise<number> {
    this.argv = fillOptionalValues(this.argv, OPTIONAL_VALUE_FLAGS)
    const {argv, flags} = await this.parse(Why)
    const build = await this.readBuildOptions(flags.context, flags)
    const {indexDir = null} = build
    const builds = await explainPaths(
      {build, indexDir, ...given({choice: readBuildChoice(flags)})},
      argv as string[],
    )
    process.stdout.write(
      flags.json ? renderJson(toJson(builds)) : renderBuildExplanations(builds, this.screen),
    )
    return EXIT.ok
  }
}

/** The answers for one build stand alone, as those for several do not. */
function toJson(builds: readonly BuildExplanation[]) {
  const [first] = builds
  return builds.length === 1 ? {schemaVersion: 1, paths: first!.paths} : {schemaVersion: 1, builds}
}
