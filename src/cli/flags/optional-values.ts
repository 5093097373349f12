const FILE_NAME = /\.(?:ya?ml|json|hcl)$/i

/**
 * Gives flags that may stand without a value an empty one, which oclif has no word for: `--compose .` is a flag and a
 * directory, `--compose compose.prod.yaml` a flag with a file.
 */
export function fillOptionalValues(argv: readonly string[], names: readonly string[]): string[] {
  const end = argv.indexOf('--')
  return argv.map((word, at) => {
    if (!names.includes(word) || (end >= 0 && at > end)) return word
    return FILE_NAME.test(argv[at + 1] ?? '') ? word : `${word}=`
  })
}
