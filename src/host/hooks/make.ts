import {createBlockKind} from './block-in-file.js'

/** A target for make, to stand before the one that builds. */
export const make = createBlockKind({
  name: 'make',
  summary: 'a make target to put before the one that builds',
  fileNames: ['Makefile', 'GNUmakefile', 'makefile'],
  createLines: ({options}) => [
    '.PHONY: docker-context',
    'docker-context:',
    `\tdocker-slim-check hook check .${options.maxTransfer === undefined ? '' : ` --max-transfer ${options.maxTransfer}`}`,
  ],
  notes: ['Put it before your build: "image: docker-context"'],
})
