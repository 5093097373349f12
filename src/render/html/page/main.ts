/**
 * What runs in the page: drawing any branch of the size tree, moving in it, copying. Text only ever becomes text nodes.
 * Without it the page is complete but still. scripts/bundle.js makes one script of it.
 */
import {offerCopies} from './copy.js'
import {Explorer} from './explorer.js'
import {readSizeTree} from './size-tree.js'

offerCopies()
const tree = readSizeTree()
if (tree !== null) new Explorer(tree).start()
