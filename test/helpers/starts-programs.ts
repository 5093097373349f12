/** Imported by tests of code that starts programs by itself: a test that imports this file belongs to `npm run test:program`. */
import 'node:child_process'
