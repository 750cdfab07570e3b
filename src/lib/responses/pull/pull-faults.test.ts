import { rmSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mention } from "../../../../tests/support/mentions.ts";
import { propertyRuns } from "../../../../tests/support/property-runs.ts";
import {
  comment,
  discussion,
  GISCUS,
  HELLO,
  setUpPulling,
  WORLD,
} from "../../../../tests/support/pulling.ts";
import type { Fault } from "../../../../tests/support/standin-api.ts";
import { targetIndex } from "../targets.ts";
import { draftOfMention } from "./jf2-record.ts";

const pulling = setUpPulling();
const { blog, run, records, snapshot } = pulling;

describe("when a service fails", () => {
  const both = () => blog({ giscus: GISCUS });

  test.each<[Fault, string]>([
    ["500", "serverError"],
    ["503", "serverError"],
    ["404", "badAnswer"],
    ["slow", "timeout"],
    ["truncated", "unreachable"],
    ["reset", "unreachable"],
    ["not-json", "badAnswer"],
    ["html", "badAnswer"],
    ["empty-body", "badAnswer"],
    ["wrong-shape", "badAnswer"],
    ["huge", "tooLarge"],
    ["rate-limit", "rateLimit"],
    ["rate-limit-403", "rateLimit"],
    ["revoked", "tokenRefused"],
    ["redirect", "badAnswer"],
    ["graphql-rate-limit", "rateLimit"],
    ["graphql-forbidden", "tokenRefused"],
  ])("after the error %s, stored responses are unchanged and the fault is %s", async (fault, kind) => {
    pulling.standin.mentions = [mention(1, HELLO)];
    pulling.standin.discussions = [discussion("hello", [comment("DC_1")])];
    pulling.standin.maxPerPage = 1;
    await run({ blog: both(), mentionsToken: "t" });
    const before = snapshot();
    pulling.standin.mentions = [mention(2, HELLO), mention(3, HELLO)];
    pulling.standin.discussions = [];
    const isGraphQl = fault.startsWith("graphql");
    // The error is on the second page: the first page is valid, but must not be stored alone.
    pulling.standin.onRequest = (requested) => {
      const asked = pulling.standin.requests.filter((request) => request.startsWith("/api/mentions")).length;
      if (requested === "/graphql") return isGraphQl ? fault : "500";
      return !isGraphQl && requested === "/api/mentions.jf2" && asked > 2
        ? fault
        : isGraphQl
          ? "500"
          : "none";
    };
    const timeoutMs = fault === "slow" ? 500 : 30_000;
    const report = await run({ blog: both(), isFull: true, mentionsToken: "t", timeoutMs });
    expect(report.faults.map((each) => each.kind)).toContain(kind);
    expect(report.faults.every(({ message }) => !message.includes("\n") && message.length > 10)).toBe(true);
    expect(report.hasChanged).toBe(false);
    expect(snapshot()).toEqual(before);
  });

  test("without a network connection nothing is lost", async () => {
    const { webmention } = blog().settings;
    const report = await run({
      blog: blog({ webmention: webmention && { ...webmention, api: "http://127.0.0.1:1/" } }),
    });
    expect(report.faults.map(({ kind }) => kind)).toEqual(["unreachable"]);
  });

  test("the responses of another service are still pulled", async () => {
    pulling.standin.mentions = [mention(1, HELLO)];
    pulling.standin.onRequest = (requested) => (requested === "/graphql" ? "500" : "none");
    const report = await run({ blog: both() });
    expect(report.faults.map(({ kind }) => kind)).toEqual(["serverError"]);
    expect(records()).toHaveLength(1);
  });

  test("the error says whether the token is missing or refused", async () => {
    pulling.standin.token = "right";
    expect((await run()).faults).toMatchObject([{ kind: "notConfigured" }]);
    expect((await run({ mentionsToken: "wrong" })).faults).toMatchObject([{ kind: "tokenRefused" }]);
    expect((await run({ mentionsToken: "right" })).faults).toEqual([]);
    const onlyGiscus = blog({ webmention: null, giscus: GISCUS });
    expect((await run({ blog: onlyGiscus, githubToken: null })).faults).toMatchObject([
      { kind: "notConfigured" },
    ]);
    expect((await run({ blog: blog({ webmention: null }) })).faults).toMatchObject([
      { kind: "notConfigured" },
    ]);
  });
});

const FAULTS: Fault[] = [
  "none",
  "none",
  "500",
  "truncated",
  "not-json",
  "reset",
  "rate-limit",
  "wrong-shape",
  "revoked",
];

/** Changes at the service, and pulls between them with injected faults. */
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("send" as const), id: fc.nat(), post: fc.nat(1) }),
    fc.record({ do: fc.constant("edit" as const), which: fc.nat(), word: fc.constantFrom("a", "b", "c") }),
    fc.record({ do: fc.constant("delete" as const), which: fc.nat() }),
    fc.record({ do: fc.constant("hide" as const), which: fc.nat() }),
    fc.record({
      do: fc.constant("pull" as const),
      faults: fc.array(fc.constantFrom(...FAULTS), { maxLength: 4 }),
    }),
  ),
  { minLength: 3, maxLength: 14 },
);

/** The service's mentions as records, cleaned in the same way but not merged. */
function expected(slug: string): string[] {
  const targets = targetIndex(blog());
  return pulling.standin.mentions
    .map((child) => draftOfMention({ ...child, "wm-target": String(child["wm-target"]) }, targets))
    .filter((draft) => typeof draft !== "string")
    .filter((draft) => draft.slug === slug)
    .map(({ record }) => `${record["wm-id"]} ${record["wm-property"]} ${record.content?.text ?? ""}`)
    .sort();
}

test("after any sequence of faults, the stored conversation is equal to the service's", async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.constantFrom(1, 3, 1000),
      fc.boolean(),
      async (script, perPage, knowsSinceId) => {
        rmSync(pulling.contentDir, { recursive: true, force: true });
        Object.assign(pulling.standin, { mentions: [], deleted: [], maxPerPage: perPage, knowsSinceId });
        pulling.standin.requests.length = 0;
        let nextId = 1;
        for (const step of script) {
          const at =
            "which" in step && pulling.standin.mentions.length > 0
              ? step.which % pulling.standin.mentions.length
              : -1;
          const chosen = pulling.standin.mentions[at];
          if (step.do === "send")
            pulling.standin.mentions.push(mention(nextId++, step.post === 0 ? HELLO : WORLD));
          if (step.do === "pull") await pullWithFaults(step.faults);
          if (chosen === undefined) continue;
          if (step.do === "edit")
            pulling.standin.mentions[at] = { ...chosen, content: { text: `edited ${step.word}` } };
          if (step.do === "hide") pulling.standin.mentions[at] = { ...chosen, "wm-private": true };
          if (step.do === "delete") {
            pulling.standin.mentions.splice(at, 1);
            pulling.standin.deleted.push({
              "wm-id": chosen["wm-id"],
              "wm-source": chosen["wm-source"],
              "wm-target": String(chosen["wm-target"]),
            });
          }
        }
        await run({ isFull: true });
        for (const slug of ["hello", "world"]) {
          const alive = records(slug).filter(({ status }) => status !== "deleted");
          const shown = alive.map(
            (record) => `${record["wm-id"]} ${record["wm-property"]} ${record.content?.text ?? ""}`,
          );
          expect(shown.sort()).toEqual(expected(slug));
        }
        expect((await run({ isFull: true })).hasChanged).toBe(false);
      },
    ),
    propertyRuns(25),
  );
}, 120_000);

/** Pulls with faults in the first requests; a failed pull must not have changed anything. */
async function pullWithFaults(faults: readonly Fault[]): Promise<void> {
  const left = [...faults];
  pulling.standin.onRequest = () => left.shift() ?? "none";
  const before = snapshot();
  const report = await run();
  if (report.faults.length > 0) expect(snapshot()).toEqual(before);
  pulling.standin.onRequest = () => "none";
}
