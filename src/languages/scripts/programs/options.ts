/** Options that take the next word as their value, by program: what follows them is no package and no command. */

const EVERYWHERE =
  '--prefix --cwd -C --dir --filter -F --workspace --scope --omit --only --directory --project --file --projects --project-dir --exclude-task --manifest-path --working-dir --gemfile --requirement --editable --constraint --index-url --extra-index-url --target -ldflags -tags --features --bin --package --registry --cache --location --python --settings --config'

const NODE = '--loglevel --userconfig --globalconfig --network-timeout --network-concurrency --mutex'

const OWN: Readonly<Record<string, string>> = {
  npm: `${NODE} -w -C --fetch-timeout --fetch-retries --fetch-retry-mintimeout --fetch-retry-maxtimeout --maxsockets --script-shell --tag --access --node-options --before --install-strategy --cpu --os --libc`,
  pnpm: `${NODE} --store-dir --virtual-store-dir --modules-dir --reporter --child-concurrency --workspace-concurrency --lockfile-dir --node-linker --package-import-method --changed-files-ignore-pattern --test-pattern --cache-dir --state-dir --public-hoist-pattern --hoist-pattern --resume-from --fetch-timeout --fetch-retries`,
  yarn: `${NODE} --cache-folder --modules-folder --preferred-cache-folder --global-folder --link-folder --proxy --https-proxy --use-yarnrc --mode --include --exclude --from --since -j --jobs`,
  bun: '--backend --cache-dir --outdir --outfile --target --loglevel --config -c --conditions --env-file -r --preload',
  pip: '-r -e -c -i -f -t -d -w --find-links --timeout --retries --trusted-host --proxy --cert --client-cert --cache-dir --root --src --platform --python-version --implementation --abi --no-binary --only-binary --progress-bar --upgrade-strategy --use-feature --log --wheel-dir --dest --config-settings --global-option --report --root-user-action --keyring-provider',
  uv: '-r -e -c -p -i -f -t -P -C --find-links --default-index --index --group --no-group --only-group --extra --no-extra --cache-dir --link-mode --upgrade-package --refresh-package --reinstall-package --no-binary --only-binary --no-build-isolation-package --resolution --prerelease --exclude-newer --python-version --python-platform --env-file --with --with-requirements --with-editable --config-file --index-strategy --keyring-provider --allow-insecure-host --no-install-package -m --module -o --output-file --out-dir',
  poetry: '-C -P --with --without --extras -E --source -m',
  pdm: '-p -G --group --with --without -L --lockfile --override -k --venv',
  pipenv: '--categories --pypi-mirror',
  bundle: '--jobs -j --retry --without --with --path --binstubs --shebang --standalone --trust-policy',
  composer: '-d --profile-dir',
  go: '-o -p -ldflags -tags -pgo -mod -modfile -gcflags -asmflags -gccgoflags -installsuffix -overlay -pkgdir -toolexec -buildmode -compiler -run -bench -timeout -count -coverprofile -covermode -coverpkg -cpu -parallel -exec -vettool -C',
  cargo:
    '-p -j -Z --jobs --target-dir --profile --example --test --bench --color --message-format --path --root --git --branch --tag --rev --version --recipe-path --exclude --lockfile-path -F --index --out-dir --artifact-dir',
  mvn: '-f -s -pl -P -T -D -rf -gs -t -l -b --activate-profiles --threads --define --resume-from --global-settings --toolchains --log-file --builder --encrypt-password --color',
  gradle:
    '-p -x -b -c -I -g -P -D -t --build-file --settings-file --init-script --gradle-user-home --console --warning-mode --max-workers --priority --project-prop --system-prop --include-build --configuration-cache-problems --dependency-verification --tests --project-cache-dir',
  dotnet:
    '-c --configuration -o --output -r --runtime -f --framework -a --arch --os -v --verbosity -s --source --version-suffix --configfile --packages --logger -l --settings --results-directory --collect --artifacts-path --tool-path --version --add-source --launch-profile',
  make: '-C -f -I -o -W --directory --makefile --include-dir --old-file --what-if --new-file',
  just: '-f -d --justfile --working-directory --dotenv-path --shell --set',
  task: '-d -t --dir --taskfile -o --output -C --concurrency',
  mix: '--only --target --env',
  git: '-C -c --git-dir --work-tree --namespace -b --branch --depth -o --origin -j --jobs',
  docker: '-f -t -H --host --config --context',
  node: '-r --require --import --env-file --loader --experimental-loader --conditions -C --max-old-space-size --stack-size --title --input-type -e --eval -p --print',
  python: '-W -X -c',
  next: '-p --port -H --hostname --keepAliveTimeout --experimental-build-mode --debug-build-paths --experimental-upload-trace',
  vite: '-c -m -l --mode --base --outDir --assetsDir --logLevel --port',
  webpack: '-c --mode --env --entry -o --output-path --stats --name --config-name --node-env',
  tsc: '-p --project --outDir --rootDir --target -t --module -m --lib --baseUrl --declarationDir --tsBuildInfoFile --jsx',
  ng: '-c --configuration --output-path --base-href --deploy-url --output-hashing',
  turbo:
    '--concurrency --cache-dir --cache-workers --env-mode --log-order --output-logs --log-prefix --out-dir --token --team --api --root-turbo-json --ui',
  nx: '-t --targets --projects -p --exclude --parallel --maxParallel --base --head --configuration -c --runner --output-style --outputStyle --files',
  lerna: '--concurrency --since --ignore --loglevel',
  cmake:
    '-S -B -G -D -U -A -T --build --install --prefix --target --config --preset -j --parallel --component',
  ninja: '-C -f -j -k -l -t',
  meson: '-C --prefix --buildtype --cross-file --native-file -D --destdir',
  hugo: '-s --source -d --destination -b --baseURL -e --environment --config --configDir -t --theme --themesDir -c --contentDir -l --layoutDir --cacheDir --logLevel',
  mkdocs: '-f --config-file -d --site-dir -t --theme -a --dev-addr',
  'sphinx-build': '-b -c -D -A -d -j -t -w',
  pytest:
    '-k -m -n -p -c -o --maxfail --cov --cov-report --cov-config --junitxml --rootdir --tb --durations --ignore',
}

/** Options of one program that stand alone although others take a value by that name. */
const SWITCHES: Readonly<Record<string, string>> = {
  pip: '--cache',
  mvn: '-C',
}

/** Programs with the options of another program. */
const KIN: Readonly<Record<string, string>> = {
  yarnpkg: 'yarn',
  mvnw: 'mvn',
  gradlew: 'gradle',
  gmake: 'make',
  nodejs: 'node',
  'py.test': 'pytest',
}

const KNOWN = new Map<string, ReadonlySet<string>>()

/** The options of a program that take the next word; for an unknown program, the common ones. */
export function optionsWithValue(program: string): ReadonlySet<string> {
  const known = KNOWN.get(program)
  if (known !== undefined) return known
  const name = Object.hasOwn(KIN, program) ? KIN[program]! : program
  const switches = listOf(SWITCHES, name)
  const options = new Set([...EVERYWHERE.split(' '), ...listOf(OWN, name)])
  for (const one of switches) options.delete(one)
  if (Object.hasOwn(OWN, name)) KNOWN.set(program, options)
  return options
}

function listOf(table: Readonly<Record<string, string>>, name: string): string[] {
  return Object.hasOwn(table, name) ? table[name]!.split(' ') : []
}
