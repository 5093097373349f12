import {parseRows} from './parse-rows.js'

export const ECOSYSTEM_ROWS = parseRows(`
  junk git-history                   | .git/                        | .git/HEAD .git/objects/
  junk git-history                   | lib/.git/                    | lib/.git/HEAD lib/.git/objects/
  junk git-link                      | .git
  junk git-worktrees                 | .worktrees/                  | .worktrees/fix/.git .worktrees/fix/a.js
  junk git-settings                  | .gitattributes
  doubtful git-ignore-file           | .gitignore
  junk mercurial-history             | .hg/                         | .hg/store/
  junk subversion-data               | .svn/                        | .svn/wc.db
  junk cvs-data                      | src/CVS/                     | src/CVS/Entries src/CVS/Root
  junk jujutsu-history               | .jj/                         | .jj/repo/
  junk other-history                 | .bzr/
  junk version-control-settings      | .hgignore

  regenerated npm-packages           | node_modules/                | node_modules/a/package.json
  regenerated npm-packages           | web/node_modules/            | web/node_modules/@org/a/package.json
  regenerated npm-packages           | node_modules/                | node_modules/.package-lock.json
  regenerated npm-packages           | node_modules/                | node_modules/.pnpm/
  doubtful npm-packages              | node_modules/                | package.json node_modules/a.js
  regenerated bower-packages         | bower_components/            | bower.json
  doubtful jspm-packages             | jspm_packages/               | package.json
  regenerated yarn-unplugged         | .yarn/unplugged/
  junk yarn-state                    | .yarn/install-state.gz
  doubtful yarn-cache                | web/.yarn/cache/
  doubtful yarn-pnp                  | .pnp.cjs
  junk npm-cache                     | .npm/                        | .npm/_cacache/
  junk npm-cache                     | .pnpm-store/                 | .pnpm-store/v3/
  junk js-tool-cache                 | .turbo/
  junk js-tool-cache                 | .expo/
  junk js-tool-cache                 | .nx/cache/
  junk js-tool-cache                 | .nx/                         | .nx/cache/ .nx/workspace-data/
  junk js-tool-cache                 | .eslintcache
  junk typescript-build-info         | tsconfig.tsbuildinfo
  regenerated js-build               | dist/                        | package.json dist/app.js
  regenerated js-build               | web/dist/                    | web/package.json web/dist/index.html web/dist/assets/
  regenerated js-build               | dist/                        | package.json dist/index.d.ts dist/index.js
  regenerated js-build               | out/                         | package.json out/_next/ out/index.html
  regenerated nx-output              | dist/                        | nx.json package.json dist/apps/api/main.js
  regenerated js-build               | build/                       | package.json build/index.html build/static/
  regenerated node-gyp-build         | build/                       | binding.gyp package.json build/config.gypi build/Makefile

  regenerated next-build             | web/.next/                   | web/.next/BUILD_ID
  junk next-cache                    | web/.next/cache/
  regenerated nuxt-build             | .nuxt/
  regenerated nitro-build            | .output/                     | .output/server/
  regenerated svelte-kit-build       | .svelte-kit/
  regenerated astro-build            | .astro/
  junk angular-cache                 | .angular/
  regenerated docs-site-build        | docs/.vitepress/dist/
  doubtful storybook-build           | storybook-static/
  regenerated gatsby-cache           | .cache/                      | gatsby-config.js
  regenerated gatsby-build           | public/                      | gatsby-config.js public/page-data/
  regenerated hugo-site              | public/                      | hugo.toml content/a.md public/index.html
  regenerated zola-site              | public/                      | config.toml templates/a.html public/index.html
  regenerated hexo-site              | public/                      | _config.yml source/a.md public/index.html
  regenerated jekyll-site            | _site/                       | _config.yml _site/index.html
  regenerated eleventy-site          | _site/                       | eleventy.config.js _site/index.html
  regenerated mkdocs-site            | site/                        | mkdocs.yml site/index.html
  regenerated mdbook-site            | book/                        | book.toml book/index.html
  regenerated sphinx-site            | docs/_build/                 | docs/conf.py docs/_build/html/
  junk vite-cache                    | .vite/                       | .vite/deps/
  regenerated web-framework-build    | .vinxi/
  junk hosting-state                 | .vercel/

  regenerated python-virtualenv      | .venv/                       | .venv/pyvenv.cfg
  regenerated python-virtualenv      | tools/my-env/                | tools/my-env/pyvenv.cfg
  regenerated python-virtualenv      | env/                         | env/bin/activate env/bin/python@
  regenerated conda-environment      | env/                         | env/conda-meta/history
  regenerated pixi-environments      | .pixi/                       | .pixi/envs/
  regenerated python-local-packages  | __pypackages__/
  junk python-bytecode               | app/__pycache__/             | app/__pycache__/a.cpython-312.pyc
  junk python-bytecode               | app/a.pyc                    | app/a.py
  junk python-tool-cache             | .mypy_cache/
  junk python-tool-cache             | celerybeat-schedule
  junk python-test-environments      | .tox/
  regenerated python-egg-info        | src/app.egg-info/            | src/app.egg-info/PKG-INFO
  regenerated python-eggs            | .eggs/                       | setup.py
  regenerated python-build           | build/                       | pyproject.toml build/lib/ build/bdist.linux-x86_64/
  regenerated python-dist            | dist/                        | pyproject.toml dist/app-1.0-py3-none-any.whl
  junk python-build-state            | .pdm-build/

  regenerated rust-target            | target/                      | Cargo.toml target/debug/
  regenerated rust-target            | api/target/                  | api/Cargo.toml api/target/CACHEDIR.TAG
  regenerated rust-target            | target-musl/                 | target-musl/.rustc_info.json target-musl/CACHEDIR.TAG
  junk rustfmt-backups               | src/main.rs.bk
  junk program-profiles              | flamegraph.svg               | Cargo.toml
  junk program-profiles              | perf.data                    | Cargo.toml
  junk rust-mutants                  | mutants.out/

  doubtful go-vendor                 | vendor/                      | go.mod vendor/modules.txt
  doubtful go-vendor                 | vendor/                      | go.mod vendor/github.com/
  doubtful go-binaries               | bin/                         | go.mod bin/server
  junk go-test-binary                | pkg/store.test               | go.mod pkg/store_test.go
  junk go-profiles                   | coverage.out                 | go.mod
  junk go-profiles                   | heap.prof                    | go.mod
  junk go-build-cache                | .gocache/

  regenerated maven-target           | target/                      | pom.xml target/classes/ target/app.jar
  regenerated sbt-target             | target/                      | build.sbt target/scala-3.4.0/
  regenerated sbt-target             | project/target/              | project/build.properties
  regenerated gradle-build           | app/build/                   | app/build.gradle.kts app/build/libs/
  junk gradle-cache                  | .gradle/                     | .gradle/8.5/
  junk jvm-tool-cache                | .kotlin/
  doubtful maven-repository          | .m2/repository/
  junk maven-release-files           | pom.xml.releaseBackup
  junk android-local-settings        | local.properties             | build.gradle                                 | sdk.dir=/opt/android
  doubtful java-classes              | com/acme/A.class
  doubtful java-archives             | lib/driver.jar
  junk jvm-crash-reports             | hs_err_pid123.log

  regenerated dotnet-bin             | src/Api/bin/                 | src/Api/Api.csproj src/Api/bin/Debug/
  regenerated dotnet-obj             | src/Api/obj/                 | src/Api/Api.csproj src/Api/obj/project.assets.json
  regenerated nuget-packages         | packages/                    | App.sln packages/Newtonsoft.Json.13.0.3/
  doubtful nuget-package             | Acme.1.0.0.nupkg
  regenerated dotnet-artifacts       | artifacts/                   | App.sln artifacts/bin/ artifacts/obj/
  doubtful dotnet-publish            | publish/                     | publish/Api.runtimeconfig.json
  junk dotnet-user-files             | Api.csproj.user
  junk dotnet-tool-output            | BenchmarkDotNet.Artifacts/
  junk msbuild-logs                  | msbuild.binlog

  regenerated ruby-gems              | vendor/bundle/               | Gemfile vendor/bundle/ruby/
  doubtful bundler-settings          | .bundle/
  junk rails-cache                   | tmp/cache/                   | config/application.rb
  doubtful rails-storage             | storage/                     | config/application.rb Gemfile
  regenerated rails-assets           | public/assets/               | config/application.rb public/assets/.manifest.json
  junk ruby-tool-output              | .yardoc/
  junk ruby-tool-output              | .byebug_history
  doubtful built-gem                 | acme-1.0.gem

  regenerated composer-packages      | vendor/                      | vendor/autoload.php vendor/composer/
  doubtful composer-program          | composer.phar
  regenerated laravel-assets         | public/build/                | artisan public/build/manifest.json
  junk laravel-hot-file              | public/hot                   | artisan
  junk laravel-state                 | bootstrap/cache/config.php   | artisan
  junk symfony-state                 | var/cache/                   | symfony.lock
  doubtful wordpress-uploads         | wp-content/uploads/
  junk php-tool-cache                | .phpunit.result.cache
  junk php-tool-cache                | .phpunit.cache/

  regenerated elixir-build           | _build/                      | mix.exs _build/prod/
  regenerated elixir-packages        | deps/                        | mix.exs deps/plug/mix.exs
  regenerated phoenix-assets         | priv/static/assets/          | mix.exs
  junk elixir-tool-cache             | .elixir_ls/
  junk erlang-crash-dump             | erl_crash.dump

  regenerated cmake-build            | cmake-build-debug/           | cmake-build-debug/CMakeCache.txt cmake-build-debug/CMakeFiles/
  regenerated cmake-files            | CMakeFiles/                  | CMakeLists.txt CMakeCache.txt
  junk cmake-cache                   | CMakeCache.txt               | CMakeLists.txt CMakeFiles/
  regenerated meson-build            | builddir/                    | builddir/meson-private/ builddir/meson-info/
  regenerated vcpkg-packages         | vcpkg_installed/
  regenerated object-files           | src/main.o                   | src/main.c
  regenerated bazel-output           | bazel-app@                   | MODULE.bazel bazel-bin@ bazel-out@
  regenerated zig-build              | .zig-cache/
  junk native-tool-cache             | .ccache/
  junk core-dumps                    | core.12345

  regenerated swift-build            | .build/                      | Package.swift
  junk xcode-data                    | DerivedData/
  junk cocoapods                     | ios/Pods/                    | ios/Podfile
  junk carthage-build                | Carthage/Build/
  regenerated dart-tool-data         | .dart_tool/
  regenerated flutter-build          | build/                       | pubspec.yaml build/web/
  junk flutter-state                 | .flutter-plugins
  regenerated haskell-build          | .stack-work/
  regenerated ocaml-build            | _build/                      | dune-project _build/default/
  regenerated opam-switch            | _opam/                       | _opam/.opam-switch/
  doubtful r-packages                | renv/library/
  junk r-session                     | .RData
  junk julia-profiles                | src/a.jl.mem

  junk terraform-providers           | infra/.terraform/
  secret terraform-plan              | prod.tfplan
  junk infrastructure-state          | .vagrant/
  junk ansible-retry                 | site.retry                   | site.yml
`)
