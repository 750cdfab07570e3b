import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlanOptions, SendReason } from "./plan-sends.ts";
import { planSends } from "./plan-sends.ts";
import { rowAfter } from "./send-outcome.ts";
import type { Ledger, LedgerRow } from "./sent-ledger.ts";
import { ledgerSchema, setRow, serializeLedger, toLedger } from "./sent-ledger.ts";
import type { SentSite, SentSource } from "./sent-sources.ts";

const at = "2026-11-01T00:00:00.000Z";
const target = "https://other.example/post";

function source(slug: string, fields: Partial<SentSource> = {}): SentSource {
  const path = `/posts/${slug}/`;
  return {
    path,
    url: `https://blog.example${path}`,
    date: "2026-10-01T00:00:00.000Z",
    version: "v1",
    responsesVersion: "-",
    targets: [target],
    title: "Hello",
    excerpt: "",
    ...fields,
  };
}

function site(...sources: readonly SentSource[]): SentSite {
  return {
    blogName: "A blog",
    sources,
    moved: new Map([["/posts/old/", "/posts/hello/"]]),
    absolute: (path) => `https://blog.example${path}`,
  };
}

function row(fields: Partial<LedgerRow> = {}): LedgerRow {
  return {
    outcome: "accepted",
    protocol: "webmention",
    sent: "v1",
    responses: "-",
    tried: "v1",
    tries: 1,
    at,
    message: "",
    ...fields,
  };
}

function ledger(path: string, rows: Readonly<Record<string, LedgerRow>>): Ledger {
  return toLedger({ posts: { [path]: rows } });
}

function plan(of: SentSite, known: Ledger, options: Partial<PlanOptions> = {}) {
  return planSends(of, known, {
    now: new Date("2026-11-22T00:00:00Z"),
    isSalmention: false,
    since: null,
    ...options,
  });
}

function reasons(of: SentSite, known: Ledger, options: Partial<PlanOptions> = {}): readonly SendReason[] {
  return plan(of, known, options).sends.map(({ reason }) => reason);
}

const hello = "/posts/hello/";

describe("due notifications", () => {
  it("a link that was never sent", () => {
    const { sends } = plan(site(source("hello")), new Map());
    expect(sends).toMatchObject([
      {
        reason: "new",
        source: "https://blog.example/posts/hello/",
        target,
        expects: { kind: "version", version: "v1", responses: null },
        row: null,
      },
    ]);
  });

  it("nothing, if the target was notified of the current version", () => {
    expect(plan(site(source("hello")), ledger(hello, { [target]: row() })).sends).toEqual([]);
  });

  it("a changed post: for targets notified before, and once more for those that refused", () => {
    const changed = site(source("hello", { version: "v2" }));
    expect(reasons(changed, ledger(hello, { [target]: row() }))).toEqual(["changed"]);
    const refused = { outcome: "refused", sent: undefined } as const;
    expect(reasons(changed, ledger(hello, { [target]: row(refused) }))).toEqual(["new"]);
    expect(reasons(changed, ledger(hello, { [target]: row({ ...refused, tried: "v2" }) }))).toEqual([]);
  });

  it("a removed link, if it was sent before", () => {
    const without = site(source("hello", { targets: [] }));
    expect(reasons(without, ledger(hello, { [target]: row() }))).toEqual(["removed"]);
  });

  it("not a removed link that was never sent: its row is removed", () => {
    const known = ledger(hello, { [target]: row({ outcome: "refused", sent: undefined }) });
    const { sends, forget } = plan(site(source("hello", { targets: [] })), known);
    expect(sends).toEqual([]);
    expect(forget).toEqual([{ path: hello, target }]);
  });

  it("a post that was taken down", () => {
    const { sends } = plan(site(), ledger("/posts/gone/", { [target]: row() }));
    expect(sends).toMatchObject([
      { reason: "deleted", source: "https://blog.example/posts/gone/", expects: { kind: "gone" } },
    ]);
  });

  it("a moved post: once more with its old address, and as new with its new address", () => {
    const { sends } = plan(site(source("hello")), ledger("/posts/old/", { [target]: row() }));
    expect(sends).toMatchObject([
      { reason: "moved", source: "https://blog.example/posts/old/", expects: { kind: "moved" } },
      { reason: "new", source: "https://blog.example/posts/hello/" },
    ]);
  });

  it("changed responses under a post, only with Salmention on", () => {
    const answered = site(source("hello", { responsesVersion: "r1" }));
    const known = ledger(hello, { [target]: row() });
    expect(reasons(answered, known)).toEqual([]);
    expect(reasons(answered, known, { isSalmention: true })).toEqual(["responses"]);
    expect(plan(answered, known, { isSalmention: true }).sends[0]?.expects).toMatchObject({
      responses: "r1",
    });
    const byPingback = ledger(hello, { [target]: row({ protocol: "pingback" }) });
    expect(reasons(answered, byPingback, { isSalmention: true })).toEqual([]);
  });

  it("no new links of posts published before the `since` date", () => {
    const since = new Date("2026-10-15T00:00:00Z");
    expect(reasons(site(source("hello")), new Map(), { since })).toEqual([]);
    expect(
      reasons(site(source("hello", { version: "v2" })), ledger(hello, { [target]: row() }), { since }),
    ).toEqual(["changed"]);
  });

  it("endings come first, retries last", () => {
    const known = new Map([
      ...ledger("/posts/a/", { [target]: row({ outcome: "failed", sent: undefined, next: at }) }),
      ...ledger("/posts/gone/", { [target]: row() }),
    ]);
    expect(reasons(site(source("a"), source("b")), known)).toEqual(["deleted", "new", "retry"]);
  });
});

describe("failures and pages without an endpoint", () => {
  const start = new Date("2026-11-01T00:00:00Z");
  const attempt = { protocol: undefined, endpoint: undefined, message: "" };

  it.each([
    ["failed", [1, 12, 48, 120]],
    ["unsupported", [720, 1440, 2880, 5760]],
  ] as const)("%s: the pauses grow (hours)", (outcome, hours) => {
    const posts = site(source("hello"));
    const known: Ledger = new Map();
    let now = start;
    for (const pause of hours) {
      const [send] = plan(posts, known, { now }).sends;
      if (send === undefined) throw new Error("Nothing is due");
      setRow(known, send.path, send.target, rowAfter(send, { ...attempt, outcome }, now));
      const due = new Date(now.getTime() + pause * 3_600_000);
      expect(plan(posts, known, { now: new Date(due.getTime() - 1) })).toMatchObject({
        sends: [],
        waiting: 1,
      });
      now = due;
    }
    expect(reasons(posts, known, { now })).toEqual([outcome === "failed" ? "retry" : "ask-again"]);
  });

  it("after the last failure there is no retry until the post changes", () => {
    const failed = row({ outcome: "failed", sent: undefined, tries: 4 });
    const [send] = plan(site(source("hello")), ledger(hello, { [target]: { ...failed, next: at } })).sends;
    if (send === undefined) throw new Error("Nothing is due");
    const last = rowAfter(send, { ...attempt, outcome: "failed" }, start);
    expect(last).toMatchObject({ tries: 5, next: undefined });
    const known = ledger(hello, { [target]: last ?? failed });
    expect(reasons(site(source("hello")), known)).toEqual([]);
    expect(reasons(site(source("hello", { version: "v2" })), known)).toEqual(["new"]);
  });

  it("a page without an endpoint isn't fetched again at every edit of the post", () => {
    const known = ledger(hello, {
      [target]: row({ outcome: "unsupported", sent: undefined, next: "2026-12-01T00:00:00Z" }),
    });
    expect(reasons(site(source("hello", { version: "v2" })), known)).toEqual([]);
  });
});

describe("the ledger", () => {
  it("has the same sorted text for the same rows, and can be parsed back", () => {
    const rows = { "https://b.example/": row(), "https://a.example/": row({ next: at, outcome: "failed" }) };
    const one = toLedger({ posts: { "/posts/b/": rows, "/posts/a/": rows } });
    const text = serializeLedger(one);
    expect(text.indexOf("/posts/a/")).toBeLessThan(text.indexOf("/posts/b/"));
    expect(text.endsWith("}\n")).toBe(true);
    expect(serializeLedger(toLedger(ledgerSchema.parse(JSON.parse(text))))).toBe(text);
  });

  it("whatever happens to a post, each state is sent at most once, and the last state is sent", () => {
    const state = fc.record({
      version: fc.constantFrom("v1", "v2"),
      links: fc.subarray(["https://a.example/", "https://b.example/"]),
      exists: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(state, { maxLength: 8 }), (states) => {
        const known: Ledger = new Map();
        const told = new Map<string, string>();
        for (const { version, links, exists } of states) {
          const now = site(...(exists ? [source("hello", { version, targets: links })] : []));
          for (let run = 0; run < 2; run++) {
            const { sends, forget } = plan(now, known);
            expect(run === 1 ? sends : []).toEqual([]);
            for (const item of forget) setRow(known, item.path, item.target, null);
            for (const send of sends) {
              expect(told.get(send.target)).not.toBe(send.version);
              told.set(send.target, send.version);
              const attempt = {
                outcome: "accepted",
                protocol: "webmention",
                endpoint: "",
                message: "",
              } as const;
              setRow(known, send.path, send.target, rowAfter(send, attempt, new Date(at)));
            }
          }
          for (const link of ["https://a.example/", "https://b.example/"]) {
            const isThere = exists && links.includes(link);
            const knows = told.get(link);
            expect(
              isThere ? knows === version : knows === undefined || knows === "removed" || knows === "deleted",
            ).toBe(true);
          }
        }
      }),
    );
  });
});
