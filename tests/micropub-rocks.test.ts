/** The server tests of micropub.rocks by their numbers, over real HTTP, on both databases. */
import { existsSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { CLIENT, photo, startMicropub, type MicropubReceiver } from "./receiver-support/micropub.ts";

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

  /** The file of the post that an answer names. */
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

  /** A picture on somebody else's server. */
  const sunset = async () =>
    receiver.page("/sunset.jpg", { type: "image/jpeg", body: Buffer.from(await photo()).toString("latin1") });

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

    test("204: a nested object is kept", async () => {
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

    test("402: adds a value to a property that wasn't there", async () => {
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
    ])("405: refuses an operation that isn't one: %j", async (operation) => {
      const url = await made({ content: ["Micropub update test #405."] });
      const answer = await receiver.json({ action: "update", url, ...operation });
      expect([answer.status, await error(answer)]).toEqual([400, "invalid_request"]);
    });
  });
});
