import { appendFileSync, cpSync } from "node:fs";
import path from "node:path";
import { beforeAll } from "vitest";
import { root } from "./build.ts";
import { buildNew } from "./shared-builds.ts";
import { tempSiteFolder } from "./temp-folder.ts";
import { useSite, type OpenSite } from "./use-site.ts";

/** Builds and serves a blog from `tests/fixtures` for the tests of a file. @param flags flags for the browser. */
export function useFixtureBlog(
  name: "picture-blog" | "arabic-blog",
  flags: readonly string[] = [],
): OpenSite {
  const folder = tempSiteFolder();
  const contentDir = path.join(folder, "content");
  beforeAll(async () => {
    cpSync(path.join(root, "tests/fixtures", name, "content"), contentDir, { recursive: true });
    appendFileSync(path.join(contentDir, "site.yaml"), "socialPictures: false\n");
    await buildNew({ folder });
  });
  return useSite({ folder, contentDir, outDir: path.join(folder, "dist"), base: "/" }, { flags });
}
