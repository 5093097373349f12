/** From so many entries on that Docker visits for nothing, a build is felt to start slowly. */
export const MANY_ENTRIES = 1_000
