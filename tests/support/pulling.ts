/** Setup for tests of `pull`: a folder, a stand-in for both services, and helpers to inspect the result. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach } from "vitest";
import { hashOf } from "../../src/lib/cache/file-cache.ts";
import { createGuardedClient } from "../../src/lib/protocols/guarded-fetch.ts";
import type { PostResponse, ResponseStatus } from "../../src/lib/responses/model.ts";
import { withDecision } from "../../src/lib/responses/moderation.ts";
import { writeResponses } from "../../src/lib/responses/store.ts";
import { pull, type PullOptions, type PullReport } from "../../src/lib/responses/pull/pull.ts";
import { readAllResponses } from "../../src/lib/responses/response-files.ts";
import { defaultSettings } from "../../src/lib/site/settings-schema.ts";
import type { Settings } from "../../src/lib/site/settings.ts";
import {
  startStandinApi,
  type StandinApi,
  type StandinComment,
  type StandinDiscussion,
} from "./standin-api.ts";
import { tempFolder } from "./temp-folder.ts";

export const SITE = "https://me.example/blog/";
export const HELLO = `${SITE}posts/hello/`;
export const WORLD = `${SITE}posts/world/`;
export const GISCUS = {
  repo: "me/blog",
  repoId: "R",
  category: "Comments",
  categoryId: "C",
  host: "https://giscus.app",
};

type TestBlog = PullOptions["blog"];

export interface Pulling {
  /** The content folder. */
  readonly contentDir: string;
  readonly standin: StandinApi;
  /** Copies of the posts by slug; tests change it. */
  syndication: Record<string, string[]>;
  /** Returns a blog with the posts `hello` and `world` that uses the stand-in without moderation, unless changed. */
  blog(changes?: Partial<Settings>, answering?: TestBlog["posts"][number]["answering"]): TestBlog;
  run(changes?: Partial<PullOptions>): Promise<PullReport>;
  records(slug?: string): PostResponse[];
  byId(id: number | string, slug?: string): PostResponse | undefined;
  /** Sets the status of all responses to a post, as a moderator does. */
  moderate(slug: string, status: ResponseStatus): void;
  /** Returns a hash of each stored file by name. */
  snapshot(): Record<string, string>;
}

/** Registers hooks that set everything up again for each test of the file. */
export function setUpPulling(): Pulling {
  let root = "";
  let api: StandinApi | null = null;
  beforeEach(async () => {
    root = tempFolder("pull");
    pulling.syndication = {};
    api = await startStandinApi();
  });
  afterEach(() => api?.close());
  const pulling: Pulling = {
    get contentDir() {
      return path.join(root, "content");
    },
    syndication: {},
    get standin() {
      if (api === null) throw new Error("The stand-in runs only while a test does");
      return api;
    },
    blog: (changes = {}, answering = []) => {
      const posts = ["hello", "world"].map((slug) => ({
        slug,
        id: slug,
        aliases: [],
        canonical: null,
        answering,
        syndication: pulling.syndication[slug] ?? [],
      }));
      const settings: Settings = {
        ...defaultSettings(),
        url: SITE,
        moderation: "none",
        webmention: {
          endpoint: "https://wm.example/",
          api: pulling.standin.api,
          pingback: null,
          trackback: null,
          comments: null,
        },
        ...changes,
      };
      return { settings, posts, tombstones: [], authors: [] };
    },
    run: (changes = {}) =>
      pull({
        contentDir: pulling.contentDir,
        blog: pulling.blog(),
        client: createGuardedClient({ siteUrl: SITE, allowLoopback: true }),
        now: new Date("2026-03-01T12:00:00Z"),
        mentionsToken: null,
        githubToken: "secret",
        githubEndpoint: pulling.standin.graphql,
        timeoutMs: 30_000,
        isFull: false,
        isDryRun: false,
        cacheDir: path.join(root, ".cache"),
        sleep: () => Promise.resolve(),
        onProgress: () => {},
        ...changes,
      }),
    records: (slug = "hello") => readAllResponses(pulling.contentDir).get(slug) ?? [],
    byId: (id, slug) => pulling.records(slug).find((record) => record["wm-id"] === id),
    moderate: (slug, status) => {
      const decided = pulling.records(slug).map((record) => withDecision(record, status));
      writeResponses(pulling.contentDir, slug, decided);
    },
    snapshot: () => {
      const files: Record<string, string> = {};
      for (const entry of readdirSync(root, { recursive: true, encoding: "utf8" })) {
        const file = path.join(root, entry);
        if (statSync(file).isFile()) files[entry] = hashOf(readFileSync(file));
      }
      return files;
    },
  };
  return pulling;
}

/** Returns a comment on GitHub by ada, unless changed. */
export function comment(id: string, changes: Partial<StandinComment> = {}): StandinComment {
  return {
    id,
    url: `https://github.com/me/blog/discussions/1#discussioncomment-${id}`,
    author: { login: "ada", url: "https://github.com/ada", avatarUrl: "" },
    bodyHTML: `<p dir="auto">Comment ${id}</p>`,
    createdAt: "2026-02-01T10:00:00Z",
    lastEditedAt: null,
    deletedAt: null,
    isMinimized: false,
    minimizedReason: null,
    reactionGroups: [
      { content: "THUMBS_UP", reactors: { totalCount: 2 } },
      { content: "HEART", reactors: { totalCount: 0 } },
    ],
    replies: [],
    ...changes,
  };
}

/** Returns a discussion with three rocket reactions. */
export function discussion(title: string, comments: StandinComment[]): StandinDiscussion {
  return {
    id: `D_${title}`,
    url: `https://github.com/me/blog/discussions/${title}`,
    title,
    createdAt: "2026-01-31T10:00:00Z",
    reactionGroups: [{ content: "ROCKET", reactors: { totalCount: 3 } }],
    comments,
  };
}
