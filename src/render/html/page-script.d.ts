/** What runs in the page: `page/` as one script, without names to the outside. Written by scripts/bundle.js. */
export declare const PAGE_SCRIPT: string
