import assert from 'node:assert/strict'
import {findIn} from '../create-input.js'

const NODE = {'package.json': '{"name": "a"}'}

/** Lines of the Dockerfile below FROM and WORKDIR, the ignore file, files with their texts, and what is missed. */
type Row = [
  what: string,
  lines: readonly string[],
  ignore: string,
  files: Readonly<Record<string, string>>,
  missed: readonly string[],
]

const MODULES = {
  'go.mod': 'module x\nreplace y => ./own\n',
  'own/go.mod': 'module y\n',
  'own/a.go': 'package y\n',
}
const ROWS: readonly Row[] = [
  [
    'a lock file',
    ['COPY . .', 'RUN npm ci'],
    'package-lock.json',
    {...NODE, 'package-lock.json': '{}'},
    ['package-lock.json'],
  ],
  ['a lock file that comes', ['COPY . .', 'RUN npm ci'], '', {...NODE, 'package-lock.json': '{}'}, []],
  [
    'a lock file too late',
    ['COPY package.json ./', 'RUN npm ci', 'COPY . .'],
    '',
    {...NODE, 'package-lock.json': '{}'},
    ['package-lock.json'],
  ],
  ['a tool for the image', ['RUN npm install -g nodemon', 'COPY . .'], '', NODE, []],
  [
    'a fetch',
    ['COPY package-lock.json ./', 'RUN pnpm fetch', 'COPY . .'],
    '',
    {...NODE, 'package-lock.json': '{}'},
    [],
  ],
  [
    'what a bind mount brings',
    ['RUN --mount=type=bind,source=.,target=/app npm ci'],
    '',
    {...NODE, 'package-lock.json': '{}'},
    [],
  ],
  [
    'what another stage brings',
    ['COPY package.json ./', 'COPY --from=other /app /app', 'RUN npm ci'],
    '',
    {...NODE, 'package-lock.json': '{}'},
    [],
  ],
  ['a project that a step makes', ['RUN cargo init', 'COPY Cargo.toml ./'], '', {'Cargo.toml': ''}, []],
  [
    'a start script',
    ['COPY . .', 'CMD ["./start.sh"]'],
    '*.sh',
    {'start.sh': '#!/bin/sh', a: ''},
    ['start.sh'],
  ],
  [
    'a check that is written before the COPY',
    ['HEALTHCHECK CMD node check.js', 'COPY . .'],
    '',
    {'check.js': ''},
    [],
  ],
  [
    'a start file below an ignored directory',
    ['COPY . .', 'CMD ["node", "dist/a.js"]'],
    'dist',
    {'dist/a.js': '', a: ''},
    ['dist/a.js'],
  ],
  [
    'a start file that a step builds',
    ['COPY . .', 'RUN npm run build', 'CMD ["node", "dist/a.js"]'],
    'dist',
    {'dist/a.js': '', 'package.json': '{"scripts": {"build": "tsc"}}'},
    [],
  ],
  [
    'a start file that a step writes',
    ['COPY . .', 'RUN cp a run.sh', 'CMD ["./run.sh"]'],
    'run.sh',
    {'run.sh': '', a: ''},
    [],
  ],
  [
    'a path outside the context',
    ['COPY . .', 'RUN go build .'],
    '',
    {'go.mod': 'module x\nreplace y => ../y\n'},
    ['../y'],
  ],
  [
    'a file that a program embeds',
    ['COPY . .', 'RUN go build .'],
    '*.txt',
    {'go.mod': 'module x', 'a.go': 'package x\n//go:embed a.txt\nvar a string', 'a.txt': ''},
    ['a.txt'],
  ],
  [
    'settings that are taken where they are',
    ['COPY . .', 'RUN npm install'],
    '.npmrc',
    {...NODE, '.npmrc': ''},
    [],
  ],
  [
    'members of a workspace',
    ['COPY package.json ./', 'RUN npm install'],
    '',
    {
      'package.json': '{"workspaces": ["p/*"]}',
      'p/a/package.json': '{}',
      'p/b/package.json': '{}',
      'q/package.json': '{}',
    },
    ['p/a/package.json', 'p/b/package.json'],
  ],
  [
    'no settings of linters for Poetry',
    ['COPY pyproject.toml ./', 'RUN poetry install', 'COPY . .'],
    '',
    {
      'pyproject.toml': '[tool.poetry]\nname = "a"\npackage-mode = true',
      'setup.cfg': '[flake8]\nmax-line-length = 99',
    },
    [],
  ],
  [
    'no members of a workspace that the image never gets',
    ['COPY package.json ./', 'COPY p/a/package.json p/a/', 'RUN npm ci', 'COPY p/a p/a'],
    '',
    {
      'package.json': '{"workspaces": ["p/*"]}',
      'package-lock.json': '{}',
      'p/a/package.json': '{}',
      'p/b/package.json': '{}',
    },
    ['package-lock.json'],
  ],
  [
    'the manifest of a module beside it, before a download',
    ['COPY go.mod ./', 'COPY own/go.mod own/', 'RUN go mod download', 'COPY . .', 'RUN go build .'],
    '',
    MODULES,
    [],
  ],
  [
    'a module beside it, before a build',
    ['COPY go.mod ./', 'COPY own/go.mod own/', 'RUN go build .', 'COPY . .'],
    '',
    MODULES,
    ['own'],
  ],
  [
    'no manifest of a module beside it, before a download',
    ['COPY go.mod ./', 'RUN go mod download', 'COPY . .'],
    '',
    MODULES,
    ['own/go.mod'],
  ],
  [
    'no replacement of a module that is not required',
    ['COPY go.mod ./', 'RUN go mod download', 'COPY . .'],
    '',
    {
      ...MODULES,
      'go.mod': 'module x\nrequire y/z v1.0.0\nreplace x/own => ./own',
    },
    [],
  ],
  [
    'only the projects that the restored one refers to',
    ['COPY a/a.csproj a/', 'COPY b/b.csproj b/', 'RUN dotnet restore a/a.csproj', 'COPY . .'],
    '',
    {
      'a/a.csproj': '<Project><ProjectReference Include="..\\b\\b.csproj" /></Project>',
      'b/b.csproj': '<Project></Project>',
      'c/c.csproj': '<Project><ProjectReference Include="..\\d\\d.csproj" /></Project>',
      'd/d.csproj': '<Project></Project>',
    },
    [],
  ],
  [
    'no project that a restore is told not to miss',
    ['COPY a/a.csproj a/', 'RUN dotnet restore a/a.csproj -nowarn:msb3202,nu1503', 'COPY . .'],
    '',
    {
      'a/a.csproj': '<Project><ProjectReference Include="..\\b\\b.csproj" /></Project>',
      'b/b.csproj': '<Project></Project>',
    },
    [],
  ],
  [
    'no package that a build of another leaves out',
    ['COPY Cargo.toml ./', 'COPY a a', 'COPY b b', 'RUN cargo build -p a'],
    '',
    {
      'Cargo.toml': '[workspace]\nmembers = ["a", "b"]',
      'a/Cargo.toml': '[package]\nname = "a"',
      'a/src/main.rs': 'fn main() {}',
      'b/Cargo.toml': '[package]\nname = "b"',
      'b/src/lib.rs': 'const A: &str = include_str!("../../c.txt");',
      'c.txt': '',
    },
    [],
  ],
  [
    'what a package of the workspace that another depends on embeds',
    ['COPY Cargo.toml ./', 'COPY a a', 'COPY b b', 'RUN cargo build -p a'],
    '',
    {
      'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n[workspace.dependencies]\nb = { path = "b" }',
      'a/Cargo.toml': '[package]\nname = "a"\n[dependencies]\nb.workspace = true',
      'a/src/main.rs': 'fn main() {}',
      'b/Cargo.toml': '[package]\nname = "b"',
      'b/src/lib.rs': 'const A: &str = include_str!("../../c.txt");',
      'c.txt': '',
    },
    ['c.txt'],
  ],
  [
    'no repository where a recipe has cloned another before',
    ['COPY Makefile ./', 'RUN make build'],
    '',
    {
      Makefile:
        'build: other\n\tcd other && git checkout v1\n\nother:\n\tgit clone https://example.com/other',
      '.git/HEAD': '',
    },
    [],
  ],
  [
    'no repository of a directory that nothing was copied to',
    ['RUN go get -d a.example/b && cd /go/src/b && git checkout v1', 'WORKDIR /src', 'COPY . .'],
    '.git',
    {'.git/HEAD': '', 'a.go': ''},
    [],
  ],
  [
    'no dependency of one target alone',
    ['COPY mix.exs ./', 'RUN mix deps.get', 'COPY . .'],
    '',
    {
      'mix.exs':
        'defp deps, do: [] ++ own(Mix.target())\ndefp own(:app), do: [{:kit, path: "kit"}]\ndefp own(_), do: []',
      'kit/mix.exs': '',
    },
    [],
  ],
]

describe('needed-ignored', () => {
  for (const [what, lines, ignore, files, missed] of ROWS) {
    it(`${what}: ${missed.join(' ') || 'nothing'}`, () => {
      const dockerfile = ['FROM node AS other', 'FROM node', 'WORKDIR /app', ...lines].join('\n')
      const found = findIn({dockerfile, ignore, tree: Object.keys(files), contents: files})
        .filter((finding) => finding.startsWith('needed-ignored'))
        .join('\n')
      for (const path of missed) assert.ok(found.includes(`"${path}"`), found || 'nothing is found')
      if (missed.length === 0) assert.equal(found, '')
    })
  }
})
