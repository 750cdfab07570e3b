/** Reads and writes the data of external pages: `content/embeds.json`, with pictures in `content/embeds/`. */
import path from "node:path";
import * as z from "zod";
import type { StoredEmbed } from "../markdown/markdown-options.ts";
import { readStoredList, writeStoredList, type StoredListFile } from "../responses/stored-list.ts";

/** An entry of the file. The picture's path is relative to `content/`, so that the folder can be moved. */
const embedSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  kind: z.enum(["video", "post"]),
  title: z.string().min(1),
  author: z.string().nullable(),
  handle: z.string().nullable(),
  network: z.string().nullable(),
  date: z.iso.datetime({ offset: true }).nullable(),
  poster: z
    .string()
    .regex(/^embeds\/[\w-]+\.(?:jpg|png|webp|gif|avif)$/, "a picture must be in content/embeds/")
    .nullable(),
});

function embedsFile(contentDir: string): StoredListFile<StoredEmbed> {
  const name = "embeds.json";
  return {
    path: path.join(contentDir, name),
    name: path.posix.join(path.basename(contentDir), name),
    schema: embedSchema,
    hint: "`npx backfence embed <address>` writes this file; remove the entry and run it again with its address.",
  };
}

/**
 * The stored embeds by address; empty if the file doesn't exist.
 * @param root folder that the returned picture paths are relative to.
 * @throws AuthorError with file and line.
 */
export function readEmbeds(contentDir: string, root: string): Map<string, StoredEmbed> {
  const folder = path.relative(root, contentDir).replaceAll("\\", "/");
  return new Map(
    readStoredList(embedsFile(contentDir)).map((embed) => [
      embed.url,
      { ...embed, poster: embed.poster === null ? null : path.posix.join(folder, embed.poster) },
    ]),
  );
}

/**
 * Stores an embed, replacing an older one with the same address.
 * @param embed with its picture as a path from `contentDir`.
 * @returns whether the file changed.
 */
export function storeEmbed(contentDir: string, embed: StoredEmbed): boolean {
  const file = embedsFile(contentDir);
  const others = readStoredList(file).filter(({ url }) => url !== embed.url);
  return writeStoredList(
    file,
    [...others, embed].sort((a, b) => (a.url < b.url ? -1 : 1)),
  );
}
