/** The only place that names where the package is. */
export * from "../../../packages/pagefind-incremental/src/build-index.ts";
export * from "../../../packages/pagefind-incremental/src/indexer.ts";
