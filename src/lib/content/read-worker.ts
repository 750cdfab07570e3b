/** Worker thread of the reading pool. */
import * as z from "zod";
import type { Made } from "../cache/file-index.ts";
import { FileCache } from "../cache/file-cache.ts";
import { createPictures } from "../images/image-resolver.ts";
import { renderBody } from "../markdown/render-body.ts";
import { workerPoolData } from "../worker-pool.ts";
import type { ReadContext } from "./body-entry.ts";
import { textIndex } from "./text-index.ts";
import { readPost, type PostEntry } from "./post-entry.ts";
import type { ReadingData, ReadingResult, ReadingTask } from "./reading-pool.ts";

const dataSchema = z.custom<ReadingData>((value) => typeof value === "object" && value !== null);

let context: ReadContext | null = null;
let damaged: string[] = [];

/** Reads posts and renders their texts. */
export default async function read(tasks: readonly ReadingTask[]): Promise<ReadingResult> {
  context ??= openContext(dataSchema.parse(workerPoolData()));
  const made: Made<PostEntry>[] = [];
  for (const { file, bytes, lang } of tasks)
    made.push(await readPost(Buffer.from(bytes), file, context, lang));
  const result = { made, damaged };
  damaged = [];
  return result;
}

function openContext({ root, settings, base, embeds, texts, bodiesDir, picturesDir }: ReadingData): ReadContext {
  const onDamage = (file: string): void => void damaged.push(file);
  return {
    root,
    settings,
    base,
    embeds,
    texts: textIndex(texts, root, settings),
    render: renderBody,
    pictures: createPictures({ root, cache: new FileCache(picturesDir, onDamage) }),
    bodies: new FileCache(bodiesDir, onDamage),
  };
}
