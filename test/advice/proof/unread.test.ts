import assert from 'node:assert/strict'
import {suggestLines} from '../../../src/advice/suggest/suggest-lines.js'
import {TrackedPaths} from '../../../src/languages/git/tracked-paths.js'
import {loadProject} from '../suggest/suggest.js'

const DATA = 40_000

/** A build that carries what Git ignores, and how each line for it is judged: `safe data`. */
interface Row {
  title: string
  dockerfile: string
  files: Readonly<Record<string, string | number>>
  gitignore: string
  lines: readonly string[]
}

const GO = 'FROM golang:1.23-alpine AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .\n'
const GO_FILES = {'go.mod': 'module x', 'main.go': 'package main\nvar where = "data"', 'data/store/1': DATA}
const RUST = 'FROM rust:1 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n'
const RUST_FILES = {
  'Cargo.toml': '[package]\nname = "x"',
  'src/main.rs': '#[serde(rename = "data")]\nstruct A;\nfn main() { println!("data"); }',
  'data/store/1': DATA,
}
const LAST = 'FROM alpine:3.20\nCOPY --from=build /out/app /app\nCMD ["/app"]'
const LAST_RUST = 'FROM debian:12\nCOPY --from=build /src/target/release/x /x\nCMD ["/x"]'

const ROWS: readonly Row[] = [
  {
    title: 'a Go compiler reads its sources only, whatever they name',
    dockerfile: GO + LAST,
    files: GO_FILES,
    gitignore: 'data\n',
    lines: ['safe data'],
  },
  {
    title: 'sources that Git ignores are compiled',
    dockerfile: GO + LAST,
    files: {...GO_FILES, 'data/made.go': 'package data'},
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'a library that is linked',
    dockerfile: GO + LAST,
    files: {...GO_FILES, 'data/libx.so.1': DATA},
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'what is embedded',
    dockerfile: GO + LAST,
    files: {...GO_FILES, 'main.go': 'package main\nimport "embed"\n//go:embed data\nvar f embed.FS'},
    gitignore: 'data\n',
    lines: ['blocked data'],
  },
  {
    title: 'what is embedded within a block of variables',
    dockerfile: GO + LAST,
    files: {
      ...GO_FILES,
      'main.go': 'package main\nimport "embed"\nvar (\n\t//go:embed data\n\tf embed.FS\n)',
    },
    gitignore: 'data\n',
    lines: ['blocked data'],
  },
  {
    title: 'the directory is handed on with all that lies in it',
    dockerfile: `${GO}FROM alpine:3.20\nCOPY --from=build /src /src\nCMD ["/src/app"]`,
    files: GO_FILES,
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'an image that is started may read it',
    dockerfile: `${GO}CMD ["/out/app"]`,
    files: GO_FILES,
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'a program of the project runs while it is built',
    dockerfile: `${GO}RUN go run ./gen\n${LAST}`,
    files: {...GO_FILES, 'gen/main.go': 'package main'},
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'Cargo reads what macros and build scripts name',
    dockerfile: RUST + LAST_RUST,
    files: RUST_FILES,
    gitignore: 'data\n',
    lines: ['safe data'],
  },
  {
    title: 'a macro that names it',
    dockerfile: RUST + LAST_RUST,
    files: {...RUST_FILES, 'src/main.rs': 'static_files!(\n  "data/store"\n);'},
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'an attribute that names the directory around it',
    dockerfile: RUST + LAST_RUST,
    files: {...RUST_FILES, 'assets/made/1': DATA, 'src/main.rs': '#[embed(folder = "assets")]\nstruct A;'},
    gitignore: 'assets/made\n',
    lines: ['review assets/made'],
  },
  {
    title: 'a build script that lists a directory that it names',
    dockerfile: RUST + LAST_RUST,
    files: {...RUST_FILES, 'build.rs': 'fn main() { for one in std::fs::read_dir("src/") {} }'},
    gitignore: 'data\n',
    lines: ['safe data'],
  },
  {
    title: 'a build script that lists any directory',
    dockerfile: RUST + LAST_RUST,
    files: {...RUST_FILES, 'build.rs': 'fn main() { for one in std::fs::read_dir(root()) {} }'},
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'a mount is there for its step only',
    dockerfile:
      'FROM golang:1.23-alpine\nRUN --mount=target=. go build -o /app .\nRUN touch /x\nCMD ["/x.sh"]',
    files: GO_FILES,
    gitignore: 'data\n',
    lines: ['safe data'],
  },
  {
    title: 'a mount is there for its step, whatever that is',
    dockerfile: 'FROM node:22\nRUN --mount=target=/src cd /src && node build.js\nCMD ["/app"]',
    files: {'build.js': '', 'data/store/1': DATA},
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'a step that keeps what it mounts',
    dockerfile: 'FROM node:22\nRUN --mount=target=/src cd /src && cp -r * /app\nCMD ["node", "/app/a.js"]',
    files: {'a.js': 'read("data")', 'data/store/1': DATA},
    gitignore: 'data\n',
    lines: ['review data'],
  },
  {
    title: 'a script that may keep what its step mounts',
    dockerfile: 'FROM node:22\nRUN --mount=target=/src /src/keep.sh\nCMD ["node", "/app/a.js"]',
    files: {
      'keep.sh': 'cp -r /src /app',
      'package.json': '{}',
      'node_modules/.package-lock.json': '{}',
      'node_modules/a/index.js': DATA,
    },
    gitignore: 'node_modules\n',
    lines: ['review **/node_modules'],
  },
  {
    title: 'packages below a mount, and a program of the last image that nobody knows',
    dockerfile: 'FROM debian:12\nRUN --mount=target=/src cp /src/a.sh /a.sh\nCMD ["/a.sh"]',
    files: {
      'a.sh': 'node x',
      'web/package.json': '{}',
      'web/node_modules/.package-lock.json': '{}',
      'web/node_modules/a/index.js': DATA,
    },
    gitignore: 'node_modules\n',
    lines: ['safe **/node_modules'],
  },
  {
    title: 'Cargo builds a package in the directory of its workspace',
    dockerfile: `FROM rust:1 AS build\nWORKDIR /src\nCOPY . .\nWORKDIR /src/app\nRUN cargo build --release\n${LAST_RUST}`,
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["app"]',
      'app/Cargo.toml': '[package]\nname = "x"',
      'app/src/main.rs': 'fn main() {}',
      'target/.rustc_info.json': '{}',
      'target/release/x': DATA,
    },
    gitignore: 'target\n',
    lines: ['safe target'],
  },
  {
    title: 'Cargo builds elsewhere where it is told so',
    dockerfile: `FROM rust:1 AS build\nWORKDIR /src\nCOPY . .\nWORKDIR /src/app\nRUN cargo build --release --target-dir /tmp/out\n${LAST_RUST}`,
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["app"]',
      'app/Cargo.toml': '[package]\nname = "x"',
      'app/src/main.rs': 'fn main() {}',
      'target/.rustc_info.json': '{}',
      'target/release/x': DATA,
    },
    gitignore: 'target\n',
    lines: ['review target'],
  },
  {
    title: 'Yarn installs for the packages that it is told of, and the rest nobody uses',
    dockerfile:
      'FROM node:22\nWORKDIR /app\nCOPY package.json yarn.lock ./\nCOPY web/package.json web/\nRUN yarn workspaces focus web\nCOPY . .\nRUN yarn make\nWORKDIR /app/web\nCMD ["node", "index.js"]',
    files: {
      'package.json':
        '{"name": "all", "workspaces": ["web", "phone"], "scripts": {"make": "yarn workspace web make"}}',
      'yarn.lock': '',
      'web/package.json': '{"name": "web", "scripts": {"make": "vite build"}}',
      'web/index.js': 'const kinds = ["phone", "desk"]',
      'web/node_modules/a/package.json': DATA,
      'phone/package.json': '{"name": "phone"}',
      'phone/node_modules/a/package.json': DATA,
    },
    gitignore: 'node_modules\n',
    lines: ['safe **/node_modules'],
  },
  {
    title: 'a value of an option is no directory that Next.js builds',
    dockerfile:
      'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && (cd web && npx next build --experimental-build-mode compile)\nFROM node:22\nCOPY --from=build /app/web/.next/standalone ./\nCMD ["node", "server.js"]',
    files: {
      'package.json': '{"workspaces": ["web"]}',
      'package-lock.json': '{}',
      'web/package.json': '{"dependencies": {"next": "15"}}',
      'web/.next/BUILD_ID': 'x',
      'web/.next/server/a.js': DATA,
    },
    gitignore: '.next\n',
    lines: ['safe **/.next'],
  },
]

describe('what Git ignores and no program reads', () => {
  for (const {title, dockerfile, files, gitignore, lines} of ROWS) {
    it(title, () => {
      const input = loadProject({tree: files, dockerfiles: {Dockerfile: dockerfile}, gitignore})
      const ignored = new RegExp(`(?:^|/)(?:${gitignore.trim().split('\n').join('|')})(?:/|$)`)
      const tracked = new TrackedPaths(Object.keys(files).filter((path) => !ignored.test(path)))
      const found = suggestLines({...input, tracked})
      assert.deepEqual(
        found.map(({confidence, pattern}) => `${confidence} ${pattern}`),
        lines,
      )
    })
  }
})
