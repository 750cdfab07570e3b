/** Lookups in files that the checks need only occasionally. */
import { statSync } from "node:fs";
import path from "node:path";
import type { FileCache } from "../../cache/file-cache.ts";
import { readBody } from "../../markdown/body-file.ts";
import type { PostResponse } from "../../responses/model.ts";
import { readIfThere } from "../../cache/file-state.ts";
import { possibleOutputFile } from "../../site/urls.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import { headSource } from "../front-matter/read-head.ts";
import { readYaml } from "../../yaml/source.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";
import type { MoreAnchors } from "./links.ts";

/** Looks up anchors in stored bodies and in responses. @param responses by the slug of their post. */
export function moreAnchors(
  bodies: FileCache,
  responses: Readonly<Record<string, readonly PostResponse[]>>,
): MoreAnchors {
  return {
    isInBody: ({ key }, anchor) => readBody(bodies, key)?.html.includes(` id="${anchor}"`) ?? false,
    isResponse: (slug, anchor) =>
      (responses[slug] ?? []).some((record) => record.anchor === anchor || `c${record["wm-id"]}` === anchor),
  };
}

/** Returns a test for site paths of static files. @param folder folder of static files, absolute. */
export function publicFiles(folder: string): (sitePath: string) => boolean {
  return (sitePath) => {
    const file = possibleOutputFile(sitePath);
    if (file === null) return false;
    return statSync(path.join(folder, file), { throwIfNoEntry: false })?.isFile() ?? false;
  };
}

/** Finds the lines of keys by reading the file again, since only issues need lines. */
export function lineFinder(root: string): UncheckedBlog["lineOf"] {
  return (file, keys) => {
    const { text } = decodeText(readIfThere(path.join(root, file)) ?? Buffer.alloc(0), file);
    return (file.endsWith(".yaml") ? readYaml(text, file) : headSource(text, file)).lineOf(keys);
  };
}
