import { describe, expect, test } from "vitest";
import { comment, discussion, GISCUS, HELLO, setUpPulling } from "../../../../tests/support/pulling.ts";

const pulling = setUpPulling();
const { blog, run, records, byId, snapshot } = pulling;

describe("comments from Discussions", () => {
  const giscus = () => blog({ webmention: null, giscus: GISCUS });

  test("arrive in threads with reaction counts, over many pages", async () => {
    pulling.standin.graphqlPerPage = 2;
    const replies = Array.from({ length: 5 }, (_, index) => comment(`R${index}`));
    const comments = Array.from({ length: 7 }, (_, index) => comment(`C${index}`));
    pulling.standin.discussions = [
      discussion("hello", [comment("A", { replies }), ...comments]),
      discussion("blog/posts/world/", [comment("B")]),
      discussion("something else", [comment("X")]),
    ];
    const report = await run({ blog: giscus() });
    expect(records()).toHaveLength(1 + 5 + 7 + 1);
    expect(byId("R3")).toMatchObject({
      "in-reply-to": "A",
      "wm-protocol": "giscus",
      "wm-target": HELLO,
      reactions: { "👍": 2 },
      content: { html: "<p>Comment R3</p>" },
    });
    expect(byId("reactions-D_hello")).toMatchObject({ status: "approved", reactions: { "🚀": 3 } });
    expect(records("world").map((record) => record["wm-id"])).toEqual(["reactions-D_blog/posts/world/", "B"]);
    expect(report.notes.join()).toMatch(/1 discussion doesn't match any post \(“something else”\)/);
  });

  test("are edited and deleted as on GitHub, and the author of a deleted account is a ghost", async () => {
    pulling.standin.discussions = [
      discussion("hello", [comment("A"), comment("B"), comment("C", { author: null })]),
    ];
    await run({ blog: giscus() });
    expect(byId("C")?.author).toEqual({ type: "card", name: "ghost" });
    pulling.standin.discussions = [
      discussion("hello", [
        comment("A", { bodyHTML: "<p>Mended</p>", lastEditedAt: "2026-02-02T10:00:00Z" }),
        comment("B", { deletedAt: "2026-02-02T10:00:00Z", bodyHTML: "" }),
      ]),
    ];
    const report = await run({ blog: giscus() });
    expect(report.changes.map(({ what }) => what).sort()).toEqual(["deleted", "deleted", "updated"]);
    expect(byId("A")).toMatchObject({ content: { text: "Mended" }, updated: "2026-02-02T10:00:00Z" });
    expect([byId("B")?.status, byId("C")?.status]).toEqual(["deleted", "deleted"]);
    expect((await run({ blog: giscus() })).hasChanged).toBe(false);
  });

  test("that are hidden on GitHub aren't published", async () => {
    pulling.standin.discussions = [
      discussion("hello", [
        comment("A", { isMinimized: true, minimizedReason: "spam" }),
        comment("B", { isMinimized: true, minimizedReason: "off-topic" }),
        comment("C"),
      ]),
    ];
    await run({ blog: giscus() });
    expect(["A", "B", "C"].map((id) => byId(id)?.status)).toEqual(["spam", "pending", "approved"]);
    pulling.standin.discussions[0]?.comments.splice(
      2,
      1,
      comment("C", { isMinimized: true, minimizedReason: "abuse" }),
    );
    await run({ blog: giscus() });
    expect(byId("C")).toMatchObject({ status: "spam", suspicion: ["hidden on GitHub as abuse"] });
    expect((await run({ blog: giscus() })).hasChanged).toBe(false);
  });

  test("aren't all deleted if the category is wrong", async () => {
    pulling.standin.discussions = [discussion("hello", [comment("A")])];
    await run({ blog: giscus() });
    const before = snapshot();
    pulling.standin.discussions = [];
    expect((await run({ blog: giscus() })).faults).toMatchObject([{ kind: "badAnswer" }]);
    expect(snapshot()).toEqual(before);
  });

  test("lose their reaction count when it falls to zero, and get it back", async () => {
    const quiet = { ...discussion("hello", [comment("A")]), reactionGroups: [] };
    for (const [state, expected] of [
      [discussion("hello", [comment("A")]), 2],
      [quiet, 1],
      [discussion("hello", [comment("A")]), 2],
    ] as const) {
      pulling.standin.discussions = [state];
      await run({ blog: giscus() });
      expect(records()).toHaveLength(expected);
    }
  });
});
