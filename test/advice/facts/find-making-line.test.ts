// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles
import assert from 'node:assert/strict'
import {
  findCommandLine,
  findMakingLine,
  listMakingCommands,
  listWords,
} from '../../../src/advice/facts/find-making-line.js'

const ROWS: [path: string, source: string, text: string, line: number | null, file?: string][] = [
  ['relay', 'relay', 'set -e\ngo build -o relay ./cmd', 2],
  ['relay', 'relay', 'docker build -t relay .', null],
  ['relay', 'relay', '# cp relay .', null],
  ['relay', 'relay', 'cp relayer .', null],
  ['relay', 'relay', 'rm -f relay', null],
  ['dist/linux/amd64/relay', 'dist/$TARGETPLATFORM/relay', 'mkdir -p dist', 1],
  ['trace-linux-amd64', 'trace-linux-$TARGETARCH', 'go build -o trace-linux-$(GOARCH) .', 1],
  ['_output/*.tar.gz', '_output/*.tar.gz', 'tar -czf _output/a.tar.gz x', 1],
  ['_output/*.tar.gz', '_output/*.tar.gz', "outputFolder='_output'\nrm -r _output", 1],
  ['a.pem', 'a.pem', 'jobs:\n  - path: a.pem', 2],
  ['target/a.jar', 'target/a.jar', 'script:\n  - ./mvnw -B package', 2],
  ['build/libs/a.jar', 'build/libs/a.jar', '# ./gradlew build', null],
  ['web/dist', 'web/dist', 'yarn --cwd web build', 1],
  ['bin/server', 'bin/server', 'echo "$HOME/.tool/bin" >> "$GITHUB_PATH"', null],
  ['bin/server', 'bin/server', 'mkdir -p ./bin', 1],
  ['.build/linux/watcher', '.build/$OS/watcher', 'name: Test watcher frontend', null, 'ci.yml'],
  ['.build/linux/watcher', '.build/$OS/watcher', 'watcher:\n\tgo build', 1, 'Makefile'],
  ['.build/linux/watcher', '.build/$OS/watcher', 'watcher:\n  image: x', null, 'ci.yml'],
  ['dist/server/app', 'dist/server/app', 'cp app /tmp\ngo build -o dist/server/app .', 2],
]

describe('a line that makes a file', () => {
  for (const [path, source, text, line, file = 'build.sh'] of ROWS) {
    it(`${path} in ${JSON.stringify(text)}`, () => {
      const found = listWords(path, source)
        .map((words) => findMakingLine({file, text}, words))
        .find((one) => one !== null)
      assert.equal(found ?? findCommandLine(text, listMakingCommands(path)), line)
    })
  }
})
