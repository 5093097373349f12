import type {Placement} from '../../languages/ignore/edit/edit-ignore-file.js'
import type {Suggestion} from '../../report/context-report.js'

export interface SuggestedLine extends Omit<Suggestion, 'ignoreFile'> {
  placement: Placement
  /** The topmost entries that leave, in the tree: those of `paths`, and others that lie in safe paths. */
  entryIndexes: number[]
  /** The builds that keep a blocked line from being written, by name. */
  blockedBy: string[]
  /** The builds that paths of a line to review were probably put there for, where other builds send them, too; by name. */
  wantedBy: string[]
  /** What the line is for the others that send what it takes out; null where there is none. */
  confidenceElsewhere: 'safe' | 'review' | null
}
