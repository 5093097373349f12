import type {RewriteRule} from './define-rewrite.js'

/** Finds a linked copy whose owner is a name: it builds on one image store and fails on the other. */
const rule: RewriteRule = {
  id: 'link-named-owner',
  summary: 'Give COPY --link its owner as a number',
  reason:
    'COPY --link creates a layer without the image below it, so there is no /etc/passwd to find the name in. With the classic image store --link has no effect and the name works; with the containerd store, the default of new installations, the build fails with "invalid user index". Proved by the Dockerfile alone. Not known here: which number the name has in the image.',
  examples: [
    {
      title: 'a name',
      dockerfile: 'FROM node:22\nCOPY --link --chown=node:node a.js /\n',
      tree: ['a.js'],
      expected: {confidence: 'review', says: /node:node/},
    },
    {
      title: 'a number',
      dockerfile: 'FROM node:22\nCOPY --link --chown=1000:1000 a.js /\n',
      tree: ['a.js'],
      expected: null,
    },
    {
      title: 'no link',
      dockerfile: 'FROM node:22\nCOPY --chown=node a.js /\n',
      tree: ['a.js'],
      expected: null,
    },
  ],
  find: ({graph}) =>
    graph.steps.flatMap(({instruction}) => {
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return []
      const {flags, line, endLine, isInherited} = instruction
      if (isInherited || !flags.link || !/[A-Za-z]/.test(flags.chown)) return []
      return [
        {
          line,
          endLine,
          title: `write the owner ${flags.chown} as a number`,
          proof: [
            {
              claim: 'the build fails on the containerd image store',
              evidence: 'a linked layer has no /etc/passwd to find the name in',
            },
          ],
          questions: [`Which numbers are ${flags.chown} in the image? docker run --rm IMAGE id shows them`],
          edits: [],
        },
      ]
    }),
}
export default rule
