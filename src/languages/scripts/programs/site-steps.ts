import type {Recognizer} from '../action.js'

/** The subcommands of site generators that write the site; `server` and `serve` show it only. */
const BUILDS: Readonly<Record<string, RegExp>> = {
  hugo: /^(?:build)?$/,
  zola: /^build$/,
  hexo: /^(?:g|generate)$/,
  jekyll: /^(?:b|build)$/,
  mkdocs: /^build$/,
  mdbook: /^build$/,
  'sphinx-build': /^/,
}

/** Programs that make a site of pages. */
export const recognizeSite: Recognizer = (args, program) => {
  if (!Object.hasOwn(BUILDS, program) || !BUILDS[program]!.test(args.plain[0] ?? '')) return null
  if (args.has('--help', '--version')) return null
  const directory = program === 'sphinx-build' ? undefined : args.valueOf('--source', '--root', '-s')
  return {makes: ['site-build'], ...(directory !== undefined && {in: directory})}
}
