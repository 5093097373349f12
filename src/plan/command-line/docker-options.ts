/** Docker's global options that take their value from the next argument. */
const VALUE_OPTIONS: ReadonlySet<string> = new Set(
  '--context --host --config --log-level --tlscacert --tlscert --tlskey'.split(' '),
)

/** Tells whether an option of Docker's own takes the next argument: `--host`, `-H`, `-DH`; not `-Hunix:///x`. */
export function takesNextArgument(option: string): boolean {
  return VALUE_OPTIONS.has(option) || /^-[Dhv]*[cHl]$/.test(option)
}
