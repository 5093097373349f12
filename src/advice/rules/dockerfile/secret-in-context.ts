import type {TrackedPaths} from '../../../languages/git/tracked-paths.js'
import type {Severity} from '../../../report/context-report.js'
import {createTreeLinkReader} from '../../../tree/model/tree-link-reader.js'
import {KnownEntries} from '../../catalogue/known-entries.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {type FoundSecret, findSecrets} from '../../secrets/find-secrets.js'
import {defineRule, type Hit} from '../define-rule.js'

interface Data {
  secret: FoundSecret
  /** The named context that it lies in; null for the main one. */
  context: string | null
}

/** Finds secrets that cross, by name and where that is not enough by content. Nothing of them is shown. */
export default defineRule<Data>({
  id: 'secret-in-context',
  severity: 'error',
  summary: 'Keep secrets out of the context',
  reason:
    'Everyone who has the image can read every layer of it, also files that a later step removes. A secret in the final image is an error; in another stage or in the build cache it is a warning. What Git tracks is known to all who have the repository: a warning in the image, else an info, and nothing where it holds defaults, as a .env of Symfony does. Examples, templates, public keys and test fixtures are not reported.',
  remedy: 'Ignore the file, and mount it in the RUN that needs it: RUN --mount=type=secret,id=name.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nCOPY . .', ignore: '.env', tree: ['.env', 'a.js']},
      {
        dockerfile: 'FROM scratch\nCOPY . .',
        ignore: '',
        tree: ['.env.example', 'tests/key.pem', 'id_rsa.pub'],
      },
      {dockerfile: 'FROM scratch\nCOPY a.js .', ignore: '', tree: ['.env', 'a.js']},
    ],
    bad: [
      {dockerfile: 'FROM scratch\nCOPY . .', ignore: '', tree: ['.env', 'a.js']},
      {
        dockerfile: 'FROM scratch AS build\nCOPY . .\nFROM scratch\nCOPY --from=build /out /',
        ignore: '',
        tree: ['server.key'],
        contents: {'server.key': '-----BEGIN PRIVATE KEY-----'},
      },
    ],
  },
  message: (data) => `${describeSecret(data)} ${describeWay(data.secret)}`,
  fix: ({secret: {isTracked}}) =>
    isTracked
      ? 'Git tracks it, too: if what it holds is real, change it, and take the file out of Git and of the context'
      : undefined,
  check(facts) {
    const {input, tree, known, selection} = facts
    const found = search(facts, {
      tree,
      known,
      selection,
      context: null,
      texts: input.secretTexts,
      tracked: input.tracked,
      folder: folderOf(facts),
    })
    const named = (input.named ?? []).flatMap(({name, tree, known, measured: {selection}, secretTexts}) =>
      search(facts, {tree, known, selection, context: name, texts: secretTexts, tracked: null}),
    )
    return [...found, ...named]
  },
})

type Target = Pick<Parameters<typeof findSecrets>[0], 'tree' | 'selection' | 'context' | 'folder'> & {
  known: KnownEntries | undefined
  texts: ReadonlyMap<string, string> | undefined
  tracked: TrackedPaths | null | undefined
}

function search(facts: RuleFacts, {texts, known, tracked, ...target}: Target): Hit<Data>[] {
  const secrets = findSecrets({
    ...target,
    suspects: (known ?? new KnownEntries(target.tree)).suspects,
    graph: facts.graph,
    linkReader: createTreeLinkReader(target.tree),
    texts: texts ?? new Map(),
    tracked: tracked ?? null,
  })
  return secrets.map((secret) => {
    const {carrier} = secret
    const hit = {data: {secret, context: target.context}}
    const severity = judge(secret)
    return carrier === null ? {...hit, severity} : {...hit, severity, place: facts.atRequest(carrier.request)}
  })
}

/** Where the context lies, as it was named; what is above the project tells nothing. */
function folderOf({plan}: RuleFacts): string {
  const {path} = plan.context
  return /^(?:[/\\]|[A-Za-z]:|\.\.)/.test(path) ? '' : path
}

/** What Git tracks is known to all who have the repository: an image adds little. */
function judge({carrier, isTracked}: FoundSecret): Severity {
  if (carrier?.destiny.kind === 'image') return isTracked ? 'warning' : 'error'
  return isTracked ? 'info' : 'warning'
}

function describeSecret({secret: {path, title, finds}, context}: Data): string {
  const place = context === null ? '' : ` of context "${context}"`
  return `"${path}"${place} (${title}${finds === null ? '' : `, holds ${finds}`})`
}

function describeWay({carrier}: FoundSecret): string {
  if (carrier === null) return 'is sent to the builder'
  const {request, destiny} = carrier
  switch (destiny.kind) {
    case 'image': {
      const through =
        destiny.through === null ? '' : `, and from that stage into the final one by line ${destiny.through}`
      return `goes into the image: ${request.text}${through}`
    }
    case 'stage':
      return `goes into stage ${destiny.stage}: ${request.text}`
    case 'mount':
      return `is sent for a step to read: ${request.text}`
    case 'excluded':
      return `is sent, but not copied: ${request.text}`
  }
}
