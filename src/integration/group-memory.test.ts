import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { FileCache } from "../lib/cache/file-cache.ts";
import { GroupMemory } from "./group-memory.ts";
import { pageJobs, type PageJobsOptions } from "./page-jobs.ts";

const folder = mkdtempSync(path.join(tmpdir(), "backfence-groups-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs over a group of two pages. @returns what was told of them, which were made, and which were to be rendered. */
function jobsWith(
  key: string,
  there: ReadonlySet<string>,
): { listed: string[]; made: string[]; jobs: string[] } {
  const [listed, made, jobs]: [string[], string[], string[]] = [[], [], []];
  const page = (name: string) => ({
    ...{ route: "people/[person]", params: { person: name }, path: `/people/${name}/` },
    get view() {
      made.push(name);
      return { meta: { isListed: name === "nell" }, says: key };
    },
  });
  const options: PageJobsOptions = {
    groups: [{ routes: ["people/[person]"], key: () => key, pages: () => ["nell", "ada"].map(page) }],
    memory: new GroupMemory(new FileCache(folder)),
    engineKey: "engine",
    tree: { has: (file) => there.has(file) },
    extras: new Set(),
    onPage: (sitePath, isListed) => void (isListed && listed.push(sitePath)),
  };
  for (const job of pageJobs(options)) if (job !== null) jobs.push(job.file);
  return { listed, made, jobs };
}

test("pages that can't have changed aren't looked at, and are still listed", () => {
  const files = new Set(["people/nell/index.html", "people/ada/index.html"]);
  expect(jobsWith("one", new Set())).toEqual({
    listed: ["/people/nell/"],
    made: ["nell", "ada"],
    jobs: [...files],
  });
  expect(jobsWith("one", files)).toEqual({ listed: ["/people/nell/"], made: [], jobs: [] });
  expect(jobsWith("two", files).made).toEqual(["nell", "ada"]);
});

test("a page that is gone is made again though nothing that it shows has changed", () => {
  const files = new Set(["people/nell/index.html", "people/ada/index.html"]);
  jobsWith("one", files);
  expect(jobsWith("one", new Set(["people/ada/index.html"])).jobs).toEqual(["people/nell/index.html"]);
});

test("a page whose view can't have changed isn't made again, unless the code has or the file is gone", () => {
  const group = mkdtempSync(path.join(tmpdir(), "backfence-pages-"));
  const build = (engineKey: string, inputs: Record<string, string>, there: boolean): string[] => {
    const made: string[] = [];
    const pages = ["nell", "ada"].map((name) => ({
      ...{ route: "posts/[slug]", params: { slug: name }, path: `/posts/${name}/` },
      inputs: () => inputs[name] ?? null,
      get view() {
        made.push(name);
        return { says: inputs[name] };
      },
    }));
    const options: PageJobsOptions = {
      groups: [{ routes: ["posts/[slug]"], pages: () => pages }],
      memory: new GroupMemory(new FileCache(group)),
      engineKey,
      tree: { has: () => there },
      extras: new Set(),
      onPage: () => undefined,
    };
    Array.from(pageJobs(options));
    return made;
  };
  expect(build("a", { nell: "1", ada: "1" }, true)).toEqual(["nell", "ada"]);
  expect(build("a", { nell: "1", ada: "2" }, true)).toEqual(["ada"]);
  expect(build("a", { nell: "1", ada: "2" }, true)).toEqual([]);
  expect(build("a", { nell: "1", ada: "2" }, false)).toEqual(["nell", "ada"]);
  expect(build("b", { nell: "1", ada: "2" }, true)).toEqual(["nell", "ada"]);
  expect(build("b", { nell: "1" }, true)).toEqual(["ada"]);
  rmSync(group, { recursive: true });
});
