/** The shells that `docker slim-check` can be spelled in. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

const SPELLING = 'docker slim-check'

// The keyword keeps an alias of the same name from being expanded in the definition.
const POSIX_LINES = [
  'function docker {',
  `  case "\${1-} \${2-}" in`,
  `    'slim-check '*) shift; SLIM_CHECK_SPELLING='${SPELLING}' command docker slimcheck "$@" ;;`,
  "    'help slim-check' | '__complete slim-check')",
  `      SLIM_CHECK_SPELLING='${SPELLING}' command docker "$1" slimcheck "\${@:3}" ;;`,
  '    *) command docker "$@" ;;',
  '  esac',
  '}',
]

const LINES: Record<Shell, readonly string[]> = {
  bash: POSIX_LINES,
  zsh: POSIX_LINES,
  fish: [
    'function docker',
    '    if test "$argv[1]" = slim-check',
    `        SLIM_CHECK_SPELLING='${SPELLING}' command docker slimcheck $argv[2..-1]`,
    "    else if contains -- \"$argv[1..2]\" 'help slim-check' '__complete slim-check'",
    `        SLIM_CHECK_SPELLING='${SPELLING}' command docker $argv[1] slimcheck $argv[3..-1]`,
    '    else',
    '        command docker $argv',
    '    end',
    'end',
  ],
  powershell: [
    'function docker {',
    '  $program = Get-Command docker -CommandType Application -TotalCount 1',
    '  $words = $args',
    "  if ($args.Count -gt 0 -and $args[0] -ceq 'slim-check') {",
    "    $words = @('slimcheck') + @($args | Select-Object -Skip 1)",
    `    $env:SLIM_CHECK_SPELLING = '${SPELLING}'`,
    '  }',
    '  try {',
    '    if ($MyInvocation.ExpectingInput) { $input | & $program @words } else { & $program @words }',
    '  } finally {',
    '    Remove-Item Env:SLIM_CHECK_SPELLING -ErrorAction SilentlyContinue',
    '  }',
    '}',
  ],
}

/**
 * Writes a function `docker` that hands `slim-check` to the plugin and everything else to the real docker untouched.
 * Docker's own completion runs `docker __complete …` in the shell, and so through the function.
 */
export function createShellFunction(shell: Shell): readonly string[] {
  return LINES[shell]
}

/** The environment that start-up files depend on. */
export interface ShellSurroundings {
  homeDir: string
  platform: string
  env: Readonly<Record<string, string | undefined>>
}

/** Finds the file that a shell reads when a terminal opens; null where only the shell itself can tell. */
export function findStartupFile(shell: Shell, {homeDir, platform, env}: ShellSurroundings): string | null {
  switch (shell) {
    case 'bash':
      // Terminals of macOS start login shells, which do not read .bashrc.
      return `${homeDir}/${platform === 'darwin' ? '.bash_profile' : '.bashrc'}`
    case 'zsh':
      return `${env.ZDOTDIR || homeDir}/.zshrc`
    case 'fish':
      return `${env.XDG_CONFIG_HOME || `${homeDir}/.config`}/fish/config.fish`
    case 'powershell':
      return null
  }
}

/** Tells the user's shell by `$SHELL`; null for one that is not known. */
export function detectShell(shellPath: string | undefined): Shell | null {
  const name = shellPath?.split('/').at(-1)
  if (name === 'pwsh') return 'powershell'
  return SHELLS.find((shell) => shell === name) ?? null
}
