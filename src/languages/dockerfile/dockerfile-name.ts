/** Programs fill these in: what comes out is the Dockerfile. */
export const TEMPLATE_ENDINGS: readonly string[] =
  'j2 jinja jinja2 erb eex heex leex tmpl tpl gotmpl gotpl template tt twig liquid njk mustache handlebars hbs ejs mako epp ftl vm m4 in sample example'.split(
    ' ',
  )

/** Documents, data, scripts and sources that are about a Dockerfile, and copies that nobody builds. */
const OTHER_ENDINGS: readonly string[] =
  'dockerignore containerignore bak backup old orig rej save swp tmp md mdx rst txt html json yaml yml toml sh ps1 bat patch diff log jsx tsx vue svelte exs'.split(
    ' ',
  )

const NAMES = [
  /^(?:[Dd]ockerfile|Containerfile)$/,
  /^(?:Dockerfile|Containerfile)[._-]./,
  /.\.[Dd]ockerfile$/,
]

const OTHERS = new RegExp(`(?:~|\\.(?:${[...OTHER_ENDINGS, ...TEMPLATE_ENDINGS].join('|')}))$`, 'i')

/** Tells whether a file is called as Dockerfiles are: `Dockerfile`, `Dockerfile.dev`, `Dockerfile-arm`, `Dockerfile_arm`, `web.Dockerfile`. */
export function isDockerfileName(name: string): boolean {
  return NAMES.some((one) => one.test(name)) && !OTHERS.test(name)
}
