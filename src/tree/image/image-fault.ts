/**
 * Thrown by the pure readers of an image: what is wrong with the archive, in words that follow its name. The caller
 * adds the name.
 */
export class ImageFault extends Error {
  override readonly name = 'ImageFault'
}
