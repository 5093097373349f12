import {ImageFault} from '../image-fault.js'
import {
  type ArchiveReader,
  asList,
  asObject,
  type Descriptor,
  type JsonObject,
  parse,
} from './archive-files.js'
import {blobPath} from './digest.js'
import {type FoundImage, type FoundImages, familiarName} from './found-image.js'
import {platformOf} from './image-config.js'
import {asDescriptor, MissingBlob, readManifest} from './read-manifest.js'

/** Indexes in indexes, and manifests of an archive: engines hang on more (docs/image.md 7.1). */
const MAX_DEPTH = 8
const MAX_MANIFESTS = 10_000

/** What surrounds a manifest in the indexes above it. */
interface Surroundings {
  refs: readonly string[]
  /** The outermost index that a name points to, and the bytes of all indexes down to here. */
  index: {digest: string; bytes: number} | null
  depth: number
}

/**
 * Finds the images of an OCI layout, in the order of its index; each manifest once, with all its names.
 * @throws ImageFault for a layout that contradicts itself, or in which no image is whole
 */
export function readIndex(reader: ArchiveReader, index: unknown): FoundImages {
  const search = new IndexSearch(reader)
  const descriptors = asList(asObject(index, 'index.json').manifests, 'index.json', 'manifests')
  search.visitAll(descriptors, {refs: [], index: null, depth: 0})
  return search.finish()
}

class IndexSearch {
  private readonly images = new Map<string, FoundImage>()
  private readonly attestations: FoundImages['attestations'] = []
  private readonly absentPlatforms = new Set<string>()
  private readonly visited = new Set<string>()
  private firstMissing: string | null = null
  private count = 0

  constructor(private readonly reader: ArchiveReader) {}

  finish(): FoundImages {
    const images = [...this.images.values()]
    if (images.length === 0 && this.firstMissing !== null) throw new MissingBlob(this.firstMissing)
    const present = new Set(images.map(({platform}) => platform))
    const absentPlatforms = [...this.absentPlatforms].filter((one) => !present.has(one))
    return {images, absentPlatforms, attestations: this.attestations}
  }

  visitAll(values: readonly unknown[], place: Surroundings): void {
    for (const value of values) {
      if (++this.count > MAX_MANIFESTS) throw new ImageFault(`it names more than ${MAX_MANIFESTS} manifests`)
      const descriptor = asDescriptor(value, 'a manifest')
      const refs = place.depth === 0 ? refsOf(descriptor) : place.refs
      this.visit(descriptor, {...place, refs})
    }
  }

  private visit(descriptor: Descriptor, place: Surroundings): void {
    const {digest} = descriptor
    if (this.visited.has(digest)) {
      this.addRefs(digest, place.refs)
      return
    }
    this.visited.add(digest)
    if (isAttestation(descriptor)) this.visitAttestation(descriptor)
    else this.visitDocument(descriptor, place)
  }

  private visitDocument(descriptor: Descriptor, place: Surroundings): void {
    const {digest} = descriptor
    const content = this.reader.blob(descriptor)
    if (content === null) {
      this.noteMissing(descriptor, `the manifest ${digest} is missing`)
      return
    }
    const document = asObject(parse(content, blobPath(digest)), blobPath(digest))
    if (Array.isArray(document.manifests)) this.visitIndex(document.manifests, digest, content.length, place)
    else this.visitManifest(document, descriptor, content.length, place)
  }

  private visitIndex(
    manifests: readonly unknown[],
    digest: string,
    bytes: number,
    place: Surroundings,
  ): void {
    if (place.depth === MAX_DEPTH) throw new ImageFault(`its indexes are nested more than ${MAX_DEPTH} deep`)
    const outer = place.index ?? {digest, bytes: 0}
    const index = {digest: outer.digest, bytes: outer.bytes + bytes}
    this.visitAll(manifests, {...place, index, depth: place.depth + 1})
  }

  private visitManifest(
    document: JsonObject,
    descriptor: Descriptor,
    bytes: number,
    place: Surroundings,
  ): void {
    if (isArtifact(document)) return
    try {
      const image = readManifest(this.reader, document, descriptor, bytes)
      image.refs = [...place.refs]
      image.indexDigest = place.index?.digest ?? null
      image.manifestBytes += place.index?.bytes ?? 0
      this.images.set(descriptor.digest, image)
    } catch (error) {
      if (!(error instanceof MissingBlob)) throw error
      this.noteMissing(descriptor, error.message)
    }
  }

  private noteMissing({platform}: Descriptor, message: string): void {
    this.firstMissing ??= message
    const name = platform && platformOf(platform)
    if (name !== null && name !== 'unknown/unknown') this.absentPlatforms.add(name)
  }

  private addRefs(digest: string, refs: readonly string[]): void {
    const image = this.images.get(digest)
    const images = image === undefined ? this.imagesOfIndex(digest) : [image]
    for (const one of images) one.refs = [...new Set([...one.refs, ...refs])]
  }

  private imagesOfIndex(digest: string): FoundImage[] {
    return [...this.images.values()].filter(({indexDigest}) => indexDigest === digest)
  }

  private visitAttestation(descriptor: Descriptor): void {
    const subject = descriptor.annotations['vnd.docker.reference.digest']
    const content = this.reader.blob(descriptor)
    if (content === null || typeof subject !== 'string') return
    const {layers} = asObject(parse(content, blobPath(descriptor.digest)), 'an attestation')
    const statements = asList(layers ?? [], 'an attestation', 'statements')
    this.attestations.push({
      subject,
      statements: statements.map((one) => blobPath(asDescriptor(one, 'a statement').digest)),
    })
  }
}

function isAttestation({annotations}: Descriptor): boolean {
  return annotations['vnd.docker.reference.type'] === 'attestation-manifest'
}

/** Something else than an image: a signature, a chart. Its config has a type of its own. */
function isArtifact({config, artifactType}: JsonObject): boolean {
  const type = (config as JsonObject | undefined)?.mediaType
  if (typeof type !== 'string' || type === '') return artifactType !== undefined && config === undefined
  return !/^application\/vnd\.(oci\.image\.config\.v1|docker\.container\.image\.v1|docker\.container\.image\.rootfs)\+json$/.test(
    type,
  )
}

const NAME = 'io.containerd.image.name'
const REF_NAME = 'org.opencontainers.image.ref.name'

/** Docker writes the whole name and the tag alone, podman the whole name as the other; skopeo what it was given. */
function refsOf({annotations}: Descriptor): string[] {
  const name = annotations[NAME]
  if (typeof name === 'string' && name !== '') return [familiarName(name)]
  const ref = annotations[REF_NAME]
  return typeof ref === 'string' && /[:/]/.test(ref) ? [familiarName(ref)] : []
}
