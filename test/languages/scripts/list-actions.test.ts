import assert from 'node:assert/strict'
import {listActions} from '../../../src/languages/scripts/list-actions.js'
import {readShell} from '../../../src/languages/scripts/read-shell.js'

function describeActions(script: string): string {
  const actions = listActions(readShell(script, {directory: '/app'}))
  return actions
    .map((action) => {
      const marks = [
        ...(action.makes ?? []),
        action.packageScript && `script:${action.packageScript}`,
        action.makesEnvironment && `venv:${action.makesEnvironment}`,
        action.runsFile && `file:${action.runsFile}`,
        action.isPartial && 'partial',
        action.isProduction && 'production',
        action.runsTests && 'tests',
        action.readsGit && 'git',
        action.stampsGit && 'stamps',
        action.buildsPythonProject && 'project',
      ].filter(Boolean)
      return `${action.directory} ${marks.join(' ')}`
    })
    .join(', ')
}

const ROWS: Readonly<Record<string, string>> = {
  'npm ci': '/app npm-install',
  'npm --prefix web ci': '/app/web npm-install',
  'npm i --omit=dev': '/app npm-install production',
  'npm install express': '/app npm-install partial',
  'npm install -g pnpm': '/app ',
  'corepack enable && corepack pnpm install --frozen-lockfile': '/app npm-install',
  'pnpm --filter web install': '/app npm-install partial',
  yarn: '/app npm-install',
  'yarn --cwd web build': '/app/web script:build',
  'yarn workspace web build': '/app script:build partial',
  'bun run build': '/app script:build',
  'yarn workspaces focus web @all/db': '/app npm-install partial',
  'grpconv && pwconv': '',
  'setpriv --reuid 1000 --regid=1000 --init-groups bundle install': '/app bundle-install',
  'taskset -c 0,1 setsid npm ci': '/app npm-install',
  'cgi-fcgi -bind -connect 127.0.0.1:9000': '',
  'mountpoint -q /tmp || mount -t tmpfs none /tmp': '',
  'npx next build': '/app next-build js-build',
  'npx next build web --no-lint': '/app/web next-build js-build',
  'npx next build --experimental-build-mode compile': '/app next-build js-build',
  'npx vite build --ssr src/server.ts': '/app js-build',
  'npx ng build shop': '/app js-build',
  'npm run test:unit': '/app script:test:unit tests',
  'tsc -p . && vite build': '/app js-build, /app js-build',
  'pip install -r requirements.txt': '/app pip-install',
  'pip3.12 install --no-cache-dir -e ".[dev]"': '/app pip-install project',
  'python -m pip install ./api': '/app/api pip-install project',
  'pip install poetry': '/app pip-install partial',
  'python -m venv /opt/venv': '/app venv:/opt/venv',
  'uv sync --frozen --no-install-project': '/app pip-install venv:.venv',
  'uv pip install .': '/app pip-install project',
  'poetry install --no-root': '/app pip-install',
  'poetry run pytest': '/app tests',
  'bundle install --jobs 4': '/app bundle-install',
  'bundle exec rake assets:precompile': '/app rails-assets',
  'composer install --no-dev': '/app composer-install',
  'go mod download && go build ./...': '/app , /app go-build stamps',
  'go build -buildvcs=false ./...': '/app go-build',
  'go build -tags netgo -ldflags "-s -w" -o /x cmd/a/main.go cmd/a/b.go': '/app go-build',
  'go build -o /x ./cmd/a': '/app go-build stamps',
  'go install example.org/tool@v1': '/app ',
  'cargo build --release': '/app cargo-build',
  'cargo install cargo-chef': '/app ',
  'mvn -B -DskipTests package': '/app maven-build',
  './mvnw verify': '/app maven-build tests',
  './gradlew build -x test': '/app gradle-build',
  'dotnet publish -c Release -o /out': '/app dotnet-build dotnet-restore',
  'mix deps.get --only prod': '/app mix-deps',
  'make -C src all': '/app/src native-build',
  'git rev-parse HEAD': '/app git',
  'git -C lib submodule update --init': '/app/lib git',
  'git clone https://example.org/a.git': '/app ',
  'git config --global user.name x; git --version': '/app , /app ',
  './scripts/build.sh --fast': '/app file:./scripts/build.sh',
  'sh build.sh': '/app file:build.sh',
  'yarn workspaces focus web --production': '/app npm-install partial production',
  'yarn workspaces focus --all': '/app npm-install',
  'next build --experimental-build-mode compile': '/app next-build js-build',
  'next build --no-lint web': '/app/web next-build js-build',
  'yarn --frozen-lockfile --network-timeout 600000': '/app npm-install',
  'yarn install --network-timeout 600000 --frozen-lockfile': '/app npm-install',
  'npm ci --loglevel error': '/app npm-install',
  'pnpm install --frozen-lockfile --store-dir /pnpm/store': '/app npm-install',
  'yarn install --cache-folder /tmp/y': '/app npm-install',
  'npx pnpm@9 install': '/app npm-install',
  'su node -c "npm ci"': '/app npm-install',
  'gosu node npm ci': '/app npm-install',
  'timeout -k 5 60 npm run build': '/app script:build',
  '${FLAGS:+env X=1} xx-cargo build --release': '/app cargo-build',
  'cargo chef prepare --recipe-path recipe.json': '/app ',
  'cargo chef cook --release --recipe-path recipe.json': '/app cargo-build',
  'uv pip install . --no-deps': '/app pip-install partial project',
  'pnpm -r build': '/app script:build',
  'npm run build -w web': '/app script:build partial',
  'turbo prune web --docker': '/app ',
  'turbo run lint build --filter=web': '/app js-build next-build script:build partial',
  'if [ "$A" = 1 ]; then (cd web && yarn install); fi': '/app/web npm-install',
  'names=( git npm )\nfunction stamp {\n  git describe\n}': '/app git',
  'some-tool --flag': '/app ',
  'apt-get update && apt-get install -y git make': '',
}

describe('listActions', () => {
  for (const [script, expected] of Object.entries(ROWS)) {
    it(`${script} -> ${expected}`, () => assert.equal(describeActions(script), expected))
  }
})
