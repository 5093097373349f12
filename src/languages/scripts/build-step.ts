/** What a Dockerfile's RUN line can be recognised as, if it makes files that need not be sent. */
export type BuildStep =
  /** npm, pnpm, Yarn or Bun installs the packages of a package.json. */
  | 'npm-install'
  | 'bower-install'
  | 'next-build'
  /** A package script called build, a bundler, or a framework's own build command. */
  | 'js-build'
  /** pip, Poetry, uv, PDM, Pipenv or Conda installs packages. */
  | 'pip-install'
  /** Wheels or source distributions are built. */
  | 'python-build'
  | 'cargo-build'
  | 'go-vendor'
  | 'go-build'
  | 'maven-build'
  | 'gradle-build'
  | 'sbt-build'
  | 'dotnet-restore'
  | 'dotnet-build'
  | 'bundle-install'
  | 'rails-assets'
  | 'composer-install'
  | 'mix-deps'
  | 'mix-compile'
  | 'phoenix-assets'
  /** CMake, Make, Meson, Ninja or a compiler is called. */
  | 'native-build'
  | 'bazel-build'
  | 'zig-build'
  | 'haskell-build'
  | 'ocaml-build'
  | 'swift-build'
  | 'dart-build'
  /** A generator of sites, other than frameworks for JavaScript. */
  | 'site-build'
