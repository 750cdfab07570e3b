/** Worker thread that reads texts and assembles the index. */
import { FileCache } from "../cache/file-cache.ts";
import { workerPoolData } from "../worker-pool.ts";
import { type Indexer, LocalIndexer } from "./pagefind-incremental.ts";
import { EXCLUDED_CLASSES } from "./search-record.ts";

/** A call to a method of `Indexer`. */
export type IndexTask = {
  [Name in keyof Indexer]: { readonly name: Name; readonly input: Parameters<Indexer[Name]> };
}[keyof Indexer];

const indexer = new LocalIndexer(new FileCache(String(workerPoolData())), EXCLUDED_CLASSES);

export default async function run(task: IndexTask): Promise<unknown> {
  switch (task.name) {
    case "read":
      return indexer.read(...task.input);
    case "assemble":
      return indexer.assemble(...task.input);
    case "pagefindFiles":
      return indexer.pagefindFiles(...task.input);
    default:
      return indexer[task.name]();
  }
}
