import type {RemoteImage} from '../../../tree/image/figures/predict-deploy.js'

/** An image as far as its layers' names go. */
export interface ImageOutline extends RemoteImage {
  refs: string[]
  /** Whether only a registry has it. */
  isRemote?: boolean
}
