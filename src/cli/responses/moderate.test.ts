import { readFileSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { blogFolder } from "../../../tests/support/blog-folder.ts";
import { person, record } from "../../../tests/support/records.ts";
import { readBlocked } from "../../lib/responses/blocked.ts";
import type { PostResponse } from "../../lib/responses/model.ts";
import { readAllResponses } from "../../lib/responses/response-files.ts";
import { serializeResponses } from "../../lib/responses/store.ts";
import { runResponses } from "../responses.ts";
import { exitCodes } from "./exit-codes.ts";
import { openKeys, type Keys } from "./keys.ts";
import { moderateByKeys, type Desk } from "./moderate-keys.ts";

const WAITING: readonly PostResponse[] = [
  record(1, { status: "pending", author: person("Ada Lovell") }),
  record(2, {
    status: "pending",
    author: person("Cheap Boots", "boots.example"),
    "wm-source": "https://shop.boots.example/2",
    content: { text: "Nice blog\u001B[2J\u0007 visit http://boots.example" },
    suspicion: ["5: the name “Cheap Boots” is a product (boots), with a link"],
  }),
  record(3, { status: "approved", author: person("Bo", "boots.example") }),
];

async function moderate(...args: string[]) {
  const root = blogFolder({
    "content/responses/hello.json": serializeResponses(WAITING),
    "content/responses/world.json": serializeResponses([
      record(1, { status: "pending", content: { text: "Twin" } }),
    ]),
  });
  const run = async (...more: string[]) => {
    let out = "";
    let err = "";
    const code = await runResponses(["moderate", ...more], {
      root,
      env: {},
      now: () => new Date("2026-06-01T00:00:00Z"),
      out: (text) => (out += text),
      err: (text) => (err += text),
      isInteractive: false,
      sleep: () => Promise.resolve(),
    });
    return { code, out, err };
  };
  const statuses = () =>
    Object.fromEntries(
      [...readAllResponses(path.join(root, "content"))].flatMap(([slug, records]) =>
        records.map((each) => [`${slug}/${each["wm-id"]}`, each.status]),
      ),
    );
  return { ...(await run(...args)), run, statuses, root };
}

describe("moderate in a script", () => {
  test("lists waiting responses with the reasons for suspicion, oldest first", async () => {
    const { out, code } = await moderate("--list", "--json");
    expect(code).toBe(exitCodes.ok);
    const { responses } = JSON.parse(out) as { responses: Record<string, unknown>[] };
    expect(responses.map(({ post, id }) => `${String(post)}/${String(id)}`)).toEqual([
      "hello/1",
      "world/1",
      "hello/2",
    ]);
    expect(responses[2]).toMatchObject({
      name: "Cheap Boots",
      suspicion: [expect.stringContaining("product")],
    });
  });

  test("the text list has no control characters, so responses can't move the cursor", async () => {
    const { out } = await moderate("--list");
    expect(out).toContain("Nice blog[2J visit http://boots.example");
    expect(out).toContain("! 5: the name “Cheap Boots” is a product");
    expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F]/);
  });

  test("decides several responses by id, and stores the decisions", async () => {
    const { statuses, out, root } = await moderate("--approve", "hello/1", "--spam", "2", "--delete", "3");
    expect(out).toBe("3 decided.\n");
    expect(statuses()).toEqual({
      "hello/1": "approved",
      "hello/2": "spam",
      "hello/3": "deleted",
      "world/1": "pending",
    });
    const stored = readFileSync(path.join(root, "content/responses/hello.json"), "utf8");
    expect(stored).not.toContain("bo.example");
  });

  test.each([
    [["--approve", "99"], "There is no response with the id 99"],
    [["--approve", "1"], "name one of them: hello/1, world/1"],
    [["--approve", "hello/1", "--spam", "99"], "no response with the id 99"],
    [["--block", "com"], "needs a domain"],
    [["--status", "odd"], "--status is one of"],
    [["--frobnicate"], "frobnicate"],
  ])("given %j changes nothing and says what is wrong", async (args, message) => {
    const { code, err, statuses } = await moderate(...args);
    expect(code).toBe(exitCodes.usage);
    expect(err).toContain(message);
    expect(Object.values(statuses()).sort()).toEqual(["approved", "pending", "pending", "pending"]);
  });

  test("blocks a domain, marks its responses as spam, and lists it only once", async () => {
    const { statuses, root, run } = await moderate("--block", "https://www.boots.example/x");
    expect(statuses()).toMatchObject({ "hello/1": "pending", "hello/2": "spam", "hello/3": "spam" });
    await run("--block", "boots.example");
    const file = readFileSync(path.join(root, "content/responses/blocked.yaml"), "utf8");
    expect(file.match(/- boots\.example/g)).toHaveLength(1);
  });

  test("a dry run changes nothing", async () => {
    const { statuses } = await moderate("--approve", "2", "--dry-run");
    expect(statuses()).toMatchObject({ "hello/2": "pending" });
  });
});

describe("moderate by keys", () => {
  function desk(): Desk & { readonly blocked: Set<string> } {
    let records = new Map([["hello", [...WAITING]]]);
    const blocked = new Set<string>();
    return {
      blocked,
      read: () => records,
      write: (next) => {
        records = next;
      },
      block: (domain) => !blocked.has(domain) && blocked.add(domain).has(domain),
      unblock: (domain) => blocked.delete(domain),
    };
  }

  function typed(keys: string): Keys {
    const left = Array.from(keys);
    return { next: () => Promise.resolve(left.shift() ?? null), close: () => {} };
  }

  async function play(keys: string) {
    const at = desk();
    let shown = "";
    await moderateByKeys(at, "pending", typed(keys), (text) => (shown += text));
    return {
      statuses: at
        .read()
        .get("hello")
        ?.map(({ status }) => status),
      shown,
      blocked: [...at.blocked],
    };
  }

  test.each([
    ["as", ["approved", "spam", "approved"]],
    ["ad", ["approved", "deleted", "approved"]],
    ["nsq", ["pending", "spam", "approved"]],
    ["npaq", ["approved", "pending", "approved"]],
    ["auuq", ["pending", "pending", "approved"]],
    ["xyz?", ["pending", "pending", "approved"]],
    ["", ["pending", "pending", "approved"]],
    ["aq", ["approved", "pending", "approved"]],
  ])("%j leaves %j", async (keys, statuses) => {
    expect((await play(keys)).statuses).toEqual(statuses);
  });

  test("b blocks the domain of the source page, and u undoes that", async () => {
    expect(await play("nb")).toMatchObject({
      blocked: ["shop.boots.example"],
      statuses: ["pending", "spam", "approved"],
    });
    expect(await play("nbu")).toMatchObject({ blocked: [], statuses: ["pending", "pending", "approved"] });
  });

  test("shows the text, the reasons and what each key does", async () => {
    const { shown } = await play("n");
    expect(shown).toContain("1 of 2  Ada Lovell  https://ada-lovell.example/");
    expect(shown).toContain("! 5: the name “Cheap Boots”");
    expect(shown).toContain("[b]lock shop.boots.example");
  });

  test("keys are read one by one; arrows move, and Escape and the end of the input quit", async () => {
    const input = new PassThrough();
    const keys = openKeys(input);
    input.write("aS");
    expect([await keys.next(), await keys.next()]).toEqual(["a", "s"]);
    input.write("\u001B[C");
    expect(await keys.next()).toBe("n");
    input.write("\u001B");
    expect(await keys.next()).toBe("q");
    input.end();
    expect(await keys.next()).toBeNull();
    keys.close();
  });
});

test("an invalid domain in blocked.yaml is an error", () => {
  const root = blogFolder({ "content/responses/blocked.yaml": "- a.example\n- not a domain\n" });
  expect(() => readBlocked(path.join(root, "content"))).toThrow(/“not a domain” isn't a domain/);
});
