import type {ShellCommand} from '../../../languages/scripts/shell-command.js'

/** Calls that ready a package manager or a shell, whatever they are given. */
const PREPARES =
  /^(?:corepack (?:enable|prepare)\b|mix local\.(?:hex|rebar)(?: --\S+)*$|set -\w+$|set -o \w+$|echo\b|true$|:$)/

/** A value that is no file: a word, a number, an address. */
const VALUE = String.raw`(?:(?!file:)[\w+-]+:\/\/\S+|[\w@.,:|*$-]+)`

/** Settings that name no file, each with its call; another one may have an install read the project, or write there. */
const SETTINGS: readonly string[] = [
  `(?:npm|pnpm) (?:config|c) set (?:(?:--global|-g|--location[= ](?:global|user|project)) )*(?:(?:@[\\w.-]+:)?registry|//\\S+|fund|audit|loglevel|progress|update-notifier|strict-ssl|unsafe-perm|legacy-peer-deps|engine-strict|save-exact|package-lock|maxsockets|fetch-[\\w-]+|network-[\\w-]+|prefer-offline|color|node-linker|shamefully-hoist|auto-install-peers|always-auth|_auth\\w*)[= ]${VALUE}(?: -g| --global)*`,
  `yarn config set (?:-H |--home )?(?:(?:@[\\w.-]+:)?registry|network-timeout|strict-ssl|enableTelemetry|enableImmutableInstalls|enableGlobalCache|enableProgressBars|nodeLinker|npmRegistryServer|npmAuthToken|httpTimeout|networkConcurrency|compressionLevel|disable-self-update-check)[= ]${VALUE}(?: -g| --global)*`,
  `bundle config (?:set )?(?:(?:--global|--local) )?(?:without|with|jobs|retry|timeout|clean|no-prune|force_ruby_platform|silence_root_warning|ignore_messages|disable_shared_gems|specific_platform)[= ]${VALUE}(?: ${VALUE})*`,
  'bundle config (?:set )?(?:(?:--global|--local) )?(?:frozen|deployment)[= ](?:true|1)',
  'bundle config (?:set )?(?:(?:--global|--local) )?path[= ](?:vendor/bundle|/usr/\\S+)',
  `poetry config (?:--local )?(?:virtualenvs\\.(?:create|in-project|options\\.[\\w.-]+|prefer-active-python)|installer\\.[\\w.-]+|experimental\\.[\\w.-]+|keyring\\.enabled|http-basic\\.[\\w.-]+|pypi-token\\.[\\w.-]+|repositories\\.[\\w.-]+|warnings\\.[\\w.-]+)(?: ${VALUE})+`,
  'go env -w(?: (?:GOPROXY|GOPRIVATE|GONOPROXY|GONOSUMDB|GONOSUMCHECK|GOSUMDB|GOINSECURE|GOVCS|GO111MODULE|GOTOOLCHAIN|GOOS|GOARCH|CGO_ENABLED)=(?!\\S*file:)[\\w@.,:|*/+-]*)+',
]

/** The second word of each. */
const SETS = /^(?:config|c|env)$/

function isSetting(call: string): boolean {
  return SETTINGS.some((one) => new RegExp(`^${one}$`).test(call))
}

/** Tells whether a command readies a package manager, and reads nothing of the project. */
export function isPreparation({words}: Pick<ShellCommand, 'words'>): boolean {
  const call = words.join(' ')
  if (words.some((word) => word.includes('$('))) return false
  return PREPARES.test(call) || (SETS.test(words[1] ?? '') && isSetting(call))
}
