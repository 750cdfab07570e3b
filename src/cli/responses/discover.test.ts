import { describe, expect, it } from "vitest";
import { startServer } from "../../../tests/support/http-server.ts";
import { startLiveBlog } from "../../../tests/support/live-blog.ts";
import { exitCodes } from "./exit-codes.ts";

describe("discover", () => {
  it("prints the protocol, the endpoint and how it was found", async () => {
    await using blog = await startLiveBlog();
    await using server = await startServer(({ url }, response) => {
      if (url === "/old") response.writeHead(301, { location: "/new" }).end();
      else response.writeHead(200, { link: "</wm?a=b>; rel=webmention" }).end();
    });
    const { code, out } = await blog.run("discover", "--json", `${server.origin}/old`);
    expect(code).toBe(exitCodes.ok);
    expect(JSON.parse(out)).toEqual({
      url: `${server.origin}/old`,
      finalUrl: `${server.origin}/new`,
      status: 200,
      protocol: "webmention",
      endpoint: `${server.origin}/wm?a=b`,
      how: "link-header",
    });
    const text = await blog.run("discover", `${server.origin}/new`);
    expect(text.out).toContain("found     in the HTTP header Link");
    expect(server.seen.every(({ method }) => method === "GET")).toBe(true);
  });

  it("a page that accepts no notifications has its own exit code", async () => {
    await using blog = await startLiveBlog();
    await using server = await startServer((_, response) => void response.end("<p>Hello"));
    expect(await blog.run("discover", server.origin)).toMatchObject({ code: exitCodes.noEndpoint });
  });

  it.each([
    [["nonsense"], exitCodes.usage],
    [["http://10.0.0.1/"], exitCodes.usage],
    [["http://127.0.0.1:1/"], exitCodes.unreachable],
    [[], exitCodes.usage],
    [["http://a.example/", "http://b.example/"], exitCodes.usage],
  ])("%s ends with %i", async (args, code) => {
    await using blog = await startLiveBlog();
    expect(await blog.run("discover", ...args)).toMatchObject({ code });
  });

  it("loopback addresses are blocked unless a test allows them", async () => {
    await using blog = await startLiveBlog({});
    await using server = await startServer((_, response) => void response.end());
    const result = await blog.run("discover", "--json", server.origin);
    expect(result.code).toBe(exitCodes.usage);
    expect(JSON.parse(result.out)).toMatchObject({ error: { code: "blocked-address" } });
    expect(server.seen).toEqual([]);
  });
});
