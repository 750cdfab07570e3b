/** Tasks of the thread that reads texts and assembles the index; each is a method of `Indexer`. */
import { FileCache } from "../cache/file-cache.ts";
import { workerInput } from "../worker-pool.ts";
import { type Indexer, LocalIndexer } from "./pagefind-incremental.ts";
import { EXCLUDED_CLASSES } from "./search-record.ts";

const indexer = new LocalIndexer(new FileCache(String(workerInput())), EXCLUDED_CLASSES);

type Input<Name extends keyof Indexer> = Parameters<Indexer[Name]>;

export const prepare = () => indexer.prepare();
export const read = (input: Input<"read">) => indexer.read(...input);
export const assemble = (input: Input<"assemble">) => indexer.assemble(...input);
export const pagefindFiles = (input: Input<"pagefindFiles">) => indexer.pagefindFiles(...input);
export const finish = () => indexer.finish();
