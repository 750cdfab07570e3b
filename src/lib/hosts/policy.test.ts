import { expect, test } from "vitest";
import { apacheFile } from "./apache.ts";
import { caddySnippet } from "./caddy.ts";
import { nginxSnippet } from "./nginx.ts";
import { hostPolicy } from "./policy.ts";
import { vercelConfig } from "./vercel.ts";

const policyOf = (headers: string, redirects = "", base = "/") => hostPolicy({ headers, redirects, base });

test("rules are sorted from general to specific, independent of their order in the file", () => {
  const { headers } = policyOf("/a/b*\n  X: 3\n/a/b/c\n  X: 4\n/*\n  X: 1\n/a/*\n  X: 2\n");
  expect(headers.slice(1).map(({ set }) => set[0]?.[1])).toEqual(["1", "2", "3", "4"]);
});

test("rules without an equivalent on other hosts become notes", () => {
  const { notes, headers, redirects } = policyOf(
    "/*.jpg\n  X: 1\n/:year/*\n  X: 2\n",
    "/news/* /blog/:splat 301\n/a /b 200\n/de / 302 Language=de\n/x{y} /z\n",
  );
  expect(notes).toHaveLength(6);
  expect(headers).toHaveLength(1);
  expect(redirects).toEqual([]);
});

test("the first rule for an old address applies, and a deleted post isn't redirected", () => {
  const { redirects, gone } = policyOf(
    "",
    "/a /b 302\n/a /c 301!\n/x/ /x/ 410!\n/x/ /y/ 301\n/x /y/ 301 # why\n",
  );
  expect(redirects).toEqual([{ from: "/a", to: "/b", status: 302 }]);
  expect(gone).toEqual(["/x/"]);
});

test("a header that the author removes for a folder isn't sent there by nginx", () => {
  const text = nginxSnippet(policyOf("/*\n  X-Frame-Options: DENY\n/embed/*\n  ! X-Frame-Options\n"));
  const [, block = ""] = /location \^~ "\/embed\/" \{([^}]*)\}/.exec(text) ?? [];
  expect(block).toContain("Cache-Control");
  expect(block).not.toContain("X-Frame-Options");
});

test("rules can't inject directives into server configurations", () => {
  const policy = policyOf(
    '/a"; return 500; #*\n  X: 1"; } evil { "\n',
    '/b";evil{} /c"}evil 301\n/ok /to"{evil}$uri`\\ 301\n',
  );
  expect(policy.redirects).toEqual([{ from: "/ok", to: "/to%22%7Bevil%7D%24uri%60%5C", status: 301 }]);
  expect(nginxSnippet(policy)).toContain(String.raw`X "1\"; } evil { \""`);
  expect(nginxSnippet(policy)).toContain(String.raw`location ^~ "/a\"; return 500; #"`);
  expect(caddySnippet(policy)).toContain(String.raw`X "1\"; } evil { \""`);
});

test("Vercel's routes have headers, 301, 410 and 404, and combine `Link` headers", () => {
  const policy = policyOf(
    "/*\n  Link: <a>; rel=x\n  X: 1\n/posts/*\n  Link: <b>; rel=y\n",
    "/blog/posts/gone/ /blog/posts/gone/ 410\n/blog/ü /blog/new/ 301\n",
    "/blog/",
  );
  const { version, routes } = JSON.parse(vercelConfig(policy));
  expect(version).toBe(3);
  expect(routes).toContainEqual({
    src: "^/posts/.*$",
    headers: { Link: "<a>; rel=x, <b>; rel=y" },
    continue: true,
  });
  expect(routes).toContainEqual({
    src: "^/blog/posts/gone/?$",
    dest: "/blog/posts/gone/index.html",
    status: 410,
  });
  expect(routes).toContainEqual({ src: "^/blog/%C3%BC$", status: 301, headers: { Location: "/blog/new/" } });
  expect(routes.at(-1)).toEqual({ src: "^/.*$", dest: "/blog/404.html", status: 404 });
});

test("regular expression characters in a path are escaped in .htaccess", () => {
  const text = apacheFile(policyOf("", "/a.b(c)+ /d 301\n"));
  expect(text).toContain(String.raw`RewriteRule "^a\.b\(c\)\+$" "/d" [R=301,L,NE]`);
});
