import fc from "fast-check";
import { expect, test } from "vitest";
import { mention } from "../../../../tests/support/mentions.ts";
import { HELLO, setUpPulling, WORLD } from "../../../../tests/support/pulling.ts";
import { mergeGroups, type NamedRecord } from "./merge-groups.ts";

test("each post is its own group unless two posts share a response", () => {
  const named = [
    { slug: "a", id: 1 },
    { slug: "b", id: 2 },
    { slug: "c", id: 1 },
    { slug: "d", id: 2 },
    { slug: "d", id: 3 },
    { slug: "e", id: 3 },
  ];
  expect(mergeGroups(["z", "a", "b"], named)).toEqual([["z"], ["a", "c"], ["b", "d", "e"]]);
});

const names = fc.array(
  fc.record({ slug: fc.constantFrom("a", "b", "c", "d", "e", "f"), id: fc.constantFrom(1, 2, 3, 4) }),
);

test("each post is in one group, and posts that share an id are in the same group", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom("a", "b", "x")), names, (slugs, named: NamedRecord[]) => {
      const groups = mergeGroups(slugs, named);
      const all = groups.flat();
      expect(all.toSorted()).toEqual([...new Set([...slugs, ...named.map(({ slug }) => slug)])].toSorted());
      for (const one of named)
        for (const other of named)
          if (one.id === other.id)
            expect(groups.find((group) => group.includes(one.slug))).toBe(
              groups.find((group) => group.includes(other.slug)),
            );
    }),
  );
});

const pulling = setUpPulling();

test("a webmention that its service moved to another post is moved without a leftover", async () => {
  pulling.standin.mentions = [mention(1, HELLO), mention(2, HELLO), mention(3, WORLD)];
  await pulling.run();
  pulling.standin.mentions = [mention(1, WORLD), mention(2, HELLO), mention(3, HELLO)];
  await pulling.run({ isFull: true });
  const ids = (slug: string) => pulling.records(slug).map((record) => record["wm-id"]);
  expect([ids("hello"), ids("world")]).toEqual([[2, 3], [1]]);
  expect(await pulling.run({ isFull: true })).toMatchObject({ changes: [], hasChanged: false });
});
