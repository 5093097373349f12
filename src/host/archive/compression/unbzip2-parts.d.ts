/** The parts of unbzip2-stream, which has no types. */
declare module 'unbzip2-stream/lib/bit_iterator.js' {
  /** Reads so many bits; null goes on to the next whole byte. */
  interface BitReader {
    (count: number | null): number
    bytesRead: number
  }
  function bitIterator(nextBuffer: () => Uint8Array): BitReader
  export = bitIterator
}

declare module 'unbzip2-stream/lib/bzip2.js' {
  type BitReader = ReturnType<typeof import('unbzip2-stream/lib/bit_iterator.js')>
  const bzip2: {
    /** Returns the size of blocks in 100,000 bytes. */
    header(bits: BitReader): number
    /** Reads a block, or the end of a stream, for which it returns null; else the sum of all blocks until now. */
    decompress(
      bits: BitReader,
      put: (byte: number) => void,
      memory: Int32Array,
      size: number,
      sum: number | null,
    ): number | null
  }
  export = bzip2
}
