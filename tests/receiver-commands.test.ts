/** Moderation from the command line, a backup while the receiver runs, and its restoration. */
import { copyFileSync, existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runBackfence } from "../src/cli/run-backfence.ts";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { HELLO, SITE, startReceiver, TOKEN, type TestReceiver } from "./receiver-support/receiver.ts";
import { tempFolder } from "./support/temp-folder.ts";

const folder = tempFolder("receiver-commands");
let receiver: TestReceiver;

beforeAll(async () => {
  receiver = await startReceiver({ database: openSqlite(path.join(folder, "receiver.db")) });
});
afterAll(() => receiver[Symbol.asyncDispose]());

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = "";
  const add = (part: string) => void (text += part);
  const code = await runBackfence(["receive", ...args], {
    root: folder,
    env: { RECEIVER_SITE: SITE, RECEIVER_URL: "https://receiver.me.example", RECEIVER_TOKEN: TOKEN },
    now: () => new Date(),
    out: add,
    err: add,
    isInteractive: false,
    sleep: () => Promise.resolve(),
  });
  return { code, text };
}

const statusOf = async (id: number) => {
  const [row] = await receiver.running.context.database.all("SELECT status FROM response WHERE id = ?", id);
  return row?.["status"];
};

test("responses are listed, approved, marked and deleted while the receiver runs", async () => {
  for (const path of ["/1", "/2", "/3"])
    await receiver.mention(receiver.linking(path, HELLO, `<title>\u001B[31mPage ${path}\u202E</title>`));
  const { code, text } = await run("list");
  expect(code).toBe(0);
  expect(text).toContain("3 pending");
  // Control characters from responses, which could move the cursor or reverse the line, are removed.
  expect(text).not.toMatch(/[\u001B\u202E]/);
  expect(await run("approve", "1", "2")).toMatchObject({ code: 0 });
  expect([await statusOf(1), await statusOf(2), await statusOf(3)]).toEqual([
    "approved",
    "approved",
    "pending",
  ]);
  expect((await run("list", "--status", "approved")).text).toContain("2 approved");
  expect(await run("spam", "2")).toMatchObject({ code: 0 });
  expect(await run("delete", "3")).toMatchObject({ code: 0 });
  expect([await statusOf(2), await statusOf(3)]).toEqual(["spam", "deleted"]);
  expect(await run("approve", "99")).toMatchObject({ code: 4, text: "There is no response 99\n" });
  expect(await run("approve", "one")).toMatchObject({ code: 2 });
  const api = await (await receiver.get("/api/mentions.jf2")).json();
  expect(JSON.stringify(api)).toContain("/1");
});

test("domain rules can be set, listed and removed", async () => {
  expect(await run("rule", "WWW.Pills.example", "block")).toMatchObject({ code: 0 });
  expect(await run("rule", "bücher.example", "approve")).toMatchObject({ code: 0 });
  expect((await run("rules")).text).toBe("block   pills.example\napprove xn--bcher-kva.example\n");
  const source = "https://shop.pills.example/";
  expect((await receiver.post("/webmention", { source, target: HELLO })).status).toBe(403);
  expect(await run("rule", "pills.example", "none")).toMatchObject({ code: 0 });
  expect((await receiver.post("/webmention", { source, target: HELLO })).status).toBe(201);
  for (const wrong of ["https://pills.example/", "a b", "*.example", "x-.example"])
    expect(await run("rule", wrong, "block")).toMatchObject({
      code: 2,
      text: expect.stringContaining("isn't a domain"),
    });
  expect(await run("rule", "pills.example", "ban")).toMatchObject({ code: 2 });
});

test("a backup made while the receiver runs is complete, and a receiver can continue with it", async () => {
  const source = receiver.linking("/kept");
  await receiver.mention(source);
  expect(await run("backup", "copy.db")).toMatchObject({ code: 0 });
  await receiver.mention(receiver.linking("/after"));
  expect(await run("backup", "copy.db")).toMatchObject({
    code: 2,
    text: expect.stringContaining("exists already"),
  });
  expect(existsSync(path.join(folder, "copy.db-wal"))).toBe(false);
  const place = tempFolder("restored");
  copyFileSync(path.join(folder, "copy.db"), path.join(place, "receiver.db"));
  const database = openSqlite(path.join(place, "receiver.db"));
  expect(await database.all("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  await using restored = await startReceiver({ database });
  const held = async () =>
    [...(await restored.responses("pending")), ...(await restored.responses("approved"))].map(
      ({ record }) => new URL(record["wm-source"]).pathname,
    );
  expect((await held()).sort()).toEqual(["/1", "/kept"]);
  await restored.mention(restored.linking("/new"));
  expect((await held()).sort()).toEqual(["/1", "/kept", "/new"]);
});
