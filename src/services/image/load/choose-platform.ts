import {SlimCheckError} from '../../../errors.js'
import type {FoundImage} from '../../../tree/image/manifest/found-image.js'

export interface PlatformChoice {
  allPlatforms: boolean
  /** `OS/ARCHITECTURE[/VARIANT]`; undefined: this machine's if it exists, else the first. */
  platform?: string | undefined
}

/** What Docker calls the architectures of Node. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  arm: 'arm',
  arm64: 'arm64',
  ppc64: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
}

/** @param source for the error @throws SlimCheckError where no image is for the platform */
export function choosePlatform(
  images: FoundImage[],
  {allPlatforms, platform}: PlatformChoice,
  source: string,
): FoundImage[] {
  const platforms = [...new Set(images.map((image) => image.platform))]
  if (allPlatforms || (platform === undefined && platforms.length === 1)) return images
  if (platform !== undefined) {
    const wanted = images.filter((image) => isFor(image.platform, platform))
    if (wanted.length > 0) return wanted
    const known = platforms.map((one) => one ?? 'an unknown platform')
    throw new SlimCheckError('image-platform-missing', {source, platform, known})
  }
  const chosen = platforms.find((one) => isFor(one, ownPlatform())) ?? platforms[0]!
  return images.filter((image) => image.platform === chosen)
}

/** What this machine runs. */
export function ownPlatform(): string {
  return `linux/${ARCHITECTURES[process.arch] ?? process.arch}`
}

/** A platform without a variant takes any. */
export function isFor(platform: string | null, wanted: string): boolean {
  return platform === wanted || platform?.startsWith(`${wanted}/`) === true
}
