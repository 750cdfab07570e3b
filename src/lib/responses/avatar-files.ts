import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../cache/file-cache.ts";
import { assertInside } from "../site/assert-inside.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { PostResponse } from "./model.ts";
import { picturesOf } from "./avatars.ts";
import { isPublic } from "./shown-response.ts";
import { responsesFile } from "./store.ts";

/** Site path of a stored avatar. */
export function avatarPath(photo: string): string {
  return `/avatars/${photo}`;
}

/** File names of the avatars that are stored. A record may name one that a moderator has deleted. */
export function storedAvatars(contentDir: string): ReadonlySet<string> {
  const folder = responsesFile(contentDir, "avatars").path;
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}

/**
 * The pictures of people whose responses are shown, and those in the responses.
 * @throws AuthorError when one is a link that leads out of the author's folder.
 */
export function avatarFiles(
  responses: Readonly<Record<string, readonly PostResponse[]>>,
  contentDir: string,
): FileSpec[] {
  const stored = storedAvatars(contentDir);
  const shown = Object.values(responses).flat().filter(isPublic);
  const photos = new Set(shown.flatMap(picturesOf));
  return [...photos]
    .filter((photo) => stored.has(photo))
    .sort()
    .map((photo) => {
      const bytes = readFileSync(
        assertInside(contentDir, path.join(responsesFile(contentDir, "avatars").path, photo)),
      );
      return { path: avatarPath(photo), key: hashOf(bytes), make: async () => bytes };
    });
}
