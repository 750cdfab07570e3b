import { expect, test } from "vitest";
import { optionsFrom } from "./options.ts";

const NEEDED = {
  RECEIVER_SITE: "https://me.example/",
  RECEIVER_URL: "https://receiver.me.example",
  RECEIVER_TOKEN: "0123456789abcdef",
};

const micropub = (env: Readonly<Record<string, string>>) => optionsFrom({ ...NEEDED, ...env }).micropub;

test("Micropub is off unless a store is configured", () => {
  expect(micropub({})).toBeNull();
  expect(micropub({ RECEIVER_MICROPUB: "" })).toBeNull();
});

test.each([
  ["github:me/blog", "https://api.github.com/"],
  ["gitlab:group/sub/blog", "https://gitlab.com/api/v4/"],
  ["forgejo:me/blog", "https://codeberg.org/api/v1/"],
])("%s goes to its host's API", (word, api) => {
  const [host, repository] = word.split(":");
  const found = micropub({ RECEIVER_MICROPUB: word, RECEIVER_MICROPUB_TOKEN: "x" });
  expect(found).toMatchObject({ host, repository, api, branch: "main", folder: "content" });
  const own = { RECEIVER_MICROPUB_API: "https://git.me.example/api/v1" };
  expect(micropub({ RECEIVER_MICROPUB: word, RECEIVER_MICROPUB_TOKEN: "x", ...own })?.api).toBe(
    "https://git.me.example/api/v1/",
  );
});

test("a checkout needs no token; the committer is parsed in git's format", () => {
  const found = micropub({
    RECEIVER_MICROPUB: "git",
    RECEIVER_MICROPUB_IDENTITY: "Nell H. <nell@me.example>",
  });
  expect(found).toMatchObject({ host: "git", identity: { name: "Nell H.", email: "nell@me.example" } });
});

test.each([
  [{ RECEIVER_MICROPUB: "github:me/blog" }, "RECEIVER_MICROPUB_TOKEN isn't set"],
  [{ RECEIVER_MICROPUB: "on" }, "RECEIVER_MICROPUB has a value that can't be used"],
  [{ RECEIVER_MICROPUB: "github:me/../../x" }, "RECEIVER_MICROPUB has a value"],
  [{ RECEIVER_MICROPUB: "git", RECEIVER_MICROPUB_FOLDER: "../x" }, "RECEIVER_MICROPUB_FOLDER has a value"],
  [{ RECEIVER_MICROPUB: "git", RECEIVER_MICROPUB_BRANCH: "--force" }, "RECEIVER_MICROPUB_BRANCH has a value"],
  [
    { RECEIVER_MICROPUB: "git", RECEIVER_MICROPUB_IDENTITY: "nell" },
    "RECEIVER_MICROPUB_IDENTITY has a value",
  ],
  [{ RECEIVER_MICROPUB: "git", RECEIVER_MICROPUB_AUTHOR: "../nell" }, "RECEIVER_MICROPUB_AUTHOR has a value"],
  [{ RECEIVER_MICROPUB: "git", RECEIVER_MAX_MEDIA_MB: "1000" }, "RECEIVER_MAX_MEDIA_MB has a value"],
])("%j is refused with the name of the variable", (env, message) => {
  expect(() => micropub(env)).toThrow(message);
});
