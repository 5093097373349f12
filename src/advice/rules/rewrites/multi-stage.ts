import {askAboutTests} from '../../rewrites/final-image.js'
import {splitStage} from '../../rewrites/stages/split-stage.js'
import type {RewriteRule} from './define-rewrite.js'

/** Splits a Dockerfile of one stage into one that builds and one that runs. */
const rule: RewriteRule = {
  id: 'multi-stage',
  summary: 'Build in one stage, and copy the result into another',
  reason:
    'Compilers, headers, development packages and the caches of downloads are in an image for good if it is built where it runs. Proved: every RUN is an install, a build of the project or a package of the system, and the configuration of the image stays the same. What else the program needs when it runs, and whether the smaller base image has it, only a run shows.',
  examples: [
    {
      title: 'a server that is compiled from TypeScript',
      dockerfile:
        'FROM node:20\nWORKDIR /app\nRUN apt-get update && apt-get install -y python3-dev build-essential ca-certificates vim\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nEXPOSE 8080\nCMD ["node", "dist/server.js"]\n',
      tree: ['package.json', 'package-lock.json', 'src/server.ts'],
      contents: {'package.json': '{"devDependencies": {"typescript": "5"}}'},
      expected: {
        confidence: 'review',
        says: /devDependencies/,
        dockerfile:
          'FROM node:20 AS build\nWORKDIR /app\nRUN apt-get update && apt-get install -y python3-dev build-essential ca-certificates vim\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nRUN npm prune --omit=dev\n\nFROM node:20-slim\nWORKDIR /app\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*\nCOPY --from=build /app /app\nEXPOSE 8080\nCMD ["node", "dist/server.js"]\n',
      },
    },
    {
      title: 'Python packages that are compiled',
      dockerfile:
        'FROM python:3.12\nRUN apt-get update && apt-get install -y gcc libpq-dev\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY app ./app\nCMD ["python", "-m", "app"]\n',
      tree: ['requirements.txt', 'app/__main__.py'],
      contents: {'requirements.txt': 'psycopg2==2.9\n'},
      expected: {
        confidence: 'review',
        says: /library/,
        dockerfile:
          'FROM python:3.12 AS build\nRUN apt-get update && apt-get install -y gcc libpq-dev\nWORKDIR /app\nCOPY requirements.txt ./\nRUN python -m venv /venv\nENV PATH=/venv/bin:$PATH\nRUN pip install -r requirements.txt\n\nFROM python:3.12-slim\nWORKDIR /app\nRUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*\nCOPY --from=build /venv /venv\nENV PATH=/venv/bin:$PATH\nCOPY app ./app\nCMD ["python", "-m", "app"]\n',
      },
    },
    {
      title: 'a program in Go',
      dockerfile:
        'FROM golang:1.24-bookworm\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/a ./cmd/a\nENTRYPOINT ["/usr/local/bin/a"]\n',
      tree: ['go.mod', 'cmd/a/main.go'],
      expected: {
        confidence: 'review',
        says: /any other file/,
        dockerfile:
          'FROM golang:1.24-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/a ./cmd/a\n\nFROM debian:bookworm-slim\nWORKDIR /src\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /usr/local/bin/a /usr/local/bin/a\nENTRYPOINT ["/usr/local/bin/a"]\n',
      },
    },
    {
      title: 'a program in Rust',
      dockerfile:
        'FROM rust:1.85-alpine3.21\nWORKDIR /src\nCOPY . .\nRUN cargo build --release --locked\nCMD ["./target/release/a"]\n',
      tree: ['Cargo.toml', 'src/main.rs'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM rust:1.85-alpine3.21 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release --locked\n\nFROM alpine:3.21\nWORKDIR /src\nCOPY --from=build /src/target/release/a /src/target/release/a\nCMD ["./target/release/a"]\n',
      },
    },
    {
      title: 'a program in Java',
      dockerfile:
        'FROM maven:3.9-eclipse-temurin-21\nWORKDIR /src\nCOPY . .\nRUN mvn -B package\nCMD ["java", "-jar", "target/a.jar"]\n',
      tree: ['pom.xml', 'src/main/java/A.java'],
      expected: {
        confidence: 'review',
        dockerfile:
          'FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn -B package\n\nFROM eclipse-temurin:21-jre\nWORKDIR /src\nCOPY --from=build /src/target/a.jar /src/target/a.jar\nCMD ["java", "-jar", "target/a.jar"]\n',
      },
    },
    {
      title: 'tests that run in the image',
      dockerfile:
        'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ["node", "dist/server.js"]\n',
      tree: ['package.json', 'package-lock.json', 'src/server.ts', '.github/workflows/ci.yml'],
      contents: {
        'package.json': '{"devDependencies": {"typescript": "5"}}',
        '.github/workflows/ci.yml': 'jobs:\n  a:\n    steps:\n      - run: docker run --rm a npm test\n',
      },
      expected: {confidence: 'review', says: /ci\.yml:4 runs docker run --rm a npm test/},
    },
    {
      title: 'a step that does anything else',
      dockerfile:
        'FROM node:20\nRUN apt-get install -y gcc\nWORKDIR /app\nCOPY . .\nRUN npm ci && ./setup.sh\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{}'},
      expected: null,
    },
    {
      title: 'nothing that only a build needs',
      dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n',
      tree: ['package.json', 'package-lock.json'],
      contents: {'package.json': '{}'},
      expected: null,
    },
  ],
  find: (facts) => {
    const split = splitStage(facts)
    if (split === null) return []
    return [
      {
        line: split.line,
        endLine: split.endLine,
        title: `build in a separate stage, and run in ${split.image}`,
        proof: [
          {
            claim: 'every step is understood',
            evidence: `installs, a build of the ${split.language} project, system packages`,
          },
          {claim: 'the image no longer has', evidence: split.left.join(', ')},
        ],
        questions: [...split.questions, ...askAboutTests(facts)],
        edits: split.edits,
        changes: ['stages'],
      },
    ]
  },
}
export default rule
