/** Where Dockerfiles are looked for, as glob patterns. */
export const DOCKERFILE_PATTERNS = [
  '**/{Dockerfile,dockerfile,Containerfile}',
  '**/{Dockerfile,Containerfile}.*',
  '**/*.{Dockerfile,dockerfile}',
]

/** What each name has in it that the patterns can match. */
export const NAME_PART = /dockerfile|containerfile/i

/** Endings of templates: a Dockerfile is made of them, they are none. */
const TEMPLATES =
  'j2,jinja,jinja2,erb,eex,heex,tmpl,tpl,template,in,mustache,hbs,handlebars,ejs,gotmpl,liquid,njk,twig,tt,m4,sample,example'

/** What is never looked into, or is no Dockerfile: other people's code, build output, templates, backups. */
export const IGNORED_PATTERNS = [
  '**/{node_modules,bower_components,vendor,.git,.hg,.svn,site-packages,dist-packages,__pycache__}/**',
  '**/{.venv,venv,.virtualenv,virtualenv,.tox,.nox,.cache,.npm,.yarn,.pnpm-store,.gradle,.terraform}/**',
  '**/{dist,.next,.nuxt,.output,.turbo,.parcel-cache,.svelte-kit,coverage,Pods,DerivedData}/**',
  '**/*.{dockerignore,containerignore,bak,backup,old,orig,rej,save,swp,tmp,md,rst,txt,html,json,yaml,yml,sh}',
  `**/*.{${TEMPLATES}}`,
  '**/*~',
]

/** Tells by its name whether a file is a template of one. */
export function isTemplate(name: string): boolean {
  return new RegExp(`\\.(?:${TEMPLATES.replaceAll(',', '|')})$`).test(name)
}

/** Deeper ones are not looked for. */
export const MAX_DEPTH = 10

/** More are not listed. */
export const MAX_DOCKERFILES = 300
