/** The page's script: `page/` bundled into one script without global names. scripts/bundle.js writes it. */
export declare const PAGE_SCRIPT: string
