import {parseRows} from './parse-rows.js'

export const LITTER_AND_DATA_ROWS = parseRows(`
  junk shell-environments     | .direnv/
  junk editor-settings        | .vscode/
  junk editor-settings        | api/.idea/
  junk editor-settings        | app.iml
  doubtful editorconfig       | .editorconfig
  junk editor-history         | .history/                 | .vscode/
  junk eclipse-settings       | .settings/                | .settings/org.eclipse.jdt.core.prefs
  junk eclipse-settings       | .classpath
  junk eclipse-workspace      | .metadata/                | .metadata/.plugins/
  junk netbeans-settings      | nbproject/private/
  junk editor-leftovers       | src/.main.c.swp
  junk editor-leftovers       | notes.txt~
  junk editor-leftovers       | src/.#main.el@
  junk code-tags              | GTAGS
  doubtful editor-extension   | acme-1.0.0.vsix
  junk assistant-settings     | .claude/
  junk assistant-settings     | .aider.chat.history.md
  junk os-litter              | a/b/.DS_Store
  junk os-litter              | img/Thumbs.db
  junk os-litter              | __MACOSX/
  junk deleted-open-files     | .nfs000000000012af01
  junk ci-settings            | .github/
  junk ci-settings            | .gitlab-ci.yml
  junk repository-bots        | renovate.json
  doubtful git-hooks          | .husky/
  doubtful pending-changelog  | .changeset/

  junk dockerfile             | Dockerfile
  junk dockerfile             | api/Dockerfile.dev
  junk dockerfile             | api.Dockerfile
  junk dockerfile             | Dockerfile.dockerignore
  junk dockerfile             | .dockerignore
  junk compose-file           | docker-compose.override.yml
  junk compose-file           | compose.prod.yaml
  junk slim-check-files       | .slim-check.yaml
  junk slim-check-files       | .slim-check-baseline.json
  junk docker-tool-settings   | docker-bake.hcl
  junk dev-container          | .devcontainer/
  doubtful helm-chart         | deploy/api/               | deploy/api/Chart.yaml deploy/api/templates/
  doubtful kubernetes-manifests | k8s/                    | k8s/api.yaml k8s/db.yml

  junk log-files              | logs/app.log
  junk log-files              | app.log.1
  junk log-files              | npm-debug.log.123456
  junk tagged-cache           | var/mytool/               | var/mytool/CACHEDIR.TAG
  doubtful hidden-cache       | .cache/                   | package.json
  junk backup-files           | src/a.c.orig
  junk temporary-files        | upload.tmp
  junk pid-files              | server.pid
  junk memory-profiles        | Heap.20240101.heapsnapshot

  junk coverage-report        | coverage/                 | coverage/lcov.info
  junk coverage-report        | web/coverage/             | web/coverage/coverage-final.json
  junk coverage-report        | htmlcov/                  | htmlcov/coverage_html_cb_1.js
  junk coverage-report        | app/htmlcov/              | app/htmlcov/index.html
  junk coverage-data          | .nyc_output/
  junk coverage-data          | .coverage
  junk test-cache             | .pytest_cache/
  junk browser-test-results   | playwright-report/        | playwright-report/index.html
  junk browser-test-results   | test-results/             | test-results/.last-run.json
  junk browser-test-results   | cypress/videos/
  junk test-report            | TestResults/              | TestResults/a.trx
  junk test-report            | junit.xml

  junk database-data          | pgdata/                   | pgdata/PG_VERSION pgdata/base/ pgdata/global/
  junk database-data          | mysql/                    | mysql/ibdata1
  junk local-service-data     | .localstack/
  junk database-journal       | db.sqlite3-wal
  doubtful database-file      | db.sqlite3
  doubtful database-dump      | backup/prod.sql.gz
  doubtful database-dump      | prod-dump.sql

  doubtful model-weights      | models/llama.gguf
  doubtful model-weights      | weights/best.pt
  doubtful training-checkpoints | checkpoints/            | checkpoints/epoch-1.ckpt
  doubtful model-cache        | .cache/huggingface/       | .cache/huggingface/hub/
  junk experiment-runs        | wandb/                    | wandb/run-20240101_000000-abc/
  doubtful experiment-runs    | mlruns/                   | mlruns/0/meta.yaml
  junk dvc-cache              | .dvc/cache/
  doubtful data-files         | data/train.parquet
  doubtful data-set           | data/                     | data/train.csv data/test.csv
  doubtful notebooks          | explore.ipynb

  doubtful saved-image        | app-image.tar
  doubtful oci-layout         | img/                      | img/oci-layout img/blobs/ img/index.json
  doubtful disk-images        | vm.qcow2
  doubtful archives           | release.tar.gz
  doubtful system-packages    | agent_1.0_amd64.deb
  doubtful video-and-audio    | demo.mp4
  doubtful design-sources     | logo.psd
  doubtful traffic-captures   | session.har

  doubtful documentation      | docs/                     | package.json docs/index.md
  doubtful project-papers     | README.md
  doubtful test-sources       | tests/                    | pyproject.toml tests/test_a.py
  doubtful test-sources       | src/__tests__/
  doubtful test-files         | src/a.spec.ts
  doubtful test-files         | pkg/a_test.go
  doubtful build-output       | build/                    | package.json build/index.js
  doubtful build-output       | out/                      | Makefile out/app
`)
