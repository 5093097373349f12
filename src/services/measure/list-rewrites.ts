import {SlimCheckError} from '../../errors.js'
import type {MeasuredRewrite} from '../../report/measure/measure-report.js'
import {adviseDockerfiles} from '../dockerfile/advise-dockerfiles.js'
import type {MeasureRequest} from './measure-request.js'

/** What the command `dockerfile` proposes for each build, by its name; nothing where it cannot. */
export async function listRewrites(request: MeasureRequest): Promise<ReadonlyMap<string, MeasuredRewrite[]>> {
  try {
    const {report} = await adviseDockerfiles(request)
    const open = report.rewrites.filter(({confidence}) => confidence !== 'blocked')
    return new Map(
      report.builds.map(({name, dockerfile}) => [
        name,
        open.filter(({file}) => file === dockerfile).map(({rule, title, line}) => ({rule, title, line})),
      ]),
    )
  } catch (error) {
    if (!(error instanceof SlimCheckError)) throw error
    return new Map()
  }
}
