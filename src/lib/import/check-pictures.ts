/** Decodes the pictures shown in texts before any is written, so that a damaged one never stops a build. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mapConcurrent } from "../map-concurrent.ts";
import { pictureDamage } from "../remote-pictures/picture-damage.ts";
import { readFileIfExists, writeFileAtomic } from "../responses/store.ts";
import type { ArchiveBuilder } from "./archive-builder.ts";
import { isWritten } from "./import-plan.ts";
import type { ImportPlan } from "./import-plan.ts";
import type { PictureLibrary } from "./picture-library.ts";
import { pictureExtension } from "./picture-type.ts";
import { writeBody } from "./write/body.ts";
import { coverOf } from "./write/entries.ts";
import { bodyTools } from "./write/write-archive.ts";

/** Number of pictures decoded concurrently. */
const AT_ONCE = 4;

/**
 * Returns the files that can't be shown, each with a description of the damage.
 * @param memory cache file with the results by content hash; null for no cache.
 */
export async function damagedPictures(
  plan: ImportPlan,
  builder: ArchiveBuilder,
  library: PictureLibrary,
  memory: string | null,
): Promise<ReadonlyMap<string, string>> {
  const tools = bodyTools(builder, plan, library);
  for (const planned of plan.entries) {
    if (!isWritten(planned.entry)) continue;
    writeBody(planned, tools);
    coverOf(planned, tools);
  }
  const known = memory === null ? new Map<string, string>() : remembered(memory);
  const damaged = new Map<string, string>();
  await mapConcurrent([...library.usedFiles], AT_ONCE, async (file) => {
    const bytes = readFileSync(file);
    const hash = createHash("sha256").update(bytes).digest("hex");
    const damage = known.get(hash) ?? (await pictureDamage(bytes, pictureExtension(bytes) ?? "")) ?? "";
    known.set(hash, damage);
    if (damage !== "") damaged.set(file, damage);
  });
  if (memory !== null && known.size > 0) writeFileAtomic(memory, JSON.stringify(Object.fromEntries(known)));
  return damaged;
}

function remembered(memory: string): Map<string, string> {
  try {
    const data: unknown = JSON.parse(readFileIfExists(memory) ?? "{}");
    const entries = typeof data === "object" && data !== null ? Object.entries(data) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}
