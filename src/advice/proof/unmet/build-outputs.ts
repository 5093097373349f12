/** What builds write, told by where it lies. */

/** What builds write into. */
const OUTPUT =
  /^(?:dist|build|out|output|target|bin|obj|lib|public|generated|gen|\.next|\.nuxt|\.output|\.svelte-kit|node_modules|vendor|_build|deps|\.venv|venv|static)$/
const PACKAGES = /(?:^|\/)(?:node_modules|vendor|deps|\.venv|venv)(?:\/|$)/

/** The steps that build or install something. */
const BUILDS = /build|compile|assets|vendor|install|restore|deps/
/** Where a step writes; what is not listed may write anywhere. */
const WRITES: Readonly<Record<string, RegExp>> = {
  'npm-install': /(?:^|\/)node_modules(?:\/|$)/,
  'pip-install': /(?:^|\/)(?:\.venv|venv|bin)(?:\/|$)/,
  'bundle-install': /(?:^|\/)vendor(?:\/|$)/,
  'composer-install': /(?:^|\/)vendor(?:\/|$)/,
  'go-vendor': /(?:^|\/)vendor(?:\/|$)/,
  'mix-deps': /(?:^|\/)deps(?:\/|$)/,
  'mix-compile': /(?:^|\/)(?:_build|priv)(?:\/|$)/,
  'dotnet-restore': /(?:^|\/)obj(?:\/|$)/,
  'rails-assets': /(?:^|\/)public(?:\/|$)/,
  'phoenix-assets': /(?:^|\/)static(?:\/|$)/,
  'cargo-build': /(?:^|\/)target(?:\/|$)/,
  'maven-build': /(?:^|\/)target(?:\/|$)/,
  'dart-build': /(?:^|\/)(?:build|\.dart_tool)(?:\/|$)/,
  'gradle-build': /(?:^|\/)(?:build|out|bin)(?:\/|$)/,
}

/** Whether a path lies in a directory that builds write into. */
export function isOutput(path: string): boolean {
  return path.split('/').some((part) => OUTPUT.test(part))
}

/** Whether a path lies among installed packages. */
export function isPackages(path: string): boolean {
  return PACKAGES.test(path)
}

/** Whether a step of a kind builds into the directory around a path. @param step a name of the catalogue, such as `npm-install` */
export function isBuiltBy(step: string, contextPath: string): boolean {
  if (!BUILDS.test(step)) return false
  if (Object.hasOwn(WRITES, step)) return WRITES[step]!.test(contextPath)
  return /install|restore|deps/.test(step) ? PACKAGES.test(contextPath) : true
}
