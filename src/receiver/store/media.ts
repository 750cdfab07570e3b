/** Storage of uploaded pictures until their post is created. */
import { numberIn, statement, textIn, type Database, type Statement } from "./database.ts";

export interface StoredMedia {
  /** `image/jpeg` */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Maximum characters of base64 in a row. */
const PART = 1024 * 1024;

const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Stores a picture under an unguessable id. It can be read once all its parts are stored. */
export async function storeMedia(
  database: Database,
  id: string,
  { type, bytes }: StoredMedia,
  now: number,
): Promise<void> {
  const data = Buffer.from(bytes).toString("base64");
  await database.all(
    "INSERT INTO media (id, type, characters, created) VALUES (?, ?, ?, ?)",
    ...[id, type, data.length, now],
  );
  for (let part = 0; part * PART < data.length; part++)
    await database.all(
      "INSERT INTO media_part (media, part, data) VALUES (?, ?, ?)",
      ...[id, part, data.slice(part * PART, (part + 1) * PART)],
    );
}

/** The picture with this id, or null. */
export async function mediaBy(database: Database, id: string): Promise<StoredMedia | null> {
  const [row] = await database.all("SELECT type, characters FROM media WHERE id = ?", id);
  if (row === undefined) return null;
  const parts = await database.all("SELECT data FROM media_part WHERE media = ? ORDER BY part", id);
  const data = parts.map((part) => textIn(part, "data")).join("");
  const isWhole = data.length === numberIn(row, "characters");
  return isWhole ? { type: textIn(row, "type"), bytes: Buffer.from(data, "base64") } : null;
}

/** Deletes pictures after a week: pictures of posts have been committed by then. */
export function forgetMediaStatements(now: number): readonly Statement[] {
  return [
    statement("DELETE FROM media WHERE created < ?", now - KEPT_MS),
    statement("DELETE FROM media_part WHERE media NOT IN (SELECT id FROM media)"),
  ];
}
