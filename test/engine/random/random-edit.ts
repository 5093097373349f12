import {pick, type Random} from '../../helpers/random.js'
import {type Abilities, type Draft, makeLine} from './random-dockerfile.js'

/** Edits a Dockerfile at random, in place. @returns what was done */
export function editDraft(random: Random, abilities: Abilities, draft: Draft): string {
  const at = Math.floor(random() * draft.stages.length)
  const stage = draft.stages[at]!
  const earlier = draft.stages.slice(0, at).map(({name}, index) => name ?? `${index}`)
  const line = Math.floor(random() * Math.max(1, stage.lines.length))
  const make = () =>
    makeLine(random, abilities, stage, {...draft, stages: draft.stages.slice(0, at)}, earlier)
  const edits: Record<string, () => void> = {
    'a line inserted': () => void stage.lines.splice(line, 0, make()),
    'a line removed': () => void stage.lines.splice(line, 1),
    'a line replaced': () => void stage.lines.splice(line, 1, make()),
    'two lines swapped': () => {
      const [one, other] = [stage.lines[line], stage.lines[line + 1]]
      if (one !== undefined && other !== undefined) stage.lines.splice(line, 2, other, one)
    },
    'a line doubled': () => void stage.lines.splice(line, 0, stage.lines[line] ?? '# nothing'),
    'a line respelled': () => {
      if (stage.lines[line] !== undefined) stage.lines[line] = respell(random, stage.lines[line])
    },
    'another base': () => {
      stage.base = stage.base.startsWith('bb:') ? pick(random, ['bb:1', 'bb:2', 'bb:3']) : stage.base
    },
    'a platform': () => {
      stage.platform = pick(random, ['', 'linux/amd64', '$TARGETPLATFORM'])
    },
    'a comment': () => void stage.lines.splice(line, 0, '# note', ''),
    'a stage renamed': () => renameStage(draft, at),
    'a stage split': () => {
      if (stage.name === null) return
      const rest = stage.lines.splice(line)
      draft.stages.splice(
        at,
        1,
        {...stage, name: `pre${at}`},
        {...stage, base: `pre${at}`, platform: '', lines: rest},
      )
    },
    'a global': () => void draft.globals.push('ARG A=9'),
  }
  const name = pick(random, [
    ...Object.keys(edits),
    'a line respelled',
    'a line replaced',
    'a line respelled',
  ])
  edits[name]!()
  return name
}

function renameStage(draft: Draft, at: number): void {
  const old = draft.stages[at]!.name
  if (old === null) return
  const name = `${old}x`
  draft.stages[at]!.name = name
  for (const stage of draft.stages) {
    if (stage.base === old.toLowerCase()) stage.base = name.toLowerCase()
    stage.lines = stage.lines.map((line) =>
      line.replaceAll(`from=${old} `, `from=${name} `).replaceAll(`from=${old},`, `from=${name},`),
    )
  }
}

/** Writes an instruction another way: some mean the same, some do not. */
function respell(random: Random, line: string): string {
  const ways: ((text: string) => string)[] = [
    (text) => text.replace(/^\S+/, (word) => word.toLowerCase()),
    (text) => text.replace(/ /, '  '),
    (text) => `${text} `,
    (text) => text.replace(/\/$/, ''),
    (text) => (text.includes('<<') || text.endsWith(']') ? text : `${text}/`),
    (text) => text.replace(/^(COPY|ADD) ([a-z])/, '$1 ./$2'),
    (text) => text.replace(/^(COPY|ADD) ([a-z])/, '$1 /$2'),
    (text) => text.replace(/^COPY /, 'ADD '),
    (text) => text.replace(/^COPY /, 'COPY --link '),
    (text) => text.replace(/^(COPY|ADD) /, '$1 --chown=0:0 '),
    (text) => text.replace(/--chown=\S+ /, ''),
    (text) => text.replace(/--chmod=\S+ /, ''),
    (text) => text.replace(/--chmod=755/, '--chmod=0755'),
    (text) => text.replace(/^RUN (?!<<|\[|.*\\)/, 'RUN  '),
    (text) => text.replace(/^RUN (--mount=\S+) (--mount=\S+)/, 'RUN $2 $1'),
    (text) => text.replace(/^RUN /, 'RUN --mount=type=cache,target=/cc '),
    (text) => text.replace(/type=cache,target=\/c /, 'type=cache,target=/c,sharing=shared,id=/c '),
    (text) => text.replace(/=1$/, '=2'),
    (text) => text.replace(/^ENV (\w+)=/, 'ENV $1 '),
    (text) => text.replace(/^ENV /, 'ARG '),
    (text) => text.replace(/ (\S+)$/, ' \\\n  $1'),
    (text) => text.replace(/\/app/, '/app/../app'),
    (text) => text.replace(/src\//, 'src/./'),
    (text) => text.replace(/\bmake\b/, 'make all'),
    (text) => text.replace(/one/, 'three'),
  ]
  const changing = ways.map((way) => way(line)).filter((text) => text !== line)
  return changing.length === 0 ? `${line}` : pick(random, changing)
}
