/** The comment form, without an account or scripts, and the moderation page. */
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGES } from "../src/i18n/languages.ts";
import { NO_OWN_WORDS } from "../src/i18n/messages.ts";
import { translationsFor } from "../src/i18n/translations-for.ts";
import { editComment } from "../src/receiver/comments.ts";
import { moderate, withdraw } from "../src/receiver/moderate.ts";
import { postsOf, type Posts } from "../src/receiver/posts.ts";
import type { Statement } from "../src/receiver/store/database.ts";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { startReceiver, TOKEN, type TestReceiver } from "./receiver-support/receiver.ts";

/** Returns a page's form with the given field, as a browser would submit it. */
function formIn(html: string, field: string): { action: string; fields: Record<string, string> } {
  const { document } = new JSDOM(html).window;
  const form = [...document.querySelectorAll("form")].find(
    (each) => each.querySelector(`[name="${field}"]`) !== null,
  );
  if (form === undefined) throw new Error(`No form with ${field}: ${html}`);
  const fields = [...form.querySelectorAll<HTMLInputElement>("input, textarea")].map(
    (input): [string, string] => [input.name, input.value],
  );
  return { action: form.getAttribute("action") ?? "", fields: Object.fromEntries(fields) };
}

describe("in the language of the post", () => {
  const tags = Object.values(LANGUAGES).map(({ lang }) => lang);
  let receiver: TestReceiver;

  beforeAll(async () => {
    const posts = postsIn(tags);
    receiver = await startReceiver(
      { database: openSqlite(":memory:") },
      { posts, hasWorker: false, env: { RECEIVER_LANG: "de" } },
    );
  });
  afterAll(() => receiver[Symbol.asyncDispose]());

  const headers = { accept: "text/html" };

  /** Returns a page's text and expects the page to have the language. */
  async function pageIn(lang: string, answer: Response, status = 200): Promise<string> {
    const html = await answer.text();
    const { documentElement } = new JSDOM(html).window.document;
    const { dir } = translationsFor({ lang, words: NO_OWN_WORDS });
    expect([answer.status, documentElement.lang, documentElement.dir]).toEqual([status, lang, dir]);
    return html;
  }

  test.each(tags)("%s: from the form to the deletion of the comment", async (lang) => {
    const { receiver: words, conversation } = translationsFor({ lang, words: NO_OWN_WORDS });
    const form = await pageIn(lang, await receiver.get(`/comment?post=in-${lang}`));
    expect(form).toContain(conversation.comment.title);
    const fields = { post: `in-${lang}`, name: "Ann", text: `Text ${lang}` };
    const wrong = await receiver.post("/comment", { ...fields, name: "" }, { headers });
    expect(await pageIn(lang, wrong, 400)).toContain(words.incomplete);
    const preview = await pageIn(lang, await receiver.post("/comment", fields, { headers }));
    expect(preview).toContain(words.becomesPublic);
    receiver.pass(3000);
    const shown = formIn(preview, "confirmation");
    const stored = await pageIn(lang, await receiver.post("/comment", shown.fields, { headers }), 201);
    expect(stored).toContain(words.whenApproved);
    const edit =
      new JSDOM(stored).window.document.querySelector<HTMLAnchorElement>("a[href*=edit]")?.href ?? "";
    const { pathname, search } = new URL(edit);
    const changing = await pageIn(lang, await receiver.get(pathname + search, { headers }));
    expect(changing).toContain(words.withdrawHint);
    const changed = await receiver.post(pathname + search, { ...fields, text: "Other" }, { headers });
    expect(await pageIn(lang, changed)).toContain(words.changed);
    const gone = await receiver.post(pathname + search, { withdraw: "yes" }, { headers });
    expect(await pageIn(lang, gone)).toContain(words.deleted);
  });

  test("a manual webmention and its status page; programs get English", async () => {
    const { receiver: words } = translationsFor({ lang: "ar", words: NO_OWN_WORDS });
    const fields = { source: "https://ann.example/1", target: "https://me.example/posts/in-ar/" };
    const taken = await receiver.post("/webmention", fields, { headers });
    expect(await pageIn("ar", taken, 201)).toContain(words.willVerify);
    const status = new URL(taken.headers.get("location") ?? "").pathname;
    expect(await pageIn("ar", await receiver.get(status, { headers }))).toContain(words.willVerify);
    expect(await (await receiver.get(status)).json()).toMatchObject({ summary: "Waiting for verification" });
  });

  test("pages that belong to no post are in the blog's language", async () => {
    const { receiver: words, missing } = translationsFor({ lang: "de", words: NO_OWN_WORDS });
    const get = async (path: string) => await pageIn("de", await receiver.get(path, { headers }), 404);
    expect(await get("/comment?post=none")).toContain(words.noPost);
    expect(await get("/comment/none/edit?key=1")).toContain(words.noComment);
    expect(await get("/nowhere")).toContain(missing.text);
    const refused = await receiver.post("/webmention", { source: "x", target: "x" }, { headers });
    expect(await pageIn("de", refused, 400)).toContain(words.badAddress);
  });
});

/** Returns one post in each language. */
function postsIn(tags: readonly string[]): Posts {
  const found = postsOf({
    settings: { url: "https://me.example/" },
    tombstones: [],
    posts: tags.map((lang) => ({
      slug: `in-${lang}`,
      id: `in-${lang}`,
      path: `/posts/in-${lang}/`,
      aliases: [],
      canonical: null,
      lang,
      title: lang,
      comments: "open",
      tags: [],
    })),
  });
  return {
    byUrl: (address) => Promise.resolve(found.byUrl(address)),
    bySlug: (slug) => Promise.resolve(found.bySlug(slug)),
    tags: () => Promise.resolve([]),
  };
}

describe.each(Object.entries(ADAPTERS))("stored in %s", (name, open) => {
  let opened: TestDatabase;
  let receiver: TestReceiver;

  beforeAll(async () => {
    opened = await open();
    receiver = await startReceiver(opened);
  });
  afterAll(async () => {
    await receiver[Symbol.asyncDispose]();
    if (name === "D1") await opened.close();
  });

  /** Submits the form, waits on the preview, and confirms. */
  async function comment(fields: Readonly<Record<string, string>>) {
    const preview = await receiver.post("/comment", { post: "hello", name: "Ann", ...fields });
    const shown = formIn(await preview.text(), "confirmation");
    receiver.pass(3000);
    const stored = await receiver.post(shown.action, shown.fields);
    const page = await stored.text();
    const edit =
      /href="[^"]*(\/comment\/[^"]*\/edit\?key=[^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
    return { status: stored.status, page, edit, fields: shown.fields };
  }

  const find = async (text: string) =>
    (
      await Promise.all(
        (["pending", "approved", "spam", "deleted"] as const).map((status) => receiver.responses(status)),
      )
    )
      .flat()
      .find(({ record }) => record.content?.text === text);

  test("a comment is shown for confirmation, stored, and pending", async () => {
    const { status, page } = await comment({
      text: "I had the same.\n\nWith our <b>choir</b>.",
      url: "https://ann.example",
    });
    expect(status).toBe(201);
    expect(page).toContain("once the author has approved it");
    const found = await find("I had the same.\n\nWith our <b>choir</b>.");
    expect(found).toMatchObject({
      status: "pending",
      slug: "hello",
      record: {
        author: { name: "Ann", url: "https://ann.example/" },
        "wm-protocol": "comment",
        "wm-property": "in-reply-to",
        "wm-target": "https://me.example/posts/hello/",
      },
    });
    expect(JSON.stringify(found)).not.toContain("127.0.0.1:5");
  });

  test("a bot that confirms immediately is asked to confirm again", async () => {
    const preview = await receiver.post("/comment", { post: "hello", name: "Bot", text: "Buy" });
    const shown = formIn(await preview.text(), "confirmation");
    const again = await receiver.post(shown.action, shown.fields);
    expect([again.status, await again.text()]).toEqual([
      200,
      expect.stringContaining("review your comment once more"),
    ]);
    expect(await find("Buy")).toBeUndefined();
  });

  test.each([
    ["no name", { name: "" }, "a name and a comment"],
    ["no text", { text: "" }, "a name and a comment"],
    ["a link that runs a script", { url: "javascript:alert(1)" }, "must begin with"],
    ["a filled trap", { website: "https://x.example" }, "Leave this field empty"],
    ["a text that is too long", { text: "x".repeat(10_001) }, "longer than"],
  ])("a comment with %s is shown again with the error", async (_what, fields, message) => {
    const answer = await receiver.post("/comment", { post: "hello", name: "Ann", text: "Text", ...fields });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(message);
  });

  test("a preview that was open for too long is shown again and can then be confirmed", async () => {
    const preview = await receiver.post("/comment", { post: "hello", name: "Ann", text: "After lunch" });
    receiver.pass(61 * 60_000);
    const late = await (
      await receiver.post("/comment", formIn(await preview.text(), "confirmation").fields)
    ).text();
    expect(late).toContain("review your comment once more");
    receiver.pass(3000);
    expect((await receiver.post("/comment", formIn(late, "confirmation").fields)).status).toBe(201);
    expect(await find("After lunch")).toBeDefined();
  });

  test.each([
    ["of another script, as long as the form allows", { text: "\u5c71".repeat(10_000) }],
    ["of emoji", { text: "\u{1F33B}".repeat(5000) }],
    [
      "of many lines, as browsers send them",
      { text: Array.from({ length: 2000 }, () => "line").join("\r\n") },
    ],
    [
      "with letters that join once what hid between them is gone",
      { text: "cafe\u200B\u0301", name: "Jose\u200B\u0301" },
    ],
    ["with brackets in brackets", { name: "Ann <<>>", text: "<<>>" }],
    ["with an address in an address", { name: "Ann a@b.example@c.example", text: "x" }],
    [
      "in Arabic with joiners",
      { name: "\u0645\u06cc\u200c\u062e", text: "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645" },
    ],
    ["with line breaks of all kinds", { text: "\u2028a\u2029b\rc\n\n\n\n\r\n d \u00a0\n" }],
    ["at an address with other letters", { text: "x", url: "https://\u5c71.example/\u00fc \u00f6" }],
  ])("a comment %s can be confirmed the first time", async (_what, fields) => {
    const { status } = await comment(fields);
    expect(status).toBe(201);
  });

  test("a text over the form's limit is refused with an error page", async () => {
    const text = "x".repeat(200_000);
    const answer = await receiver.post(
      "/comment",
      { post: "hello", name: "Ann", text },
      { headers: { accept: "text/html" } },
    );
    expect([answer.status, answer.headers.get("content-type")]).toEqual([413, "text/html; charset=UTF-8"]);
    expect(await answer.text()).toContain("<h1>Too long</h1>");
  });

  test("a confirmation is valid only for the previewed text, and only once", async () => {
    const { fields, edit } = await comment({ text: "Once" });
    receiver.pass(1000);
    await receiver.post("/comment", { ...fields, text: "Another text" });
    expect(await find("Another text")).toBeUndefined();
    const again = await receiver.post("/comment", fields);
    expect(await again.text()).toContain(edit.replaceAll("&", "&amp;"));
    expect((await receiver.responses()).filter(({ record }) => record.content?.text === "Once")).toHaveLength(
      1,
    );
  });

  test("a commenter can't use the blog's URL as their own", async () => {
    await comment({ text: "I am the author", url: "https://me.example/authors/nell/" });
    expect((await find("I am the author"))?.record.author).toEqual({ type: "card", name: "Ann" });
  });

  test("markup in any field is shown as text on every page", async () => {
    const hostile = `"><script>alert(1)</script>`;
    const { page } = await comment({ text: hostile, name: `E${hostile}`, "reply-to": hostile });
    const preview = await receiver.post("/comment", {
      post: "hello",
      name: `E${hostile}`,
      text: hostile,
      url: hostile,
    });
    const session = await signIn();
    const moderation = await receiver.get("/moderate", { headers: { cookie: session } });
    for (const html of [page, await preview.text(), await moderation.text()])
      expect(new JSDOM(html).window.document.querySelectorAll("script, img, [onerror]")).toHaveLength(0);
  });

  test("a comment that replies to a response says so", async () => {
    await comment({ text: "Yes, Ann", "reply-to": "https://ann.example/notes/1" });
    expect((await find("Yes, Ann"))?.record["in-reply-to"]).toBe("https://ann.example/notes/1");
  });

  test("only someone with the edit link can change or withdraw a comment", async () => {
    const { edit } = await comment({ text: "First words" });
    const found = await find("First words");
    if (found === undefined) throw new Error("It was stored");
    await receiver.decide(found.id, "approved");
    const form = formIn(await (await receiver.get(edit)).text(), "text");
    expect(form.fields["text"]).toBe("First words");
    expect((await receiver.get(edit.replace(/key=.*/, "key=0"))).status).toBe(404);
    expect((await receiver.post(edit.replace(/key=.*/, "key="), form.fields)).status).toBe(404);
    await receiver.post(edit, { ...form.fields, text: "Second words" });
    expect(await find("Second words")).toMatchObject({ status: "pending", id: found.id });
    const publicPage = new URL(found.record.url).pathname;
    expect((await receiver.get(publicPage)).status).toBe(404);
    await receiver.decide(found.id, "approved");
    expect(await (await receiver.get(publicPage)).text()).toContain("Second words");
    await receiver.post(edit, { withdraw: "yes" });
    expect((await receiver.get(publicPage)).status).toBe(410);
    for (const again of [
      await receiver.get(edit),
      await receiver.post(edit, { withdraw: "yes" }),
      await receiver.post(edit, { ...form.fields, text: "Third words" }),
    ])
      expect([again.status, await again.text()]).toEqual([410, "It has been deleted.\n"]);
    expect((await receiver.get(edit.replace(/key=.*/, "key=0"))).status).toBe(404);
    const [row] = await opened.database.all("SELECT data FROM response WHERE id = ?", found.id);
    expect(JSON.stringify(row)).not.toMatch(/words|Ann/);
  });

  test("a comment that is withdrawn while it's approved or changed stays deleted", async () => {
    const { context } = receiver.running;
    const { database } = context;
    for (const at of ["approve", "change"] as const) {
      await comment({ text: `Taken back, ${at}` });
      const found = await find(`Taken back, ${at}`);
      if (found === undefined) throw new Error("It was stored");
      // The comment is withdrawn between reading and writing the response.
      const late = {
        ...context,
        database: {
          ...database,
          batch: async (statements: readonly Statement[]) => {
            await withdraw(context, found);
            return await database.batch(statements);
          },
        },
      };
      if (at === "approve") expect(await moderate(late, found.id, "approved")).toBe(false);
      else
        await editComment(late, found, { slug: "hello", name: "Ann", text: "Taken", url: "", replyTo: "" });
      const [row] = await database.all("SELECT status, data FROM response WHERE id = ?", found.id);
      expect(row?.["status"]).toBe("deleted");
      expect(JSON.stringify(row)).not.toMatch(/Taken|Ann/);
    }
  });

  test("a closed post accepts no comments", async () => {
    expect((await receiver.post("/comment", { post: "closed", name: "Ann", text: "x" })).status).toBe(404);
    expect((await receiver.get("/comment?post=closed")).status).toBe(404);
    expect((await receiver.get("/comment?post=hello&reply-to=12")).status).toBe(200);
  });

  test("no client address is stored, and rate limit counters are deleted with their key", async () => {
    await comment({ text: "Count me" });
    const rows = JSON.stringify(await opened.database.all("SELECT * FROM counter"));
    expect(rows).toMatch(/comment [\da-f]{32}/);
    expect(rows).not.toContain("127.0.0.1:");
    const { tidyUp } = await import("../src/receiver/housekeeping.ts");
    receiver.pass(25 * 60 * 60_000);
    await tidyUp(receiver.running.context);
    expect(await opened.database.all("SELECT * FROM counter")).toEqual([]);
    expect(await opened.database.all("SELECT * FROM value WHERE name LIKE 'client-key%'")).toEqual([]);
  });

  async function signIn(): Promise<string> {
    const answer = await receiver.post("/moderate/sign-in", { token: TOKEN });
    return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  }

  describe("the moderation page", () => {
    test("shows nothing without the token", async () => {
      expect((await receiver.get("/moderate")).status).toBe(401);
      const wrong = await receiver.post("/moderate/sign-in", { token: "wrong" });
      expect([wrong.status, wrong.headers.get("set-cookie")]).toEqual([401, null]);
      const forged = "session=9999999999999.x.0000";
      expect((await receiver.get("/moderate", { headers: { cookie: forged } })).status).toBe(401);
      for (const path of ["/metrics", "/api/export.jf2"]) expect((await receiver.get(path)).status).toBe(401);
    });

    test("approves, marks, deletes and blocks, and only by its own forms", async () => {
      await comment({ text: "Please show me", url: "https://carl.example" });
      const cookie = await signIn();
      const page = await (await receiver.get("/moderate", { headers: { cookie } })).text();
      expect(page).toContain("Please show me");
      const id = String((await find("Please show me"))?.id);
      const { fields } = formIn(page, "form-token");
      const forged = await receiver.post(
        "/moderate/decide",
        { id, status: "approved" },
        { headers: { cookie } },
      );
      expect(forged.status).toBe(403);
      const token = fields["form-token"] ?? "";
      const decide = (more: Record<string, string>) =>
        receiver.post("/moderate/decide", { id, "form-token": token, ...more }, { headers: { cookie } });
      expect((await decide({ status: "approved" })).status).toBe(303);
      expect((await find("Please show me"))?.status).toBe("approved");
      await decide({ block: "carl.example" });
      expect((await find("Please show me"))?.status).toBe("spam");
      await comment({ text: "Me again", url: "https://www.carl.example" });
      expect((await find("Me again"))?.status).toBe("spam");
      const rule = { "form-token": token, domain: "carl.example", action: "none" };
      await receiver.post("/moderate/rule", rule, { headers: { cookie } });
      await decide({ status: "deleted" });
      expect(await find("Please show me")).toBeUndefined();
    });

    test("has a cookie that scripts and other sites can't access", async () => {
      const answer = await receiver.post("/moderate/sign-in", { token: TOKEN });
      expect(answer.headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/);
    });
  });

  test("after too many wrong tokens, a client is refused for ten minutes, even with the right one", async () => {
    const status = async (token: string) =>
      (await receiver.get("/metrics", { headers: { authorization: `Bearer ${token}` } })).status;
    for (let guesses = 0; guesses <= 60; guesses++) expect(await status(`guess-${guesses}`)).toBe(401);
    expect(await status(TOKEN)).toBe(401);
    receiver.pass(11 * 60_000);
    expect(await status(TOKEN)).toBe(200);
  });

  test("metrics and health are available for monitoring", async () => {
    expect(await (await receiver.get("/health")).json()).toMatchObject({ status: "ok" });
    const metrics = await receiver.get("/metrics", { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(metrics.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await metrics.text();
    expect(text).toMatch(/^backfence_receiver_events_total\{event="received_comment"\} \d+$/m);
    // https://prometheus.io/docs/instrumenting/exposition_formats/: HELP and TYPE precede the samples of each name.
    expect(text).toMatch(
      /^(?:# HELP (\w+) .+\n# TYPE \1 (?:gauge|counter)\n(?:\1(?:\{\w+="[\w-]+"\})? \d+\n)*){3}$/,
    );
    const all = await receiver.get("/api/export.jf2", { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await all.json()).toMatchObject({ type: "feed" });
  });
});
