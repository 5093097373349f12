import type {MeasuredBuild, MeasuredRun, MeasureFigure} from '../../report/measure/measure-report.js'

/** One figure of a measured build. */
export interface FigureValue {
  figure: MeasureFigure
  unit: 'seconds' | 'bytes'
  value: number
  /** Of a time; empty of bytes. */
  runs: readonly MeasuredRun[]
  /** Of bytes: an estimate. */
  isEstimate: boolean
}

/** Lists the figures that a build has, times first. */
export function listFigures({scenarios, transfer, image, deploy}: MeasuredBuild): FigureValue[] {
  const times = scenarios.map(({name, medianSeconds, runs}): FigureValue => {
    return {figure: name, unit: 'seconds', value: medianSeconds, runs, isEstimate: false}
  })
  const bytes = (figure: MeasureFigure, value: number, isEstimate = false): FigureValue => {
    return {figure, unit: 'bytes', value, runs: [], isEstimate}
  }
  return [
    ...times,
    ...(transfer === null ? [] : [bytes('transfer', transfer.measuredBytes ?? transfer.predictedBytes)]),
    ...(image === null
      ? []
      : [
          bytes('pull', image.pullBytes, image.pullIsEstimate),
          bytes('unpacked', image.unpackedBytes),
          bytes('files', image.fileBytes),
          bytes('hidden', image.hiddenBytes),
        ]),
    // A host with a graph driver pulls most.
    ...(deploy === null ? [] : [bytes('deploy', deploy.classicBytes, image?.pullIsEstimate)]),
  ]
}
