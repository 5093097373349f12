import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'

const FILES_PER_PACKAGE = 40
const NAMES = [
  'index.js',
  'index.d.ts',
  'README.md',
  'LICENSE',
  'package.json',
  'util.js',
  'types.d.ts',
  'main.cjs',
]

/** Makes a project with so many files in `node_modules`: a few directories a package, names that come back. */
export function makePackages(root: string, fileCount: number): void {
  writeFileSync(path.join(root, 'package.json'), '{"name": "bench"}')
  writeFileSync(path.join(root, 'Dockerfile'), 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n')
  for (let file = 0; file < fileCount; file++) {
    const inPackage = file % FILES_PER_PACKAGE
    const directory = path.join(
      root,
      'node_modules',
      `package-${Math.floor(file / FILES_PER_PACKAGE)}`,
      ['.', 'dist', 'dist/esm', 'lib'][inPackage % 4]!,
    )
    if (inPackage < 4) mkdirSync(directory, {recursive: true})
    const name = NAMES[Math.floor(inPackage / 4)] ?? `part-${inPackage}.js`
    writeFileSync(path.join(directory, name), 'x'.repeat(file % 900))
  }
}
