/** The only module that contains the package's location. */
export * from "../../../packages/pagefind-incremental/src/build-index.ts";
export * from "../../../packages/pagefind-incremental/src/indexer.ts";
