import {formatBytes, formatSeconds, formatThings} from '../../languages/text/amounts.js'
import type {
  MeasureChange,
  MeasuredBuild,
  MeasureEnvironment,
  MeasureFigure,
  MeasureReason,
  MeasureReport,
  MeasureThreshold,
} from '../../report/measure/measure-report.js'

/** The name of a figure for people. @param build the name of a recorded build, whose change is unknown */
export function nameFigure(figure: MeasureFigure, build?: MeasuredBuild): string {
  const scenario = build?.scenarios.find(({name}) => name === figure)
  return scenario?.title.startsWith('a recorded build') ? scenario.title : FIGURES[figure]
}

/** The same in few letters, for a narrow screen. */
export function nameFigureShortly(figure: MeasureFigure): string {
  return SHORT_NAMES[figure]
}

const SHORT_NAMES: Record<MeasureFigure, string> = {
  cold: 'cold build',
  unchanged: 'again',
  source: 'source edit',
  lock: 'lock file',
  transfer: 'transfer',
  pull: 'image pull',
  unpacked: 'unpacked',
  files: 'files',
  hidden: 'hidden',
  deploy: 'edit pulls',
}

const FIGURES: Record<MeasureFigure, string> = {
  cold: 'cold build',
  unchanged: 'the same build again',
  source: 'after an edit of one source file',
  lock: 'after a change of the lock file',
  transfer: 'transfer, first build',
  pull: 'image, first pull',
  unpacked: 'image, unpacked layers',
  files: 'image, files in the final image',
  hidden: 'image, hidden',
  deploy: 'a source change pulls',
}

/** `Engine 28.5.2, containerd store, 2 CPUs`. */
export function describeEnvironment({engine, store, storage, cpus, driver}: MeasureEnvironment): string {
  const parts = [
    ...(engine === null ? [] : [`Engine ${engine}`]),
    ...(driver === null || driver === 'docker' ? [] : [`builder ${driver}`]),
    ...(store === null
      ? []
      : [
          `${store === 'containerd' ? 'containerd store' : 'graph driver'}${storage === null ? '' : ` ${storage}`}`,
        ]),
    ...(cpus === null ? [] : [formatThings(cpus, 'CPU')]),
  ]
  return parts.join(', ')
}

/** The build, and its target and platform where it has any. */
export function nameBuild({name, target, platform}: MeasuredBuild): string {
  return [
    name,
    ...(target === null || target === name ? [] : [`target ${target}`]),
    ...(platform === null ? [] : [platform]),
  ].join(', ')
}

/** A time with its spread and how many runs stand behind it: `9.6 s ±0.2 (3)`. */
export function writeTime(seconds: number, runs: number, spread: number): string {
  const around = runs > 1 ? ` ±${(spread / 2).toFixed(1)}` : ''
  return runs === 0 ? formatSeconds(seconds) : `${formatSeconds(seconds)}${around} (${runs})`
}

/** What a reader must know before the figures: another machine, a prediction that was wrong. */
export function listWarnings({builds, notes, against}: MeasureReport): string[] {
  const wrong = builds.flatMap(({name, transfer}) =>
    transfer?.agrees === false
      ? [
          `${name}: the predicted transfer was ${transfer.predictedBytes} B, and ${transfer.predictedRebuildBytes} B on a rebuild; the measured one was ${transfer.measuredBytes ?? 'not known'} B, and ${transfer.measuredRebuildBytes ?? 'not known'} B on a rebuild. Please report this`,
        ]
      : [],
  )
  const others = (against?.differences ?? []).map((one) => `not compared with the baseline: ${one}`)
  return [...others, ...wrong, ...notes]
}

/** How a figure has changed: `−35 %`, `no difference`; never a number that the runs do not show. */
export function writeVerdict({percent, verdict, remark, unit}: MeasureChange): string {
  if (verdict === 'not-comparable') return `not compared: ${remark}`
  if (verdict === 'same') return remark === null ? 'the same' : `no difference shown: ${remark}`
  if (percent === null) return 'new'
  return `${writePercent(percent)}${unit === 'seconds' ? ', ranges apart' : ''}`
}

/** With a sign that is as wide as a plus. */
function writePercent(percent: number): string {
  const text = Math.abs(percent) >= 10 ? Math.abs(percent).toFixed(0) : Math.abs(percent).toFixed(1)
  return `${percent < 0 ? '−' : '+'}${text} %`
}

/** What did something, and how much it saves or costs. */
export function writeReason({text, savedSeconds, savedBytes, line, rewrite}: MeasureReason): string {
  const where = line === null ? '' : ` (line ${line})`
  const by = rewrite === null ? '' : `, by the rewrite "${rewrite}"`
  return `${text}${where}: ${writeSaving(savedSeconds, savedBytes)}${by}`
}

/** What is saved, or costs more, with a sign. */
function writeSaving(seconds: number | null, bytes: number | null): string {
  if (seconds !== null) return `${seconds < 0 ? '+' : '−'}${formatSeconds(Math.abs(seconds))}`
  return bytes === null ? '' : `${bytes < 0 ? '+' : '−'}${formatBytes(Math.abs(bytes))}`
}

/** A limit or what it is compared with, in its unit. */
export function writeLimit({unit}: MeasureThreshold, value: number): string {
  if (unit === 'bytes') return formatBytes(value)
  return unit === 'seconds' ? formatSeconds(value) : `${value} %`
}
