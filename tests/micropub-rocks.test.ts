/** The server tests of micropub.rocks by number, over real HTTP, on both databases. */
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { photo, startMicropub, type MicropubReceiver } from "./receiver-support/micropub.ts";

type Properties = Readonly<Record<string, readonly unknown[]>>;

describe.each(Object.entries(ADAPTERS))("stored in %s", (name, open) => {
  let opened: TestDatabase;
  let receiver: MicropubReceiver;

  beforeAll(async () => {
    opened = await open();
    receiver = await startMicropub(opened);
  });
  afterAll(async () => {
    await receiver[Symbol.asyncDispose]();
    if (name === "D1") await opened.close();
  });

  /** Returns the text of the post in a response's location. */
  async function written(answer: Response): Promise<string> {
    const text = answer.status === 201 ? "" : await answer.text();
    expect([answer.status, text]).toEqual([201, ""]);
    return receiver.text(receiver.fileOf(answer.headers.get("location") ?? ""));
  }

  const source = async (url: string, more = ""): Promise<Properties> => {
    const answer = await receiver.query(`q=source&url=${encodeURIComponent(url)}${more}`);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { properties: Properties }).properties;
  };

  const error = async (answer: Response): Promise<unknown> =>
    ((await answer.json()) as { error: unknown }).error;

  /** Adds a picture to another server. */
  const sunset = async () => receiver.page("/sunset.jpg", { type: "image/jpeg", body: await photo() });

  describe("creating posts, form-encoded", () => {
    test("100: a note", async () => {
      const text = await written(
        await receiver.form([
          ["h", "entry"],
          ["content", "Micropub test of creating a basic h-entry"],
        ]),
      );
      expect(text).toMatch(/^---\ndate: [^\n]+\n---\n\nMicropub test of creating a basic h-entry\n$/);
    });

    test("101: several categories", async () => {
      const answer = await receiver.form([
        ["h", "entry"],
        ["content", "With categories"],
        ["category[]", "test1"],
        ["category[]", "test2"],
      ]);
      expect(await written(answer)).toContain("\ntags: [test1, test2]\n");
    });

    test("104: a photo by URL", async () => {
      const answer = await receiver.form([
        ["h", "entry"],
        ["content", "A photo by its address"],
        ["photo", await sunset()],
      ]);
      expect(await written(answer)).toContain("\n\n![Picture](./photo-1.jpg)\n\nA photo by its address\n");
    });

    test("107: one category", async () => {
      const answer = await receiver.form([
        ["h", "entry"],
        ["content", "With a category"],
        ["category", "test1"],
      ]);
      expect(await written(answer)).toContain("\ntags: [test1]\n");
    });
  });

  describe("creating posts, JSON", () => {
    const create = (properties: Properties) => receiver.json({ type: ["h-entry"], properties });

    test("200: a note", async () => {
      expect(await written(await create({ content: ["A note in JSON"] }))).toContain("\n\nA note in JSON\n");
    });

    test("201: several categories", async () => {
      const answer = await create({ content: ["With categories"], category: ["test1", "test2"] });
      expect(await written(answer)).toContain("\ntags: [test1, test2]\n");
    });

    test("202: HTML becomes Markdown", async () => {
      const html = "<p>This post has <b>bold</b> and <i>italic</i> text.</p>";
      expect(await written(await create({ content: [{ html }] }))).toContain(
        "This post has **bold** and _italic_ text.",
      );
    });

    test("203: a photo by URL", async () => {
      expect(await written(await create({ content: ["Text"], photo: [await sunset()] }))).toContain(
        "![Picture](./photo-1.jpg)",
      );
    });

    test("205: a photo with a description", async () => {
      const photo = { value: await sunset(), alt: "Photo of a sunset [at sea]" };
      const url = await receiver.posted({ content: ["Text"], photo: [photo] });
      expect(receiver.text(receiver.fileOf(url))).toContain(
        "![Photo of a sunset \\[at sea\\]](./photo-1.jpg)",
      );
      expect((await source(url))["photo"]).toEqual([{ value: expect.any(String), alt: photo.alt }]);
    });

    test("206: several photos by URL", async () => {
      const city = receiver.page("/city.png", { type: "image/png", body: await photo("png") });
      const text = await written(await create({ content: ["Text"], photo: [await sunset(), city] }));
      expect(text).toContain("![Picture](./photo-1.jpg)\n\n![Picture](./photo-2.png)\n\nText\n");
    });

    test("204: a nested object is preserved", async () => {
      const checkin = {
        type: ["h-card"],
        properties: { name: ["Los Gorditos"], latitude: [45.524330801154] },
      };
      const published = "2017-05-31T12:03:36-07:00";
      const url = await receiver.posted({
        content: ["Lunch meeting"],
        published: [published],
        checkin: [checkin],
      });
      expect((await source(url))["checkin"]).toEqual([checkin]);
      expect(receiver.text(receiver.fileOf(url))).toContain("date: 2017-05-31T19:03:36");
    });
  });

  describe("creating posts, multipart", () => {
    const send = async (names: readonly string[]) => {
      const form = new FormData();
      form.set("h", "entry");
      form.set("content", "Nice sunset tonight");
      for (const name of names) form.append(name, new Blob([await photo()]), "sunset.jpg");
      const headers = { authorization: `Bearer ${await receiver.token()}` };
      return await receiver.get("/micropub", { method: "POST", body: form, headers });
    };

    test("300: a photo", async () => {
      const answer = await send(["photo"]);
      expect(await written(answer)).toContain("![Picture](./photo-1.jpg)\n\nNice sunset tonight\n");
    });

    test("301: two photos", async () => {
      const answer = await send(["photo[]", "photo[]"]);
      const url = answer.headers.get("location") ?? "";
      expect(await written(answer)).toContain("![Picture](./photo-1.jpg)\n\n![Picture](./photo-2.jpg)");
      const file = path.join(receiver.folder, "content", path.dirname(receiver.fileOf(url)), "photo-2.jpg");
      expect((await sharp(file).metadata()).width).toBe(64);
    });
  });

  describe("updating", () => {
    const made = (properties: Properties) => receiver.posted({ ...properties });
    const update = async (url: string, body: Readonly<Record<string, unknown>>) => {
      const answer = await receiver.json({ action: "update", url, ...body });
      expect([answer.status, await answer.text()]).toEqual([204, ""]);
    };

    test("400: replaces a property", async () => {
      const url = await made({ content: ["Micropub update test. This text should be replaced."] });
      await update(url, { replace: { content: ["This is the updated text."] } });
      expect(await source(url)).toMatchObject({ content: ["This is the updated text."] });
    });

    test("401: adds a value", async () => {
      const url = await made({ content: ["Text"], category: ["test1"] });
      await update(url, { add: { category: ["test2"] } });
      expect((await source(url))["category"]).toEqual(["test1", "test2"]);
    });

    test("402: adds a value to a missing property", async () => {
      const url = await made({ content: ["Text"] });
      await update(url, { add: { category: ["test1"] } });
      expect((await source(url))["category"]).toEqual(["test1"]);
    });

    test("403: removes a value", async () => {
      const url = await made({ content: ["Text"], category: ["test1", "test2"] });
      await update(url, { delete: { category: ["test2"] } });
      expect((await source(url))["category"]).toEqual(["test1"]);
    });

    test("404: removes a property", async () => {
      const url = await made({ content: ["Text"], category: ["test1", "test2"] });
      await update(url, { delete: ["category"] });
      expect(await source(url)).not.toHaveProperty("category");
    });

    test.each([
      { replace: "no object" },
      { replace: { content: "no list" } },
      { add: [] },
      { delete: "x" },
      {},
    ])("405: refuses an invalid operation: %j", async (operation) => {
      const url = await made({ content: ["Micropub update test #405."] });
      const answer = await receiver.json({ action: "update", url, ...operation });
      expect([answer.status, await error(answer)]).toEqual([400, "invalid_request"]);
    });
  });

  describe("deleting", () => {
    const isGone = (url: string) => /^deleted: \d{4}-\d{2}-\d{2}$/m.test(receiver.text(receiver.fileOf(url)));

    test("500, 502: deletes and undeletes, form-encoded", async () => {
      const url = await receiver.posted({ content: ["This post should be deleted."] });
      const act = (action: string) =>
        receiver.form([
          ["action", action],
          ["url", url],
        ]);
      expect((await act("delete")).status).toBe(204);
      expect(isGone(url)).toBe(true);
      expect((await act("undelete")).status).toBe(204);
      expect(isGone(url)).toBe(false);
      expect(await source(url)).toMatchObject({ content: ["This post should be deleted."] });
    });

    test("501, 503: deletes and undeletes, JSON", async () => {
      const url = await receiver.posted({ content: ["This post should be deleted."] });
      expect((await receiver.json({ action: "delete", url })).status).toBe(204);
      expect(isGone(url)).toBe(true);
      expect((await receiver.json({ action: "undelete", url })).status).toBe(204);
      expect(isGone(url)).toBe(false);
    });
  });

  describe("queries", () => {
    test("600: configuration", async () => {
      const answer = await receiver.query("q=config");
      expect([answer.status, await answer.json()]).toMatchObject([
        200,
        { "media-endpoint": `${receiver.options.url}/media`, "syndicate-to": [] },
      ]);
    });

    test("601: syndication targets", async () => {
      const answer = await receiver.query("q=syndicate-to");
      expect([answer.status, await answer.json()]).toEqual([200, { "syndicate-to": [] }]);
    });

    test("602: all properties of a post", async () => {
      const content = "Test of querying the endpoint for the source content";
      const url = await receiver.posted({ content: [content], category: ["micropub", "test"] });
      expect(await source(url)).toMatchObject({ content: [content], category: ["micropub", "test"] });
    });

    test("603: some properties of a post", async () => {
      const content = "Test of querying the endpoint for the source content";
      const url = await receiver.posted({ content: [content], category: ["micropub", "test"] });
      expect(await source(url, "&properties[]=content&properties[]=category")).toEqual({
        content: [content],
        category: ["micropub", "test"],
      });
    });
  });

  describe("the media endpoint", () => {
    test.each([
      ["700", "jpeg", "image/jpeg"],
      ["701", "png", "image/png"],
      ["702", "gif", "image/gif"],
    ] as const)("%s: accepts a %s and serves it", async (_number, format, type) => {
      const form = new FormData();
      form.set("file", new Blob([await photo(format)]), `picture.${format}`);
      const headers = { authorization: `Bearer ${await receiver.token("media")}` };
      const answer = await receiver.get("/media", { method: "POST", body: form, headers });
      expect(answer.status).toBe(201);
      const shown = await receiver.get(new URL(answer.headers.get("location") ?? "").pathname);
      expect([shown.status, shown.headers.get("content-type")]).toEqual([200, type]);
      expect((await sharp(await shown.arrayBuffer()).metadata()).format).toBe(format);
    });
  });

  describe("access tokens", () => {
    const note = (content: string): [string, string][] => [
      ["h", "entry"],
      ["content", content],
    ];

    test("800: in the header", async () => {
      expect((await receiver.form(note("In the header"), await receiver.token())).status).toBe(201);
    });

    test("801, 802: in the body, and not stored", async () => {
      const token = await receiver.token();
      const answer = await receiver.form([...note("In the body"), ["access_token", token]], null);
      const text = await written(answer);
      expect(text).toContain("In the body");
      expect(text).not.toContain(token);
      const properties = await source(answer.headers.get("location") ?? "");
      expect(JSON.stringify(properties)).not.toMatch(new RegExp(`access_token|${token}`));
    });

    test("803: missing", async () => {
      const before = receiver.commits().length;
      const answer = await receiver.form(note("Unauthenticated"), null);
      expect([answer.status, await error(answer)]).toEqual([401, "unauthorized"]);
      expect(receiver.commits()).toHaveLength(before);
    });

    test("804: without the required scope", async () => {
      const answer = await receiver.form(note("Unauthorized"), await receiver.token("profile media"));
      expect([answer.status, await error(answer)]).toEqual([401, "insufficient_scope"]);
    });

    test("805: in the header and in the body", async () => {
      const token = await receiver.token();
      const answer = await receiver.form([...note("Twice"), ["access_token", token]], token);
      expect([answer.status, await error(answer)]).toEqual([400, "invalid_request"]);
    });
  });
});
