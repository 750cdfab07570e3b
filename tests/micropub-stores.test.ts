/** Contract tests of the stores for posts: a checkout, and the APIs of GitHub, GitLab and Forgejo. */
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiStore } from "../src/receiver/content/api-store.ts";
import {
  ConflictError,
  ContentStoreError,
  type ContentStore,
} from "../src/receiver/content/content-store.ts";
import { gitCheckout, type CheckoutOptions } from "../src/receiver/node/git-checkout.ts";
import { optionsFrom, type MicropubOptions } from "../src/receiver/options.ts";
import { forgejo, github, gitlab, SECRET, type HostedRepository } from "./receiver-support/git-hosts.ts";
import { checkout, git, GIT_ENV, IDENTITY } from "./receiver-support/micropub.ts";
import { change } from "./support/blog-folder.ts";
import { tempFolder } from "./support/temp-folder.ts";

const FILES = {
  "README.md": "# Blog\n",
  "content/site.yaml": "title: Test blog\n",
  "content/notes/one.md": "---\ndate: 2026-03-01\n---\n\nOne.\n",
  "content/notes/trip/index.md": "---\ndate: 2026-03-01\n---\n\nTrip.\n",
  "content/posts/hello.md": "---\ntitle: Hello\ndate: 2026-03-01\n---\n\nWords.\n",
};

interface Place extends AsyncDisposable {
  readonly store: ContentStore;
  /** Messages of commits since the start, oldest first. */
  readonly commits: () => readonly string[];
  /** Changes a file as another user. */
  readonly push: (path: string, text: string) => void;
  readonly hosted: HostedRepository | null;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (file: { readonly bytes: Uint8Array } | null) =>
  file === null ? null : new TextDecoder().decode(file.bytes);

const micropubOptions = (word: string, api: string): MicropubOptions => {
  const { micropub } = optionsFrom({
    RECEIVER_SITE: "https://me.example/",
    RECEIVER_URL: "https://receiver.example",
    RECEIVER_TOKEN: "a-token-of-the-operator",
    RECEIVER_MICROPUB: word,
    RECEIVER_MICROPUB_TOKEN: SECRET,
    RECEIVER_MICROPUB_API: api,
    RECEIVER_MICROPUB_IDENTITY: "Receiver <receiver@me.example>",
  });
  if (micropub === null) throw new Error("It is set");
  return micropub;
};

async function onHost(word: string, start: typeof github): Promise<Place> {
  const hosted = await start(FILES);
  const store = apiStore(micropubOptions(`${word}:me/blog`, `${hosted.origin}/api`));
  if (store === null) throw new Error("It has an API");
  return {
    store,
    hosted,
    commits: () => hosted.commits,
    push: hosted.push,
    [Symbol.asyncDispose]: () => hosted[Symbol.asyncDispose](),
  };
}

/** Creates a checkout with an unrelated staged change. */
function repository(): string {
  const folder = tempFolder("store");
  change(folder, FILES);
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Begin");
  return folder;
}

function storeIn(folder: string, more: Partial<Pick<CheckoutOptions, "isPushed" | "log" | "onCommit">> = {}) {
  return gitCheckout({
    contentDir: path.join(folder, "content"),
    identity: IDENTITY,
    isPushed: false,
    env: GIT_ENV,
    log: () => undefined,
    onCommit: () => undefined,
    ...more,
  });
}

const PLACES: Readonly<Record<string, () => Promise<Place>>> = {
  "a checkout": () => {
    const folder = repository();
    return Promise.resolve({
      store: storeIn(folder),
      hosted: null,
      commits: () => {
        const messages = git(folder, "log", "--format=%B%x00").split("\0");
        return messages
          .map((message) => message.trim())
          .filter(Boolean)
          .reverse()
          .slice(1);
      },
      push: (file, content) => change(folder, { [file]: content }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  },
  GitHub: () => onHost("github", github),
  GitLab: () => onHost("gitlab", gitlab),
  Forgejo: () => onHost("forgejo", forgejo),
};

describe.each(Object.entries(PLACES))("%s", (_name, open) => {
  let place: Place;
  let store: ContentStore;

  beforeAll(async () => {
    place = await open();
    ({ store } = place);
  });
  afterAll(() => place[Symbol.asyncDispose]());

  test("returns files, and null for missing ones", async () => {
    expect(text(await store.read("notes/one.md"))).toBe(FILES["content/notes/one.md"]);
    expect(text(await store.read("site.yaml"))).toBe("title: Test blog\n");
    expect(await store.read("notes/none.md")).toBeNull();
  });

  test("lists files in a folder at any depth", async () => {
    expect([...(await store.list("notes"))].sort()).toEqual(
      expect.arrayContaining(["notes/one.md", "notes/trip/index.md"]),
    );
    expect(await store.list("posts")).toEqual(["posts/hello.md"]);
  });

  test("writes a post and its picture in one commit", async () => {
    const before = place.commits().length;
    const picture = Uint8Array.from({ length: 256 }, (_, value) => value);
    await store.commit(
      [
        { path: "notes/größe 2/index.md", bytes: bytes("Größe 😀\n"), replaces: null },
        { path: "notes/größe 2/photo-1.jpg", bytes: picture, replaces: null },
      ],
      "Add notes/größe\n\nBy Micropub.",
    );
    expect(text(await store.read("notes/größe 2/index.md"))).toBe("Größe 😀\n");
    expect(Buffer.from((await store.read("notes/größe 2/photo-1.jpg"))?.bytes ?? [])).toEqual(
      Buffer.from(picture),
    );
    expect(place.commits().slice(before)).toEqual(["Add notes/größe\n\nBy Micropub."]);
  });

  test("refuses to overwrite a file without its previous state, and then writes nothing", async () => {
    const before = place.commits().length;
    const failing = store.commit(
      [
        { path: "notes/new.md", bytes: bytes("New"), replaces: null },
        { path: "notes/one.md", bytes: bytes("Mine"), replaces: null },
      ],
      "Add",
    );
    await expect(failing).rejects.toThrow(ConflictError);
    expect(await store.read("notes/new.md")).toBeNull();
    expect(text(await store.read("notes/one.md"))).toBe(FILES["content/notes/one.md"]);
    expect(place.commits()).toHaveLength(before);
  });

  test("changes a file only if it's still in the state that was read", async () => {
    const read = await store.read("notes/trip/index.md");
    place.push("content/notes/trip/index.md", "Theirs\n");
    const mine = { path: "notes/trip/index.md", bytes: bytes("Mine\n") };
    await expect(store.commit([{ ...mine, replaces: read?.version ?? "" }], "Update")).rejects.toThrow(
      ConflictError,
    );
    expect(text(await store.read("notes/trip/index.md"))).toBe("Theirs\n");
    const again = await store.read("notes/trip/index.md");
    await store.commit([{ ...mine, replaces: again?.version ?? "" }], "Update");
    expect(text(await store.read("notes/trip/index.md"))).toBe("Mine\n");
  });

  test.each([
    "../x.md",
    "notes/../../x.md",
    "/etc/passwd",
    "notes/.git/config",
    "notes\\x.md",
    "notes//x.md",
    "notes/a\0.md",
    "notes/con:x.md",
    "pages/x.md",
    "site.yaml",
    "responses/x.json",
    "astro.config.mjs",
    "",
  ])("never writes %j", async (file) => {
    const before = place.commits().length;
    await expect(store.commit([{ path: file, bytes: bytes("x"), replaces: null }], "x")).rejects.toThrow(
      RangeError,
    );
    expect(place.commits()).toHaveLength(before);
  });

  test("reads only posts, authors and the settings", async () => {
    for (const file of ["../.git/config", "../package.json", "templates/post.md"])
      await expect(Promise.resolve().then(() => store.read(file))).rejects.toThrow(RangeError);
  });
});

describe.each([
  ["GitHub", "github", github],
  ["GitLab", "gitlab", gitlab],
  ["Forgejo", "forgejo", forgejo],
] as const)("the API of %s", (_name, word, start) => {
  test("errors and timeouts are reported without the token", async () => {
    await using place = await onHost(word, start);
    place.hosted?.fail(500);
    const failure = await place.store.read("notes/one.md").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ContentStoreError);
    expect(String(failure)).toContain("status 500");
    const gone = apiStore(micropubOptions(`${word}:me/blog`, "http://127.0.0.1:1/api/"));
    const silence = await gone?.read("notes/one.md").catch((error: unknown) => error);
    expect(silence).toBeInstanceOf(ContentStoreError);
    expect(`${String(failure)}${String(silence)}`).not.toContain(SECRET);
  });

  test("another user's commit to another file isn't a conflict", async () => {
    await using place = await onHost(word, start);
    place.hosted?.pushBeforeNext("content/posts/theirs.md", "Theirs");
    await place.store.commit([{ path: "notes/mine.md", bytes: bytes("Mine"), replaces: null }], "Add");
    expect(text(await place.store.read("notes/mine.md"))).toBe("Mine");
    expect(place.hosted?.files.has("content/posts/theirs.md")).toBe(true);
  });

  test("another user's commit to the same file is a conflict", async () => {
    await using place = await onHost(word, start);
    place.hosted?.pushBeforeNext("content/notes/mine.md", "Theirs");
    const failing = place.store.commit(
      [{ path: "notes/mine.md", bytes: bytes("Mine"), replaces: null }],
      "Add",
    );
    await expect(failing).rejects.toThrow(ConflictError);
    expect(text(await place.store.read("notes/mine.md"))).toBe("Theirs");
  });

  test("a wrong token is an error, not a missing file", async () => {
    await using place = await onHost(word, start);
    const store = apiStore({
      ...micropubOptions(`${word}:me/blog`, `${place.hosted?.origin}/api/`),
      token: "wrong",
    });
    await expect(store?.read("notes/one.md")).rejects.toThrow(/status 401/);
  });
});

test("GitHub: a file of more than a megabyte is read completely", async () => {
  await using place = await onHost("github", github);
  place.push("content/notes/large.md", "x".repeat(1_500_000));
  expect((await place.store.read("notes/large.md"))?.bytes).toHaveLength(1_500_000);
});

describe("a checkout", () => {
  const add = (name: string) => ({ path: `notes/${name}.md`, bytes: bytes(name), replaces: null });

  test("commits in the receiver's name, without other staged changes", async () => {
    const folder = repository();
    change(folder, { "README.md": "Edited\n", "content/posts/hello.md": "Edited\n" });
    git(folder, "add", "README.md");
    await storeIn(folder).commit([add("mine")], "Add");
    expect(git(folder, "log", "-1", "--format=%an %ae")).toBe("Receiver receiver@me.example\n");
    expect(git(folder, "show", "--name-only", "--format=").trim()).toBe("content/notes/mine.md");
    expect(git(folder, "status", "--porcelain")).toBe("M  README.md\n M content/posts/hello.md\n");
  });

  test("many simultaneous posts become one commit each", async () => {
    const folder = repository();
    const store = storeIn(folder);
    await Promise.all(Array.from({ length: 8 }, (_, at) => store.commit([add(`n${at}`)], `Add n${at}`)));
    expect(git(folder, "log", "--format=%s").trim().split("\n")).toHaveLength(9);
    expect(git(folder, "status", "--porcelain")).toBe("");
  });

  test("leaves no files behind when git refuses the commit", async () => {
    const folder = repository();
    const hook = path.join(folder, ".git/hooks/pre-commit");
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, "#!/bin/sh\necho 'no posts today' >&2\nexit 1\n");
    chmodSync(hook, 0o755);
    const store = storeIn(folder);
    const old = await store.read("posts/hello.md");
    const changes = [
      add("mine"),
      { path: "posts/hello.md", bytes: bytes("x"), replaces: old?.version ?? "" },
    ];
    await expect(store.commit(changes, "Add")).rejects.toThrow(/no posts today/);
    expect(git(folder, "status", "--porcelain")).toBe("");
    expect(readFileSync(path.join(folder, "content/posts/hello.md"), "utf8")).toBe(
      FILES["content/posts/hello.md"],
    );
  });

  test("never follows a symbolic link out of content/", async () => {
    const folder = repository();
    const outside = tempFolder("outside");
    writeFileSync(path.join(outside, "secret.md"), "Secret");
    symlinkSync(outside, path.join(folder, "content/notes/linked"));
    symlinkSync(path.join(outside, "secret.md"), path.join(folder, "content/notes/file.md"));
    const store = storeIn(folder);
    await expect(store.read("notes/linked/secret.md")).rejects.toThrow(ContentStoreError);
    await expect(store.read("notes/file.md")).rejects.toThrow(ContentStoreError);
    await expect(store.commit([add("linked/mine")], "Add")).rejects.toThrow(ContentStoreError);
    expect(existsSync(path.join(outside, "mine.md"))).toBe(false);
  });

  test("waits while another program holds the index", async () => {
    const folder = repository();
    const lock = path.join(folder, ".git/index.lock");
    writeFileSync(lock, "");
    const adding = storeIn(folder).commit([add("mine")], "Add");
    setTimeout(() => git(folder, "--version") && change(folder, { ".git/index.lock": null }), 300);
    await adding;
    expect(git(folder, "log", "-1", "--format=%s")).toBe("Add\n");
  });

  test("pushes on top of commits that others have pushed meanwhile", async () => {
    const remote = tempFolder("remote");
    git(remote, "init", "--quiet", "--bare", "--initial-branch=main");
    const folder = checkout();
    git(folder, "remote", "add", "origin", remote);
    git(folder, "push", "--quiet", "--set-upstream", "origin", "main");
    const other = tempFolder("other");
    git(other, "clone", "--quiet", remote, ".");
    change(other, { "content/posts/theirs.md": "Theirs" });
    git(other, "add", "--all");
    git(other, "commit", "--quiet", "--message", "Theirs");
    git(other, "push", "--quiet");
    const subjects = (place: string) => git(place, "log", "--format=%s").trim().split("\n");
    const published: (readonly string[])[] = [];
    const onCommit = () => void published.push([subjects(remote)[0] ?? "", ...subjects(folder)]);
    await storeIn(folder, { isPushed: true, onCommit }).commit([add("mine")], "Mine");
    expect(subjects(remote)).toEqual(["Mine", "Theirs", "Begin"]);
    // The publishing command runs before the push, and again for the commits that the rebase brought in.
    expect(published).toEqual([
      ["Theirs", "Mine", "Begin"],
      ["Theirs", "Mine", "Theirs", "Begin"],
    ]);
  });

  test("keeps a commit that can't be pushed, and logs it", async () => {
    const folder = checkout();
    git(folder, "remote", "add", "origin", path.join(folder, "nowhere"));
    const lines: string[] = [];
    await storeIn(folder, { isPushed: true, log: (line) => lines.push(line) }).commit([add("mine")], "Mine");
    expect(git(folder, "log", "-1", "--format=%s")).toBe("Mine\n");
    expect(lines).toEqual([expect.stringContaining("The commit isn't pushed")]);
  });
});
