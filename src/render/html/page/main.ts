/**
 * The page's script: draws any branch of the size tree, moves in it, copies lines. It puts text into text nodes only.
 * Without it the page is complete but not interactive. scripts/bundle.js bundles it.
 */
import {offerCopies} from './copy.js'
import {Explorer} from './explorer.js'
import {readSizeTree} from './size-tree.js'

offerCopies()
const tree = readSizeTree()
if (tree !== null) new Explorer(tree).start()
