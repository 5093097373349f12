/** Pieces are put together to this many characters or bytes: a write each takes longer than making them. */
const CHUNK_LENGTH = 2 ** 16

/** Writes to standard output piece by piece, no faster than it is read. Ends early if the reader has closed it. */
export async function writeOutput(pieces: Iterable<string | Uint8Array>): Promise<void> {
  for (const chunk of joinPieces(pieces)) if (!(await write(chunk))) return
}

function* joinPieces(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let length = 0
  for (const piece of pieces) {
    waiting.push(typeof piece === 'string' ? Buffer.from(piece) : piece)
    length += piece.length
    if (length < CHUNK_LENGTH) continue
    yield Buffer.concat(waiting)
    waiting = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(waiting)
}

/** @returns false where it could not be written: `watchOutput` tells why */
function write(chunk: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdout.write(chunk, (error) => resolve(!error))
  })
}
