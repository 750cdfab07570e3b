import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { listFiles } from "../../src/integration/list-files.ts";
import { loadBlog } from "../../src/lib/content/load-blog.ts";
import { canonicalPath, ENGINE_FOLDERS, engineMapOf } from "../../src/lib/content/site-map.ts";
import { languageSites } from "../../src/lib/content/language-sites.ts";
import { movedTagFeeds, movedTags } from "../../src/lib/site/moved-tags.ts";
import { siteUrls } from "../../src/lib/site/urls.ts";
import { root } from "../support/build.ts";
import { SITES } from "../support/sites.ts";

test.each(SITES)(
  "%s, an author can link to every built page, and gets an error for every other URL",
  async (_name, site) => {
    const cacheDir = path.join(site.folder, "site-map-cache");
    const { blog } = await loadBlog({
      root,
      contentDir: site.contentDir,
      mode: "build",
      now: new Date(),
      cacheDir,
    });
    const content = {
      ...blog,
      showsAll: false,
      tombstones: blog.tombstones.map((tombstone) => ({ ...tombstone, file: "" })),
      authorIds: blog.authors.map(({ id }) => id),
      seriesIds: blog.series.map(({ id }) => id),
      hasBlogroll: existsSync(path.join(site.contentDir, "blogroll.yaml")),
    };
    const urls = siteUrls(blog.settings);
    const known = new Set([
      ...engineMapOf(content, urls).keys(),
      ...[...blog.posts, ...blog.tombstones].map((one) => one.path),
    ]);
    const sites = languageSites(blog, urls);
    const moved = [
      ...movedTags(sites).map(({ from }) => from),
      ...movedTagFeeds(sites).map(({ path }) => path),
    ];
    const own = [...[...blog.posts, ...blog.pages].flatMap(({ aliases }) => aliases), ...moved];
    const pages = blog.pages.map(({ slug }) => `/${slug}/`);
    const isElsewhere = (address: string) =>
      /^\/docs\//.test(address) ||
      [...own, ...pages].map(canonicalPath).includes(address) ||
      ENGINE_FOLDERS.some((folder) => address.startsWith(folder)) ||
      /^\/(?:posts|notes)\/[^/]+\/responses(?:\.xml|\/\d+\/|\/places\.json)$/.test(address);
    const built = new Set(listFiles(site.outDir).map((file) => canonicalPath(`/${file}`)));
    expect(built.size).toBeGreaterThan(100);
    expect([...built].filter((address) => !known.has(address) && !isElsewhere(address))).toEqual([]);
    expect([...known].filter((address) => !built.has(address))).toEqual([]);
  },
);
