import {readFileOrNull} from '../../host/files/change-files.js'
import {type CompletableCommand, completeWords} from '../../host/shell/complete.js'

/**
 * Completes a command line for a shell. The commands come from oclif's manifest, which loads nothing; a checkout has
 * none and asks oclif itself.
 * @param manifestPath of `oclif.manifest.json`
 */
export async function complete(
  words: readonly string[],
  manifestPath: string,
  loadCommands: () => Promise<readonly CompletableCommand[]>,
): Promise<string> {
  const content = readFileOrNull(manifestPath)
  const commands = content === null ? await loadCommands() : readManifest(content)
  return completeWords(commands, words)
}

function readManifest(content: Uint8Array): readonly CompletableCommand[] {
  const {commands} = JSON.parse(Buffer.from(content).toString()) as {
    commands: Record<string, CompletableCommand>
  }
  return Object.values(commands)
}
