import assert from 'node:assert/strict'
import {
  formatPlatform,
  parsePlatform,
} from '../../../../../src/languages/dockerfile/evaluate/names/platform.js'

describe('parsePlatform', () => {
  const rows: [specifier: string, formatted: string | null][] = [
    ['linux/amd64', 'linux/amd64'],
    ['Linux/x86_64', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/6', 'linux/arm/v6'],
    ['linux/i386', 'linux/386'],
    ['macos/arm64', 'darwin/arm64'],
    ['windows(10.0.17763)/amd64', 'windows(10.0.17763)/amd64'],
    ['linux', 'linux/amd64'],
    ['riscv64', 'linux/riscv64'],
    ['foo', null],
    ['linux/a/b/c', null],
    ['linux/*', null],
    ['', null],
  ]
  for (const [specifier, formatted] of rows) {
    it(`reads ${JSON.stringify(specifier)}`, () => {
      const platform = parsePlatform(specifier, null)
      assert.equal(platform && formatPlatform(platform), formatted)
    })
  }
})
