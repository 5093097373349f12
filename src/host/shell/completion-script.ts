// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the code of shells
import type {Shell} from './shell-function.js'

/**
 * Completion of the direct command. It asks the program itself, by the protocol that Docker uses for its plugins, so
 * that there is one source of what may stand where, and nothing to renew after an update. `docker slimcheck` needs
 * none of it: Docker's own completion asks the plugin.
 */
const LINES: Record<Shell, readonly string[]> = {
  // Without the package bash-completion, and for the bash of macOS (3.2), which has no compopt: there files are
  // offered where nothing fits. "=" is a word of its own to readline.
  bash: [
    '_docker_slim_check() {',
    "  local word line directive=0 prefix='' IFS=$'\\n'",
    '  local -a words=()',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do',
    '    case "${#words[@]}:$word" in',
    '      0:*) words=("$word") ;;',
    "      *:=) words[${#words[@]} - 1]+='=' prefix=${words[${#words[@]} - 1]} ;;",
    '      *)',
    '        case "${words[${#words[@]} - 1]}" in',
    '          --*=) words[${#words[@]} - 1]+=$word ;;',
    '          *) words+=("$word") prefix=\'\' ;;',
    '        esac ;;',
    '    esac',
    '  done',
    '  COMPREPLY=()',
    '  while read -r line; do',
    '    case $line in',
    '      :*) directive=${line#:} ;;',
    '      *) line=${line%%$\'\\t\'*}; COMPREPLY+=("${line#"$prefix"}") ;;',
    '    esac',
    '  done < <(command docker-slim-check __complete "${words[@]}" 2>/dev/null)',
    '  case $directive in',
    '    4) compopt +o default 2>/dev/null ;;',
    '    16) compopt +o default -o dirnames 2>/dev/null ;;',
    '  esac',
    '}',
    'complete -o default -F _docker_slim_check docker-slim-check',
  ],
  zsh: [
    '_docker_slim_check() {',
    '  local line directive=0',
    '  local -a candidates=()',
    '  for line in "${(@f)$(command docker-slim-check __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do',
    '    case $line in',
    '      :*) directive=${line#:} ;;',
    "      *$'\\t'*) candidates+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\") ;;",
    '      ?*) candidates+=("${line//:/\\\\:}") ;;',
    '    esac',
    '  done',
    "  (( $#candidates )) && _describe -V 'docker-slim-check' candidates",
    '  case $directive in',
    '    0) _files ;;',
    '    16) _files -/ ;;',
    '  esac',
    '}',
    '(( $+functions[compdef] )) && compdef _docker_slim_check docker-slim-check',
  ],
  fish: [
    'function __docker_slim_check_complete',
    '    set -l words (commandline -opc)',
    '    set -l current (commandline -ct)',
    '    set -l lines (command docker-slim-check __complete $words[2..-1] "$current" 2>/dev/null)',
    "    string match --invert ':*' -- $lines",
    "    if contains -- ':0' $lines",
    '        __fish_complete_path "$current"',
    "    else if contains -- ':16' $lines",
    '        __fish_complete_directories "$current"',
    '    end',
    'end',
    "complete -c docker-slim-check -f -a '(__docker_slim_check_complete)'",
  ],
  powershell: [],
}

/** Writes what makes a shell complete `docker-slim-check`; nothing for PowerShell, where it could not be tested. */
export function createCompletionScript(shell: Shell): readonly string[] {
  return LINES[shell]
}
