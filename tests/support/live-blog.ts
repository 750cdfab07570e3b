import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runResponses } from "../../src/cli/responses.ts";
import type { CommandContext } from "../../src/cli/responses/command.ts";
import { loadBlog } from "../../src/lib/content/load-blog.ts";
import { VERSION_META_NAME, versionMark } from "../../src/lib/content/post-version.ts";
import { siteUrls } from "../../src/lib/site/urls.ts";
import { sendHtml, startServer } from "./http-server.ts";
import { tempFolder } from "./temp-folder.ts";

/** A small blog: its folder, its live site on loopback, and a way to run the commands of `npm run responses`. */
export interface LiveBlog extends AsyncDisposable {
  readonly url: string;
  /** Content folder, absolute. */
  readonly contentDir: string;
  /** Writes a file in the content folder; null removes it. */
  write(file: string, text: string | null): void;
  read(file: string): string;
  /** Writes `posts/<slug>.mdx`. */
  post(slug: string, body: string, front?: string): void;
  /** Publishes the current state, as a deployment does. */
  deploy(): Promise<void>;
  /** Additional or overridden pages by path, including the base path. */
  readonly pages: Map<string, { readonly status?: number; readonly html: string }>;
  /** Runs a command with the test's clock. */
  run(...argv: readonly string[]): Promise<CommandRun>;
  /** Advances the clock. */
  pass(hours: number): void;
  /** Called whenever a command sleeps. */
  onSleep: () => Promise<void>;
}

export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Creates a blog at `/blog/` on a free port. */
export async function startLiveBlog(
  env: Readonly<Record<string, string>> = { BACKFENCE_ALLOW_LOOPBACK: "1" },
): Promise<LiveBlog> {
  const root = tempFolder("live");
  const contentDir = path.join(root, "content");
  const pages = new Map<string, { readonly status?: number; readonly html: string }>();
  const server = await startServer(({ url }, response) => {
    const page = pages.get(url);
    sendHtml(response, page?.html ?? "Not found", page === undefined ? 404 : (page.status ?? 200));
  });
  const url = `${server.origin}/blog/`;
  let clock = Date.parse("2026-11-22T00:00:00Z");
  const write = (file: string, text: string | null) => {
    const absolute = path.join(contentDir, file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    if (text === null) rmSync(absolute, { force: true });
    else writeFileSync(absolute, text);
  };
  write("site.yaml", `title: A blog\nurl: ${url}\n`);
  write("authors/nell.yaml", "name: Nell\n");
  const load = () =>
    loadBlog({ root, mode: "build", now: new Date(clock), cacheDir: path.join(root, "cache") });

  const blog: LiveBlog = {
    url,
    contentDir,
    pages,
    write,
    read: (file) => readFileSync(path.join(contentDir, file), "utf8"),
    post: (slug, body, front = "date: 2026-10-01T00:00:00Z") =>
      write(`posts/${slug}.mdx`, `---\ntitle: ${slug}\n${front}\n---\n\n${body}\n`),
    deploy: async () => {
      const loaded = await load();
      const urls = siteUrls(loaded.blog.settings);
      pages.clear();
      for (const post of loaded.blog.posts) {
        const mark = versionMark(post, loaded.blog.responses[post.slug] ?? []);
        const links = [...post.answering, ...post.body.links].map((link) => `<a href="${link.url}">x</a>`);
        const html = `<meta name="${VERSION_META_NAME}" content="${mark}">${links.join("")}`;
        pages.set(urls.path(urls.postPath(post.slug)), { html });
      }
      for (const { slug } of loaded.blog.tombstones) {
        pages.set(urls.path(urls.postPath(slug)), { html: '<meta http-equiv="Status" content="410 Gone">' });
      }
    },
    run: async (...argv) => {
      let out = "";
      let err = "";
      const context: CommandContext = {
        root,
        env,
        now: () => new Date(clock),
        out: (text) => void (out += text),
        err: (text) => void (err += text),
        isInteractive: false,
        sleep: async (ms) => {
          clock += ms;
          await blog.onSleep();
        },
      };
      const code = await runResponses(argv, context);
      return { code, out, err };
    },
    pass: (hours) => void (clock += hours * 3_600_000),
    onSleep: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return blog;
}
