import { describe, expect, it } from "vitest";
import { startServer } from "../../../tests/support/http-server.ts";
import { checkSource } from "./check-source.ts";
import { createGuardedClient } from "./guarded-fetch.ts";
import { readLinks } from "./links-to.ts";

const LOCAL = { siteUrl: "https://blog.example/", allowLoopback: true };
const client = createGuardedClient({ ...LOCAL, timeoutMs: 20_000 });
const target = "https://blog.example/posts/hello/";
const here = "https://other.example/page";

describe("a link in HTML", () => {
  it.each([
    `<a href="${target}">x</a>`,
    `<a href=" ${target} ">x</a>`,
    `<a href="HTTPS://BLOG.EXAMPLE:443/posts/hello/">x</a>`,
    `<a href="${target}#c12">x</a>`,
    `<map><area href="${target}"></map>`,
    `<video poster="${target}"></video>`,
    `<video><source src="${target}"></video>`,
    `<iframe src="${target}"></iframe>`,
    `<svg><a href="${target}">x</a></svg>`,
    `<base href="https://blog.example/posts/"><a href="hello/">x</a>`,
  ])("counts: %s", (html) => {
    expect(readLinks(html, "text/html", here).linksTo(target)).toBe(true);
  });

  it.each([
    `<a href="https://blog.example/posts/hello">x</a>`,
    `<a href="http://blog.example/posts/hello/">x</a>`,
    `<a href="https://www.blog.example/posts/hello/">x</a>`,
    `<a href="${target}?utm=1">x</a>`,
    `<a href="https://evil.example/?u=${target}">x</a>`,
    `<a href="/posts/hello/">x</a>`,
    `<template><a href="${target}">x</a></template>`,
    `<script>"<a href='${target}'>"</script>`,
    `<style>/* <a href="${target}"> */</style>`,
    `<link rel="canonical" href="${target}">`,
    `<meta content="${target}">`,
    `<form action="${target}"></form>`,
    target,
    "",
  ])("doesn't count: %s", (html) => {
    expect(readLinks(html, "text/html", here).linksTo(target)).toBe(false);
  });
});

describe("a link elsewhere", () => {
  it.each([
    ["application/json", JSON.stringify({ a: [{ b: target }] }), true],
    ["application/activity+json", JSON.stringify([target]), true],
    ["application/json", JSON.stringify(target), true],
    ["application/json", JSON.stringify({ a: `see ${target}` }), false],
    ["application/json", JSON.stringify({ [target]: 1 }), false],
    ["application/json", `{"a": "${target}"`, false],
    ["application/json", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, false],
    ["application/json", `[${"0,".repeat(300_000)}0]`, false],
    ["text/plain", `I read ${target}.`, true],
    ["text/plain", `(${target})`, true],
    ["text/plain", `${target}more ${target}`, true],
    ["text/plain", `${target}more`, false],
    ["text/plain", `${target}?x`, false],
    ["text/plain", "nothing", false],
    ["application/pdf", target, false],
  ])("%s %#: %s", (type, document, expected) => {
    expect(readLinks(document, type, here).linksTo(target)).toBe(expected);
  });
});

it.each([
  [`<meta http-equiv="Status" content="410 GONE">`, 410],
  [`<META HTTP-EQUIV=status CONTENT="410">`, 410],
  [`<meta http-equiv="refresh" content="410">`, null],
  [`<!-- <meta http-equiv="Status" content="410"> -->`, null],
  [`<meta http-equiv="Status" content="Gone">`, null],
  [`<meta http-equiv="Status">`, null],
])("a static host's tombstone is read: %s", (html, status) => {
  expect(readLinks(html, "text/html", here).declaredStatus).toBe(status);
});

describe("checking a source", () => {
  it.each([
    ["a page with the link", 200, "text/html", `<a href="${target}">x</a>`, "linked"],
    ["a page without it", 200, "text/html", "<p>x</p>", "unlinked"],
    ["410", 410, "text/html", `<a href="${target}">x</a>`, "gone"],
    ["a tombstone page", 200, "text/html", '<meta http-equiv="Status" content="410 Gone">', "gone"],
    ["404", 404, "text/html", "", "missing"],
    ["403", 403, "text/html", "", "unreachable"],
    ["500", 500, "text/html", "", "unreachable"],
    ["202 from a wall against robots", 202, "text/html", "<p>Prove that you are human", "unreachable"],
    ["a picture", 200, "image/png", "", "unreadable"],
    [
      "a huge page with the link early",
      200,
      "text/html",
      `<a href="${target}">x</a>${" ".repeat(2e6)}`,
      "linked",
    ],
    [
      "a huge page with the link beyond the limit",
      200,
      "text/html",
      `${" ".repeat(2e6)}<a href="${target}">`,
      "unreadable",
    ],
  ])("%s has a state of its own", async (_, status, type, body, state) => {
    await using server = await startServer((_request, response) => {
      response.writeHead(status, { "content-type": type }).end(body);
    });
    expect((await checkSource(server.origin, target, client)).state).toBe(state);
  });

  it("a server that doesn't respond isn't mistaken for a removed link", async () => {
    await using server = await startServer(() => undefined);
    const impatient = createGuardedClient({ ...LOCAL, timeoutMs: 500 });
    expect((await checkSource(server.origin, target, impatient)).state).toBe("unreachable");
  });

  it("sources on private networks aren't fetched", async () => {
    expect(await checkSource("http://10.0.0.1/", target, client)).toMatchObject({
      state: "unreachable",
      message: expect.stringContaining("blocked-address"),
    });
  });
});
