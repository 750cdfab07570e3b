import { describe, expect, test } from "vitest";
import { PAGE_HTTP } from "./page-http.ts";

/** What Astro does with them when it renders a page, once with the stand-ins and once with the platform's own. */
describe.each([
  ["the stand-ins", PAGE_HTTP],
  ["the platform", { Headers, Request, Response }],
])("%s", (_name, { Headers, Request, Response }) => {
  test("a page's bytes and status arrive as they were given", async () => {
    const bytes = new TextEncoder().encode("<p>größer</p>");
    const answer = new Response(bytes, { status: 404, statusText: "Not Found", headers: [] });
    expect([answer.status, answer.statusText]).toEqual([404, "Not Found"]);
    expect(new TextDecoder().decode(await answer.bytes())).toBe("<p>größer</p>");
  });

  test("an answer without a text is empty and fine", async () => {
    const answer = new Response();
    expect(answer.status).toBe(200);
    expect((await answer.bytes()).length).toBe(0);
  });

  test("a text is sent as UTF-8", async () => {
    expect(Buffer.from(await new Response("é").bytes()).toString("hex")).toBe("c3a9");
  });

  test("headers are found by any spelling, and are null where there are none", () => {
    const headers = new Headers({ "Content-Type": "text/html" });
    headers.append("X-Seen", "1");
    headers.append("x-seen", "2");
    headers.set("X-Gone", "3");
    headers.delete("x-gone");
    expect(headers.get("content-type")).toBe("text/html");
    expect(headers.has("CONTENT-TYPE")).toBe(true);
    expect(headers.get("x-gone")).toBeNull();
    expect([...new Headers([...headers])]).toEqual([
      ["content-type", "text/html"],
      ["x-seen", "1, 2"],
    ]);
  });

  test("a request says where it goes, and carries no headers", () => {
    const request = new Request(new URL("https://blog.example/a/"));
    expect([request.url, request.method, [...request.headers]]).toEqual([
      "https://blog.example/a/",
      "GET",
      [],
    ]);
  });
});
