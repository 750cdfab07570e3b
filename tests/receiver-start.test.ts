/** A receiver that can't start says why and what to do, and exits. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runBackfence } from "../src/cli/run-backfence.ts";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { freePort } from "./support/free-port.ts";
import { GIT_ENV } from "./receiver-support/micropub.ts";
import { startReceive } from "./receiver-support/receive-command.ts";
import { TOKEN } from "./receiver-support/receiver.ts";
import { change } from "./support/blog-folder.ts";
import { commandEnv, root, runNode } from "./support/build.ts";
import { startServer } from "./support/http-server.ts";
import { tempFolder } from "./support/temp-folder.ts";

const SET = {
  RECEIVER_SITE: "https://me.example/",
  RECEIVER_URL: "https://receiver.me.example",
  RECEIVER_TOKEN: TOKEN,
};

interface Ended {
  readonly code: number;
  readonly text: string;
}

/** Runs a command that exits by itself, in a folder. */
async function ended(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder = tempFolder("start"),
): Promise<Ended> {
  let text = "";
  const add = (part: string) => void (text += part);
  const code = await runBackfence(["receive", ...args], {
    root: folder,
    env: { ...GIT_ENV, HOME: folder, GIT_CEILING_DIRECTORIES: path.dirname(folder), ...SET, ...env },
    now: () => new Date(),
    out: add,
    err: add,
    isInteractive: false,
    sleep: () => Promise.resolve(),
  });
  return { code, text };
}

function sentenceIn({ code, text }: Ended, message: string, hint: string): void {
  expect(text).toContain(message);
  expect(text).toContain(hint);
  expect(text).not.toMatch(/\n\s+at |Unexpected error|ERR_|SQLITE/);
  expect(code).toBe(3);
}

describe("a setting that can't be used", () => {
  test.each([
    ["RECEIVER_SITE", "", "isn't set", "RECEIVER_SITE=https://me.example/"],
    ["RECEIVER_SITE", "me.example", "can't be used", "RECEIVER_SITE=https://me.example/"],
    ["RECEIVER_SITE", "ftp://me.example/", "can't be used", "RECEIVER_SITE=https://me.example/"],
    ["RECEIVER_SITE", "https://me.example/?x", "can't be used", "RECEIVER_SITE=https://me.example/"],
    ["RECEIVER_SITE", "https://me:pass@me.example/", "can't be used", "RECEIVER_SITE=https://me.example/"],
    ["RECEIVER_URL", "", "isn't set", "RECEIVER_URL=https://receiver.me.example"],
    ["RECEIVER_URL", "receiver.me.example", "can't be used", "a host without a path"],
    ["RECEIVER_URL", "https://me.example/receiver", "can't be used", "a host without a path"],
    ["RECEIVER_URL", "https://receiver.me.example/webmention", "can't be used", "a host without a path"],
    ["RECEIVER_URL", "https://receiver.me.example/#x", "can't be used", "a host without a path"],
    ["RECEIVER_TOKEN", "", "isn't set", "16 characters or more"],
    ["RECEIVER_TOKEN", "fifteen-letters", "can't be used", "16 characters or more"],
    ["RECEIVER_MODERATION", "some", "can't be used", "One of all, first-time and none"],
    ["RECEIVER_COMMENTS", "yes", "can't be used", "RECEIVER_COMMENTS=on or RECEIVER_COMMENTS=off"],
    ["RECEIVER_VOUCH", "on", "can't be used", "RECEIVER_VOUCH=required"],
    ["RECEIVER_HOOKS", "https://me.example/hook", "isn't a list of hooks", "RECEIVER_HOOKS='[{"],
    ["RECEIVER_HOOKS", '[{"url":"ftp://x","secret":"y"}]', "isn't a list of hooks", "RECEIVER_HOOKS='[{"],
    ["RECEIVER_DISPATCH", "blog", "can't be used", "RECEIVER_DISPATCH=me/blog"],
    ["RECEIVER_DISPATCH", "me/blog", "RECEIVER_DISPATCH_TOKEN isn't set", "Contents: read and write"],
    ["RECEIVER_MICROPUB", "github", "can't be used", "github:me/blog"],
    ["RECEIVER_MICROPUB", "github:me/blog", "RECEIVER_MICROPUB_TOKEN isn't set", "docs/micropub.md"],
    ["RECEIVER_MICROPUB_IDENTITY", "me", "can't be used", "'Me <me@me.example>'"],
  ])("%s=%j is reported, with valid values", async (name, value, message, hint) => {
    const folder = tempFolder("start");
    sentenceIn(await ended([], { [name]: value }, folder), message, hint);
    expect(existsSync(path.join(folder, "receiver.db"))).toBe(false);
  });

  test.each(
    [
      ...["PROXIES", "MAX_PER_ADDRESS", "MAX_PER_HOST", "MAX_PER_PAIR"],
      ...["MAX_COMMENTS", "MAX_QUEUE", "KEEP_DAYS"],
    ].flatMap((name) =>
      ["-1", "1.5", "ten", " ", "0x10", "1e3", "99999999999"].map((value) => [name, value]),
    ),
  )("RECEIVER_%s=%j isn't a valid number", async (name, value) => {
    sentenceIn(
      await ended([], { [`RECEIVER_${name ?? ""}`]: value ?? "" }),
      `RECEIVER_${name ?? ""} has a value that can't be used`,
      `A whole number: RECEIVER_${name ?? ""}=10`,
    );
  });

  test("all errors are reported at once", async () => {
    const wrong = { RECEIVER_SITE: "", RECEIVER_URL: "x", RECEIVER_TOKEN: "short" };
    sentenceIn(await ended([], wrong), "RECEIVER_SITE isn't set", "3 errors to fix");
  });

  test.each(["x", "-1", "65536", "80.5", ""])("--port %j is refused", async (port) => {
    const { code, text } = await ended([`--port=${port}`]);
    expect([code, text]).toEqual([2, expect.stringContaining("--port")]);
  });
});

describe("a port", () => {
  test("that is in use is reported, and the process exits", async () => {
    await using other = await startServer((_request, response) => void response.end());
    const folder = tempFolder("start");
    const cli = path.join(root, "src/cli/backfence.ts");
    const { status, output } = await runNode([cli, "receive", "--port", String(other.port)], {
      cwd: folder,
      env: SET,
    });
    sentenceIn(
      { code: status ?? -1, text: output },
      `Another program listens on port ${other.port}`,
      "--port 8421",
    );
    const database = openSqlite(path.join(folder, "receiver.db"));
    database.close();
  });

  test.each(["192.0.2.1", "no-such-host.invalid"])("of %s, which isn't this machine's", async (host) => {
    sentenceIn(await ended(["--host", host, "--port", "0"]), `${host} isn't an address`, "--host 127.0.0.1");
  });
});

describe("a database", () => {
  test.each([
    ["in a folder that isn't there", () => "none/receiver.db"],
    ["where nobody can write", () => "/proc/receiver.db"],
    ["that is a folder", (folder: string) => (mkdirSync(path.join(folder, "receiver.db")), "receiver.db")],
  ])("%s is reported", async (_what, prepare) => {
    const folder = tempFolder("start");
    const name = prepare(folder);
    const answer = await ended(["--data", name], {}, folder);
    sentenceIn(answer, "The database can't be written", "--data /var/lib/backfence/receiver.db");
    expect(answer.text).toContain(name);
  });

  test("that is another kind of file isn't changed", async () => {
    const folder = tempFolder("start");
    const text = "Not a database, but a text of some length that somebody wants to keep.\n".repeat(40);
    writeFileSync(path.join(folder, "notes.txt"), text);
    for (const action of [[], ["list"], ["approve", "1"]])
      sentenceIn(
        await ended([...action, "--data", "notes.txt"], {}, folder),
        "isn't a database of the receiver",
        "--data FILE",
      );
  });
});

describe("posts from apps in a checkout", () => {
  const git = { RECEIVER_MICROPUB: "git" };

  test("require a git repository", async () => {
    sentenceIn(await ended([], git), "content isn't in a git repository", "git init");
    const folder = tempFolder("start");
    change(folder, { "content/site.yaml": "title: Blog\n" });
    sentenceIn(await ended([], git, folder), "content isn't in a git repository", "git init");
  });

  test("require a committer identity", async () => {
    const folder = tempFolder("start");
    change(folder, { "content/site.yaml": "title: Blog\n" });
    expect(spawnSync("git", ["init", "--quiet"], { cwd: folder, env: GIT_ENV }).status).toBe(0);
    sentenceIn(await ended([], git, folder), "git has no name", "RECEIVER_MICROPUB_IDENTITY");
  });
});

test("a post with an error is reported at startup, doesn't affect responses to others, and is loaded once it's fixed", async () => {
  const folder = tempFolder("start");
  change(folder, {
    "astro.config.mjs": `import backfence from "backfence";\nexport default { integrations: [backfence({ contentDir: "./writing" })] };\n`,
    "writing/site.yaml": "title: Blog\nurl: https://me.example/\ntimeZone: UTC\n",
    "writing/authors/nell.yaml": "name: Nell Hartigan\n",
    "writing/posts/hello.md": "---\ntitle: Hello\ndate: never\n---\n\nWords.\n",
    "writing/posts/other.md": "---\ntitle: Other\ndate: 2026-03-01\n---\n\n[Nothing](./nowhere.md)\n",
  });
  const port = await freePort();
  const receiver = await startReceive(folder, ["--port", String(port)], SET);
  try {
    await expect.poll(receiver.output).toContain("writing/posts/hello.md:3: `date` can't be read as a date");
    expect(receiver.output()).toContain('"npx backfence check" shows all errors');
    const mention = async (slug: string) => {
      const body = new URLSearchParams({
        source: "https://a.example/",
        target: `https://me.example/posts/${slug}/`,
      });
      return (await fetch(`http://127.0.0.1:${port}/webmention`, { method: "POST", body })).status;
    };
    expect([await mention("hello"), await mention("other")]).toEqual([500, 201]);
    change(folder, { "writing/posts/hello.md": "---\ntitle: Hello\ndate: 2026-03-01\n---\n\nWords.\n" });
    await expect.poll(() => mention("hello")).toBe(201);
    expect(await mention("none")).toBe(400);
  } finally {
    expect(await receiver.stop()).toBe(0);
  }
});

test("a stopping receiver finishes its current work", async () => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await using web = await startServer(async ({ url }, response) => {
    if (url === "/source") await released;
    response.setHeader("content-type", "text/html");
    const rel = url === "/posts/hello/" ? "webmention" : "none";
    response.end(
      `<link rel="${rel}" href="https://receiver.me.example/webmention"><a href="${web.origin}/posts/hello/">x</a>`,
    );
  });
  const port = await freePort();
  const receiver = await startReceive(tempFolder("start"), ["--port", String(port)], {
    ...SET,
    RECEIVER_SITE: `${web.origin}/`,
    BACKFENCE_ALLOW_LOOPBACK: "1",
  });
  const value = (text: string) => `<param><value>${text}</value></param>`;
  const answer = fetch(`http://127.0.0.1:${port}/pingback`, {
    method: "POST",
    headers: { "content-type": "text/xml" },
    body: `<methodCall><methodName>pingback.ping</methodName><params>${value(`${web.origin}/source`)}${value(`${web.origin}/posts/hello/`)}</params></methodCall>`,
  });
  await expect.poll(() => web.seen.map(({ url }) => url)).toContain("/source");
  const ended = receiver.stop();
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        () => "answers",
        () => "refuses",
      ),
    )
    .toBe("refuses");
  release();
  const { headers, text } = await answer.then(async (given) => ({
    headers: given.headers,
    text: await given.text(),
  }));
  // On a busy machine, the verification may take longer than a pingback request waits.
  expect(text).toMatch(/<string>(?:Accepted|Received)/);
  // Otherwise the client would send the next request on the same connection.
  expect(headers.get("connection")).toBe("close");
  expect(await ended).toBe(0);
});

test("silent clients and an unresponsive source don't prevent it from exiting, and the job is done after a restart", async () => {
  let isSilent = true;
  await using web = await startServer(({ url }, response) => {
    if (url === "/hook" && isSilent) return;
    response.setHeader("content-type", "text/html");
    const rel = url === "/posts/hello/" ? "webmention" : "none";
    response.end(
      `<link rel="${rel}" href="https://receiver.me.example/webmention"><a href="${web.origin}/posts/hello/">x</a>`,
    );
  });
  const hooks = () => web.seen.filter(({ url }) => url === "/hook").length;
  const folder = tempFolder("start");
  const port = await freePort();
  const start = () =>
    startReceive(folder, ["--port", String(port)], {
      ...SET,
      RECEIVER_SITE: `${web.origin}/`,
      RECEIVER_MODERATION: "none",
      RECEIVER_HOOKS: JSON.stringify([{ url: `${web.origin}/hook`, secret: "a secret" }]),
      BACKFENCE_ALLOW_LOOPBACK: "1",
    });
  const receiver = await start();
  const body = new URLSearchParams({ source: `${web.origin}/source`, target: `${web.origin}/posts/hello/` });
  expect((await fetch(`http://127.0.0.1:${port}/webmention`, { method: "POST", body })).status).toBe(201);
  await expect.poll(hooks).toBe(1);
  const clients = ["", "POST /webmention HTTP/1.1\r\nHost: x\r\n"].map((sent) =>
    connect(port, "127.0.0.1", function (this: Socket) {
      this.write(sent);
    }),
  );
  await Promise.all(clients.map((client) => once(client, "connect")));
  expect(await receiver.stop()).toBe(0);
  for (const client of clients) client.destroy();

  const database = openSqlite(path.join(folder, "receiver.db"));
  const jobs = () => database.all("SELECT kind, attempts, lease IS NOT NULL AS is_leased FROM job");
  expect(await jobs()).toEqual([{ kind: "hook", attempts: 1, is_leased: 1 }]);
  // As if two minutes had passed.
  await database.all("UPDATE job SET leased_until = 0");
  isSilent = false;
  const again = await start();
  await expect.poll(jobs).toEqual([]);
  expect(hooks()).toBe(2);
  database.close();
  expect(await again.stop()).toBe(0);
});

test("a receiver started by npm ends with it, although npm's shell doesn't forward signals", async () => {
  const cli = path.join(root, "src/cli/backfence.ts");
  const shell = spawn("sh", ["-c", `"${process.execPath}" "${cli}" receive --port 0; true`], {
    cwd: tempFolder("start"),
    env: commandEnv({ ...SET, npm_lifecycle_event: "npx" }),
  });
  let output = "";
  shell.stdout.on("data", (part: Buffer) => (output += part.toString("utf8")));
  // The output stays open as long as the receiver runs.
  let hasEnded = false;
  shell.once("close", () => (hasEnded = true));
  await expect.poll(() => output).toContain("answers at");
  shell.kill("SIGTERM");
  await expect.poll(() => hasEnded).toBe(true);
});

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)(
  "a second %s ends it immediately, together with the command that publishes commits",
  async (signal, status) => {
    const folder = tempFolder("start");
    // Simulates the receiver without its server; it would wait for the command to end.
    const command = `"${process.execPath}" -e "require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)"; true`;
    writeFileSync(
      path.join(folder, "run.mjs"),
      `import { runAfterCommit } from ${JSON.stringify(path.join(root, "src/receiver/node/run-after-commit.ts"))};
       import { stopRequest } from ${JSON.stringify(path.join(root, "src/cli/stop-on-signal.ts"))};
       const stopped = stopRequest({});
       runAfterCommit(${JSON.stringify(command)}, ".", process.env, console.error)();
       await stopped;
       console.log("stopping");`,
    );
    const child = spawn(process.execPath, ["run.mjs"], { cwd: folder, env: commandEnv() });
    let output = "";
    child.stdout.on("data", (part: Buffer) => (output += part.toString("utf8")));
    let ended: number | null = null;
    child.once("exit", (code) => (ended = code));
    const pid = path.join(folder, "pid");
    await expect.poll(() => existsSync(pid) && readFileSync(pid, "utf8")).toMatch(/^\d+$/);
    child.kill(signal);
    await expect.poll(() => output).toBe("stopping\n");
    // A repeated signal may be the same one sent by both the terminal and npm; only after a while it counts as a
    // second.
    await expect
      .poll(() => {
        child.kill(signal);
        return ended;
      })
      .toBe(status);
    await expect.poll(() => isThere(Number(readFileSync(pid, "utf8")))).toBe(false);
  },
);

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("a Node version without SQLite is too old", async () => {
  const cli = path.join(root, "src/cli/backfence.ts");
  const { status, output } = await runNode(["--no-experimental-sqlite", cli, "receive"], {
    cwd: tempFolder("start"),
    env: SET,
  });
  expect([status, output]).toEqual([
    1,
    expect.stringMatching(/needs Node 22\.13 or later, and this is Node \d/),
  ]);
});

test("misspelled settings, and a blog that is configured for another receiver, are logged at startup", async () => {
  const folder = tempFolder("start");
  change(folder, {
    "content/site.yaml":
      "title: Blog\nurl: https://other.example/\nwebmention:\n  endpoint: https://webmention.io/me/webmention\n",
  });
  const receiver = await startReceive(folder, ["--port", "0"], {
    ...SET,
    RECEIVER_MODERATON: "none",
    RECEIVER_TYPO_OF_NOTHING_KNOWN: "1",
  });
  await expect.poll(receiver.output).toContain("this receiver is reached at");
  expect(await receiver.stop()).toBe(0);
  const text = receiver.output();
  expect(text).toContain("There is no setting RECEIVER_MODERATON; did you mean RECEIVER_MODERATION?");
  expect(text).toContain("There is no setting RECEIVER_TYPO_OF_NOTHING_KNOWN");
  expect(text).toContain(
    "content/site.yaml has url: https://other.example/, but RECEIVER_SITE is https://me.example/",
  );
  expect(text).toContain("webmention.endpoint: https://webmention.io/me/webmention");
});
