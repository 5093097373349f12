const NOTE = /^# without (.+), which this build probably needs\.\r?$/m

/** The end of the comment over an ignore file that leaves lines out, since its build probably needs what they match. */
export function writeNeededNote(patterns: readonly string[]): string {
  return `without ${patterns.join(', ')}, which this build probably needs.`
}

/** The lines that an ignore file leaves out for that reason; none where it has no such comment. */
export function readNeededNote(content: Uint8Array): string[] {
  const [, patterns] = NOTE.exec(Buffer.from(content).toString()) ?? []
  return patterns?.split(', ') ?? []
}
