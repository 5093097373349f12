import assert from 'node:assert/strict'
import {isDockerfileName} from '../../../src/languages/dockerfile/dockerfile-name.js'

describe('isDockerfileName', () => {
  for (const name of [
    'Dockerfile',
    'dockerfile',
    'Containerfile',
    'Dockerfile.dev',
    'Dockerfile-arm',
    'Dockerfile_arm',
    'Dockerfile.python3.11',
    'web.Dockerfile',
    'web.dockerfile',
  ])
    it(`takes ${name}`, () => assert.equal(isDockerfileName(name), true))

  for (const name of [
    'Dockerfile.eex',
    'Dockerfile.j2',
    'Dockerfile.tmpl',
    'Dockerfile-alpine.template',
    'Dockerfile_alpine.yml',
    'Dockerfile.dockerignore',
    'Dockerfile.md',
    'Dockerfile~',
    'Dockerfile-',
    'Dockerfiles',
    'dockerfile-settings.tsx',
    'dockerfile_test.exs',
    'mydockerfile',
    '.dockerfile',
  ])
    it(`leaves ${name}`, () => assert.equal(isDockerfileName(name), false))
})
