/** Where Dockerfiles are looked for, as glob patterns. The name of each decides. */
export const DOCKERFILE_PATTERNS = ['**/*{Dockerfile,dockerfile,Containerfile}*']

/** What each name has in it that the patterns can match. */
export const NAME_PART = /dockerfile|containerfile/i

/** What is never looked into: other people's code, build output. */
export const IGNORED_PATTERNS = [
  '**/{node_modules,bower_components,vendor,.git,.hg,.svn,site-packages,dist-packages,__pycache__}/**',
  '**/{.venv,venv,.virtualenv,virtualenv,.tox,.nox,.cache,.npm,.yarn,.pnpm-store,.gradle,.terraform}/**',
  '**/{dist,.next,.nuxt,.output,.turbo,.parcel-cache,.svelte-kit,coverage,Pods,DerivedData}/**',
]

/** Deeper ones are not looked for. */
export const MAX_DEPTH = 10

/** More are not listed. */
export const MAX_DOCKERFILES = 300
