/** A receiver that accepts posts by Micropub, with a checkout of a small blog. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { issueTokens } from "../../src/receiver/auth/tokens.ts";
import type { Micropub } from "../../src/receiver/context.ts";
import { cleanPicture } from "../../src/receiver/node/clean-picture.ts";
import { gitCheckout } from "../../src/receiver/node/git-checkout.ts";
import { textProblems } from "../../src/receiver/node/text-problems.ts";
import type { MicropubOptions } from "../../src/receiver/options.ts";
import { change } from "../support/blog-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";
import type { TestDatabase } from "./databases.ts";
import { startReceiver, type TestOptions, type TestReceiver } from "./receiver.ts";

/** Client ID of the app that posts in tests. */
export const CLIENT = "https://app.example/";

export const IDENTITY = { name: "Receiver", email: "receiver@me.example" };

export interface MicropubReceiver extends TestReceiver {
  /** The project's folder. */
  readonly folder: string;
  /** Creates a token with these scopes. */
  token(scope?: string, author?: string | null): Promise<string>;
  /** Sends JSON. */
  json(body: unknown, token?: string): Promise<Response>;
  /** Sends a form; `null` sends no token. */
  form(fields: readonly (readonly [string, string])[], token?: string | null): Promise<Response>;
  /** Sends a Micropub query. */
  query(query: string): Promise<Response>;
  /** Sends JSON and expects a new post. @returns its URL. */
  posted(properties: Readonly<Record<string, unknown>>): Promise<string>;
  /** Returns the text of a file in `content/`. */
  text(file: string): string;
  /** Returns the file of the post with a URL, relative to `content/`. */
  fileOf(url: string): string;
  /** Returns the subjects of the commits, newest first. */
  commits(): readonly string[];
}

/** Environment variables that make git ignore the machine's configuration. */
export const GIT_SETTINGS = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };

export const GIT_ENV = { ...process.env, ...GIT_SETTINGS };

/** Runs git in a folder. @returns its output. */
export function git(folder: string, ...args: readonly string[]): string {
  const who = ["-c", "user.name=Nell", "-c", "user.email=nell@me.example"];
  const { status, stdout, stderr } = spawnSync("git", [...who, ...args], {
    cwd: folder,
    env: GIT_ENV,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** Creates a small blog in a repository. @returns its folder. */
export function checkout(folder = tempFolder("micropub")): string {
  change(folder, {
    "content/site.yaml": "title: Test blog\nurl: https://me.example/\ntimeZone: UTC\n",
    "content/authors/nell.yaml": "name: Nell Hartigan\n",
    "content/posts/hello.md":
      "---\ntitle: Hello # a greeting\ndate: 2026-03-01\ntags: [one]\n---\n\nWords.\n",
  });
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Begin");
  return folder;
}

/** Returns a factory of the receiver's Micropub part, on a checkout. */
export function micropubOn(folder: string, onCommit: () => void = () => undefined) {
  return (options: MicropubOptions | null): Micropub => {
    if (options === null) throw new Error("RECEIVER_MICROPUB isn't set");
    const store = gitCheckout({
      contentDir: path.join(folder, "content"),
      identity: IDENTITY,
      isPushed: options.isPushed,
      env: GIT_ENV,
      log: () => undefined,
      onCommit,
    });
    return { store, options, cleanPicture, textProblems };
  };
}

/** Starts a receiver that accepts posts. */
export async function startMicropub(
  database: Pick<TestDatabase, "database">,
  given: TestOptions & { readonly folder?: string; readonly onCommit?: () => void } = {},
): Promise<MicropubReceiver> {
  const folder = given.folder ?? checkout();
  const receiver = await startReceiver(database, {
    hasWorker: false,
    micropub: micropubOn(folder, given.onCommit),
    ...given,
    env: { RECEIVER_MICROPUB: "git", ...given.env },
  });
  const { context } = receiver.running;
  const content = path.join(folder, "content");
  let count = 0;
  const token = async (scope = "create update delete media profile", author: string | null = null) => {
    const grant = { clientId: CLIENT, scopes: scope.split(" "), author };
    const tokens = await issueTokens(context, grant, `family ${count++}`);
    if (tokens === null) throw new Error("A new family hasn't ended");
    return tokens.accessToken;
  };
  const owner = await token();
  const send = (init: RequestInit, given: string | null) =>
    receiver.get("/micropub", {
      method: "POST",
      ...init,
      headers: {
        ...(given === null ? {} : { authorization: `Bearer ${given}` }),
        ...(init.headers as Record<string, string> | undefined),
      },
    });
  const json = (body: unknown, given = owner) =>
    send({ body: JSON.stringify(body), headers: { "content-type": "application/json" } }, given);
  return {
    ...receiver,
    folder,
    token,
    json,
    form: (fields, given = owner) => {
      const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
      return send({ body }, given);
    },
    query: (query) => receiver.get(`/micropub?${query}`, { headers: { authorization: `Bearer ${owner}` } }),
    posted: async (properties) => {
      const answer = await json({ type: ["h-entry"], properties });
      if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
      return answer.headers.get("location") ?? "";
    },
    text: (file) => readFileSync(path.join(content, file), "utf8"),
    fileOf: (url) => {
      const [, kind = "", name = ""] = /\/(posts|notes)\/([^/]+)\/$/.exec(url) ?? [];
      const file = [`${kind}/${name}.md`, `${kind}/${name}/index.md`].find((each) =>
        existsSync(path.join(content, each)),
      );
      if (file === undefined) throw new Error(`No file for ${url} in ${readdirSync(content).join(", ")}`);
      return file;
    },
    commits: () => git(folder, "log", "--format=%s").trim().split("\n"),
  };
}

/** Creates a photo with a location in its metadata. */
export async function photo(format: "jpeg" | "png" | "gif" = "jpeg"): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp({ create: { width: 64, height: 48, channels: 3, background: "#c63" } });
  const bytes = await image
    .withExif({
      IFD0: { Copyright: "Somebody" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 30/1 0/1" },
    })
    .toFormat(format)
    .toBuffer();
  return Uint8Array.from(bytes);
}
