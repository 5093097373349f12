import {parseRows} from './parse-rows.js'

/** Source that bears a name which often means something else. A wrong answer here breaks somebody's build. */
export const FALSE_FRIEND_ROWS = parseRows(`
  none                   | src/build/            | package.json src/build/index.ts
  none                   | src/build/            | package.json src/build/index.js
  none                   | build/                | package.json build/webpack.base.conf.js build/build.js
  none                   | build/                | package.json build/release.sh build/index.html
  none                   | build/                | go.mod build/version.go
  none                   | build/                | go.mod build/Dockerfile
  doubtful build-output  | build/                | package.json build/release.js
  none                   | src/com/acme/build/   | build.gradle src/com/acme/build/Tool.java
  none                   | build/                | pyproject.toml build/lib/ build/hooks.py
  none                   | dist/                 | dist/app.js
  none                   | dist/                 | package.json dist/index.ts
  none                   | src/dist/             | package.json src/dist/normal.js
  none                   | lib/out/              | package.json lib/out/writer.js
  none                   | out/                  | out/report.html
  none                   | target/               | target/main.rs
  none                   | src/target/           | Cargo.toml src/target/mod.rs
  none                   | target/               | Cargo.toml target/lib.rs target/debug/
  none                   | target/               | pom.xml target/Target.java
  none                   | bin/                  | Api.csproj bin/deploy.sh
  none                   | bin/                  | package.json bin/run.js
  none                   | bin/                  | go.mod bin/install.sh
  none                   | bin/                  | Gemfile bin/rails
  none                   | obj/                  | obj/teapot.obj
  none                   | obj/                  | Api.csproj obj/Model.cs
  none                   | vendor/               | package.json vendor/jquery.js
  none                   | app/vendor/           | composer.json app/vendor/Vendor.php
  none                   | vendor/               | Gemfile vendor/assets/
  none                   | env/                  | pyproject.toml env/__init__.py
  none                   | venv/                 | venv/README
  none                   | src/env/              | package.json src/env/index.ts
  none                   | coverage/             | go.mod coverage/coverage.go
  none                   | src/coverage/         | package.json src/coverage/report.ts
  none                   | cover/                | cover/image.png
  none                   | data/                 | data/loader.py data/a.csv
  none                   | data/                 | data/
  none                   | logs/                 | package.json logs/logger.js
  none                   | log/                  | Gemfile log/.keep
  none                   | tmp/                  | Gemfile tmp/pids/.keep
  none                   | public/               | package.json public/index.html
  none                   | public/               | gatsby-config.js public/favicon.ico
  none                   | public/assets/        | package.json public/assets/logo.png
  none                   | lib/                  | package.json lib/index.js
  none                   | packages/             | package.json packages/a/package.json
  none                   | packages/             | App.sln packages/Core/Core.csproj
  none                   | artifacts/            | App.sln artifacts/logo.png
  none                   | deps/                 | mix.exs deps/readme.txt
  none                   | deps/                 | Makefile deps/zlib/zlib.c
  none                   | _build/               | _build/site.html
  none                   | .build/               | .build/steps.yml
  none                   | storage/              | package.json storage/s3.js
  none                   | src/tmp/cache/        | package.json src/tmp/cache/lru.js
  none                   | app/docs/             | pyproject.toml app/docs/views.py
  none                   | docs/                 | pyproject.toml docs/__init__.py
  none                   | src/test/             | pom.xml src/test/java/
  none                   | src/models/           | package.json src/models/user.js
  none                   | checkpoints/          | checkpoints/border.ts
  none                   | wandb/                | wandb/__init__.py
  none                   | datasets/             | datasets/__init__.py
  none                   | src/node_modules/     | package.json src/node_modules/util.js
  none                   | node_modules          | package.json
  none                   | .git/                 | .git/hooks/
  none                   | git/                  | git/HEAD git/objects/
  none                   | CVS/                  | CVS/drugstore.py
  none                   | worktrees/            | worktrees/index.ts
  none                   | .npm/                 | .npm/README
  none                   | .gradle/              | .gradle/gradle.properties
  none                   | .settings/            | .settings/app.yaml
  none                   | .metadata
  none                   | __pycache__/          | __pycache__/tool.py
  none                   | app.pyc
  none                   | bazel-rules/          | MODULE.bazel bazel-rules/BUILD
  none                   | cube.obj
  none                   | tests/cube.o          | tests/cube.c
  none                   | app/                  | app/CMakeLists.txt app/CMakeCache.txt app/CMakeFiles/
  none                   | join.test             | package.json
  none                   | composer.json
  none                   | composer.lock
  none                   | compose.ts
  none                   | src/Dockerfile.ts
  none                   | templates/Dockerfile.j2
  none                   | DockerfileParser.java
  none                   | src/Dockerfiles/
  none                   | src/debug.log.ts
  none                   | tests/fixtures/nginx.log
  none                   | catalog/
  none                   | gradle-wrapper.jar
  none                   | changelog.ts
  none                   | schema.sql
  none                   | migrations/001_init.sql
  none                   | .keep
  none                   | .yarn/releases/
  doubtful git-ignore-file | bootstrap/cache/.gitignore | artisan
  none                   | bootstrap/cache/packages.php
  none                   | test-results/         | package.json test-results/parser.ts
  none                   | app/test-results/     | app/test-results/[id]/page.tsx
  none                   | core.3.1.min.js
  none                   | hs_err_pid_parser.py
  none                   | coverage/             | coverage/lcov.info coverage/merge.py
  none                   | TestResults/          | TestResults/View.cs
  none                   | k8s/                  | go.mod k8s/client.go
  none                   | helm/                 | helm/client.py
`)
