/**
 * Called with the number of entries seen so far and the bytes of the files among them. An entry that is read again,
 * because its directory has changed, counts twice.
 */
export type WalkProgress = (entryCount: number, fileBytes: number) => void
