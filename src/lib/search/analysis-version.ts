/** Part of the keys of what Pagefind found: raise it when what it's given (`documentOf`) or how it's kept changes. */
export const ANALYSIS_VERSION = 3;
