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

/** File names of the stored avatars. Records may name others that a moderator has deleted. */
export function storedAvatars(contentDir: string): ReadonlySet<string> {
  const folder = responsesFile(contentDir, "avatars").path;
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}

/**
 * Returns the pictures of people with public responses, and the pictures in those responses.
 * @throws AuthorError if one is a symbolic link that leads out of the content folder.
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
