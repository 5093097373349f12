import {type DestinationLink, findDestinationLink} from '../../rewrites/destination-link.js'
import type {CopyStep} from '../../rewrites/linked-copy.js'
import {listLinkedCopies, removeLinkFlag} from '../../rewrites/linked-copy.js'
import type {RewriteFacts} from '../../rewrites/rewrite-facts.js'
import type {ProposedRewrite, RewriteRule} from './define-rewrite.js'

/** Finds a linked copy to a path with a link in it: on one image store it follows the link, on the other it replaces it. */
const rule: RewriteRule = {
  id: 'link-through-symlink',
  summary: 'Give COPY --link a real directory as its destination',
  reason:
    'COPY --link creates a layer without the image below it, so it follows no symbolic link there. With the classic image store --link has no effect and the files go to the target of the link. With the containerd store, the default of new installations, a directory with only the new files replaces the link: if /bin is a link to /usr/bin, the image no longer has a shell. Proved if the Dockerfile or the context creates the link. Not read here: which links the base image has.',
  examples: [
    {
      title: 'a program into /bin of Debian',
      dockerfile: 'FROM debian:13\nCOPY --link --chown=0:0 tool /bin/tool\n',
      tree: ['tool'],
      expected: {
        confidence: 'review',
        says: /\/bin a link in debian:13/,
        dockerfile: 'FROM debian:13\nCOPY --chown=0:0 tool /bin/tool\n',
      },
    },
    {
      title: 'a link that a RUN makes',
      dockerfile:
        'FROM alpine:3.22\nRUN mkdir -p /srv/data && ln -s /srv/data /data\nCOPY --link \\\n  a.json /data/\n',
      tree: ['a.json'],
      expected: {
        confidence: 'review',
        says: /\/srv\/data/,
        dockerfile:
          'FROM alpine:3.22\nRUN mkdir -p /srv/data && ln -s /srv/data /data\nCOPY \\\n  a.json /data/\n',
      },
    },
    {
      title: 'the same without --link',
      dockerfile: 'FROM debian:13\nCOPY tool /bin/tool\n',
      tree: ['tool'],
      expected: null,
    },
    {
      title: 'with --chmod, which makes it a plain copy',
      dockerfile: 'FROM debian:13\nCOPY --link --chmod=755 tool /bin/tool\n',
      tree: ['tool'],
      expected: null,
    },
    {
      title: 'a directory of Alpine',
      dockerfile: 'FROM alpine:3.22\nCOPY --link tool /bin/tool\n',
      tree: ['tool'],
      expected: null,
    },
    {
      title: 'an image that begins with nothing',
      dockerfile: 'FROM scratch\nCOPY --link tool /bin/tool\n',
      tree: ['tool'],
      expected: null,
    },
    {
      title: 'a link into a directory, not in its place',
      dockerfile: 'FROM node:22\nRUN ln -s /opt/x /usr/local/bin\nCOPY --link tool /usr/local/bin/\n',
      tree: ['tool'],
      expected: null,
    },
  ],
  find: (facts) => listLinkedCopies(facts.graph).flatMap((step) => propose(facts, step) ?? []),
}
export default rule

function propose(facts: RewriteFacts, step: CopyStep): ProposedRewrite | null {
  const link = findDestinationLink(facts, step)
  if (link === null) return null
  const {line, endLine} = step.instruction
  return {
    line,
    endLine,
    title: `remove --link: ${step.instruction.destination} is behind the link ${link.path}`,
    proof: [
      {claim: `${link.path} is a link`, evidence: link.evidence},
      {
        claim: 'with the containerd image store a linked layer replaces the link',
        evidence: 'the layer is created without the image below it',
      },
    ],
    questions: [ask(link)],
    edits: removeLinkFlag(facts, step),
    changes: ['links'],
  }
}

function ask({path, image, target}: DestinationLink): string {
  if (image !== null) {
    return `Is ${path} a link in ${image}? docker run --rm ${image} ls -ld ${path} shows it. Instead, the copy can name /usr${path} and keep --link`
  }
  return `Can the copy name ${target ?? 'the target of the link'} instead? Then --link can stay`
}
