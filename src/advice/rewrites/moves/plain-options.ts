/** Options that stand alone and read no file; a letter that takes a value is not among the letters. */
const PLAIN_OPTION: Readonly<Record<string, RegExp>> = {
  apt: /^(?:-[yqudVfmf]+|-q=\d|--(?:assume-)?yes|--(?:no-)?install-(?:recommends|suggests)|--allow-[a-z-]+|--fix-[a-z]+|--force-yes|--reinstall|--(?:only|no)-upgrade|--with-new-pkgs|--purge|--auto-?remove|--no-remove|--quiet|--ignore-missing|--download-only|--update|--no-show-upgraded|--show-progress|--error-on=any)$/,
  apk: /^(?:-[qfuUlv]+|--(?:no-cache|no-progress|quiet|verbose|update|update-cache|upgrade|latest|available|allow-untrusted|force\S*|clean-protected|no-scripts|no-network|purge|no-check-certificate|cache-max-age=\d+|wait=\d+|virtual=[\w.+-]+|timeout=\d+))$/,
  dnf: /^(?:-[yqvd]+|--(?:assumeyes|quiet|nodocs|best|nobest|refresh|allowerasing|skip-broken|nogpgcheck|noplugins|setopt=(?:install_weak_deps|tsflags|keepcache|max_parallel_downloads|fastestmirror|retries|timeout|skip_if_unavailable|\w+\.enabled)=\w*|enablerepo=[\w.*,-]+|disablerepo=[\w.*,-]+|enable-?plugin=[\w.*,-]+|exclude=[\w.*,-]+|releasever=[\w.]+|forcearch=\w+|disableplugin=[\w.*,-]+))$/,
  zypper:
    /^(?:-[nqvyl]+|--(?:non-interactive|quiet|gpg-auto-import-keys|no-recommends|no-confirm|no-gpg-checks|auto-agree-with-licenses|force|force-resolution|no-refresh))$/,
  gem: /^(?:-[NVqf]+|--(?:no-document|no-(?:ri|rdoc)|no-user-install|user-install|conservative|minimal-deps|force|quiet|silent|verbose|pre|prerelease|system|default|env-shebang|version=[\w.~>= ]+))$/,
  npm: /^(?:-[gfsqE]+|--(?:global|location=global|silent|quiet|verbose|force|unsafe-perm(?:=\w+)?|legacy-peer-deps|prefer-offline|production|ignore-scripts|allow-root|save-exact|engine-strict(?:=\w+)?|(?:no-)?(?:audit|fund|optional|progress|update-notifier|save|color)(?:=\w+)?|omit=\w+|only=\w+|loglevel=\w+|registry=https?:\S+|(?:fetch|network)-[\w-]+=\d+))$/,
}

/** Options with a word behind them, or behind \`=\`, that names no file. */
const NAMING_OPTION: Readonly<Record<string, RegExp>> = {
  apt: /^(?:-t|-a|--(?:target|default)-release|--host-architecture)$/,
  apk: /^(?:-t|--virtual|--arch|--cache-max-age|--wait|--timeout)$/,
  dnf: /^(?:-x|-[de]|--(?:enablerepo|disablerepo|exclude|releasever|forcearch|debuglevel|errorlevel|repo))$/,
  zypper: /^(?:-t|--type|-r|--repo|--from)$/,
  gem: /^(?:-v|--version|--platform)$/,
  npm: /^$/,
}

/** Settings of apt and dpkg that name no file. */
const APT_SETTING =
  /^(?:(?:Acquire|APT|Debug|quiet)(?!\S*(?:Ca(?:Info|Path)|Ssl|Crl|Cache(?:=|::\w*=)|Dir|Config|Command))[\w:-]*=\S*|D[Pp]kg::(?:Options::=--force-[\w-]+|Use-Pty=\w+|Lock::Timeout=-?\d+|Progress-Fancy=\w+))$/

/** Options with an address of a repository. */
const OF_REPOSITORY = /^(?:-X|--repository|-s|--source|--clear-sources|--registry)$/

const SAME_OPTIONS: Readonly<Record<string, string>> = {
  'apt-get': 'apt',
  yum: 'dnf',
  microdnf: 'dnf',
  pnpm: 'npm',
  yarn: 'npm',
}

/**
 * Tells whether each option of an install names no file by a relative path, which it would look for in the source. An
 * absolute one is looked at elsewhere.
 */
export function hasPlainOptions(program: string, args: readonly string[]): boolean {
  const kind = SAME_OPTIONS[program] ?? program
  const [plain, naming] = [PLAIN_OPTION[kind], NAMING_OPTION[kind]]
  if (plain === undefined || naming === undefined) return false
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!
    if (!word.startsWith('-') || plain.test(word)) continue
    const [, option = word, attached] = /^(--[\w-]+)=(.*)$/.exec(word) ?? /^(-[oX])(.+)$/.exec(word) ?? []
    const value = attached ?? args[++at] ?? ''
    if (value.startsWith('/')) continue
    const isName = naming.test(option) && /^[\w.+*:,~-]+$/.test(value)
    const isSetting = kind === 'apt' && /^(?:-o|--option)$/.test(option) && APT_SETTING.test(value)
    const isAddress = OF_REPOSITORY.test(option) && /^(?:@[\w-]+ )?https?:/.test(value)
    if (!isName && !isSetting && !isAddress) return false
  }
  return true
}
