import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { startServer } from "../../tests/support/http-server.ts";
import { fixture, textsIn } from "../../tests/support/imported.ts";
import { runCommand } from "../../tests/support/run-command.ts";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { command } from "./import.ts";
import { command as exportCommand } from "./export.ts";
import { exitCodes } from "./responses/exit-codes.ts";

const TYPEPAD = fixture("typepad.txt");

test("a dry run writes nothing, and its report equals that of the import", async () => {
  const root = tempFolder("cli");
  const dry = await runCommand(command, root, TYPEPAD, "--dry-run");
  expect(readdirSync(root)).toEqual([]);
  expect(dry.out).toContain("Nothing was written (--dry-run). It would write ");
  const wet = await runCommand(command, root, TYPEPAD);
  const account = (out: string): string => out.slice(0, out.lastIndexOf("\n\n"));
  expect(account(dry.out)).toBe(account(wet.out));
  const again = await runCommand(command, root, TYPEPAD);
  expect(again.out).toMatch(/Files written 0, unchanged \d+, removed 0\./);
});

test("--author-map sets authors' ids in posts, in author files and in their own comments", async () => {
  const root = tempFolder("cli");
  await runCommand(
    command,
    root,
    fixture("wordpress.xml"),
    "--out",
    "before",
    "--base-url",
    "https://me.example/",
  );
  const [first = ""] = Object.keys(textsIn(path.join(root, "before/authors")));
  const name = /name: (.+)/.exec(readFileSync(path.join(root, "before/authors", first), "utf8"))?.[1] ?? "";
  writeFileSync(path.join(root, "map.yaml"), `${name}: someone-else\n`);
  await runCommand(
    command,
    root,
    fixture("wordpress.xml"),
    "--author-map",
    "map.yaml",
    "--base-url",
    "https://me.example/",
  );
  const before = textsIn(path.join(root, "before"));
  const after = textsIn(path.join(root, "content"));
  expect(after["authors/someone-else.yaml"]).toBe(before[`authors/${first}`]);
  expect(after[`authors/${first}`]).toBeUndefined();
  const old = first.replace(".yaml", "");
  for (const [file, text] of Object.entries(after))
    if (file.startsWith("posts/")) expect(text).not.toMatch(new RegExp(`authors: \\[.*\\b${old}\\b`));
  expect(JSON.stringify(after)).toContain("https://me.example/authors/someone-else/");
  expect(JSON.stringify(after)).not.toContain(`https://me.example/authors/${old}/`);
  writeFileSync(path.join(root, "map.yaml"), "- wrong\n");
  await expect(runCommand(command, root, TYPEPAD, "--author-map", "map.yaml")).rejects.toThrow(/map\.yaml/);
});

test("--base-url sets the blog's new address, including its base path", async () => {
  const root = tempFolder("cli");
  await runCommand(command, root, TYPEPAD, "--base-url", "https://me.example/blog");
  const files = textsIn(path.join(root, "content"));
  expect(files["site.yaml"]).toContain("url: https://me.example/blog/\n");
  expect(files["responses/the-gate.json"]).toContain(
    '"wm-target": "https://me.example/blog/posts/the-gate/"',
  );
  await expect(runCommand(command, root, TYPEPAD, "--base-url", "me.example")).rejects.toThrow(
    '--base-url is an address that begins with https://, not "me.example"',
  );
});

test("the report is written as HTML or JSON, without email addresses", async () => {
  const root = tempFolder("cli");
  await runCommand(command, root, TYPEPAD, "--report", "report.html");
  await runCommand(command, root, TYPEPAD, "--report", "report.json");
  const page = readFileSync(path.join(root, "report.html"), "utf8");
  expect(page).toMatch(/^<!doctype html>/i);
  const data: unknown = JSON.parse(readFileSync(path.join(root, "report.json"), "utf8"));
  expect(data).toMatchObject({ format: "movable-type" });
  const emails = [...readFileSync(TYPEPAD, "utf8").matchAll(/^EMAIL: (\S+)/gm)].map(
    ([, email]) => email ?? "",
  );
  expect(emails.length).toBeGreaterThan(0);
  for (const email of emails) expect(page + JSON.stringify(data)).not.toContain(email);
});

test("an email address is removed however its characters are encoded", async () => {
  const root = tempFolder("cli");
  const email = "ann_finch@mail.example";
  const forms = [
    "ann_finch&#64;mail.example",
    "ann_finch&#x40;mail.example",
    "ann&#95;finch&commat;mail&#46;example",
    "ann_finch%40mail.example",
    "<b>ann_finch</b>@mail.example",
    "ANN_FINCH@MAIL.EXAMPLE",
    "<a href='mailto:ann_finch@mail.example'>mail</a>",
    "<img src='http://x.example/ann_finch@mail.example.jpg' alt='ann_finch@mail.example'>",
  ].join("\n\n");
  const head = "DATE: 03/17/2008 10:22:00 PM\n";
  const comment = `COMMENT:\nAUTHOR: ann_finch@mail.example\nEMAIL: ${email}\nURL: http://ann_finch@mail.example/\nDATE: 03/18/2008\n${forms}\n-----\n`;
  const text = [
    `TITLE: Hidden\n${head}-----\nBODY:\n<p>${forms}</p>\n-----\n${comment}--------\n`,
    `TITLE: In Markdown ${email}\nCONVERT BREAKS: markdown\n${head}-----\nBODY:\n${forms}\n\nann\\_finch\\@mail.example\n-----\n--------\n`,
  ].join("");
  writeFileSync(path.join(root, "blog.txt"), text);
  await runCommand(command, root, "blog.txt");
  const all = JSON.stringify(textsIn(path.join(root, "content")));
  expect(all).toContain("address-removed");
  expect(all).not.toMatch(/ann.{0,6}finch(?:@|%40|&#|&c|-mail|\\)/i);
  const said =
    /"html": "(.*)"/.exec(textsIn(path.join(root, "content"))["responses/hidden.json"] ?? "")?.[1] ?? "";
  expect(said.replaceAll(/<[^<>]*>/g, "")).not.toContain("ann_finch");
});

test("--images fetch downloads each picture once, and a local folder also works", async () => {
  const jpeg = await sharp({
    create: { width: 60, height: 40, channels: 3, background: { r: 9, g: 9, b: 9 } },
  })
    .jpeg()
    .toBuffer();
  await using server = await startServer((_, response) => void response.end(jpeg));
  const root = tempFolder("cli");
  writeFileSync(
    path.join(root, "blog.txt"),
    `TITLE: One\nDATE: 03/17/2008 10:22:00 PM\n-----\nBODY:\n<p><img src="${server.origin}/a.jpg" alt="A fence"></p>\n-----\n--------\n`,
  );
  await runCommand(command, root, "blog.txt", "--images", "fetch");
  await runCommand(command, root, "blog.txt", "--images", "fetch");
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0]?.headers["user-agent"]).toContain("Backfence");
  const [picture = ""] = readdirSync(path.join(root, "content/posts/one")).filter((name) =>
    name.endsWith(".jpg"),
  );
  expect(readFileSync(path.join(root, "content/posts/one", picture)).equals(jpeg)).toBe(true);
  mkdirSync(path.join(root, "media"));
  writeFileSync(path.join(root, "media/a.jpg"), jpeg);
  await runCommand(command, root, "blog.txt", "--images", "media", "--out", "other");
  expect(existsSync(path.join(root, "other/posts/one/a.jpg"))).toBe(true);
});

test("import --restore restores what export wrote", async () => {
  const root = tempFolder("cli");
  await runCommand(command, root, TYPEPAD);
  for (const format of ["wxr", "jf2"]) {
    await runCommand(exportCommand, root, "--format", format, "--out", `blog.${format}`);
    const run = await runCommand(command, root, `blog.${format}`, "--restore", "--out", `again-${format}`);
    expect(run.code).toBe(exitCodes.ok);
    expect(textsIn(path.join(root, `again-${format}`))).toEqual(textsIn(path.join(root, "content")));
  }
  // Without --restore, Backfence's own export isn't accepted.
  await expect(runCommand(command, root, "blog.jf2")).rejects.toThrow(/--restore/);
});

test("an import into a new blog keeps the example page, and writes `permalinks` to keep old addresses", async () => {
  const root = tempFolder("cli");
  mkdirSync(path.join(root, "content/pages"), { recursive: true });
  writeFileSync(path.join(root, "content/site.yaml"), "title: New\ntimeZone: UTC\n");
  writeFileSync(path.join(root, "content/pages/about.md"), "---\ntitle: About\n---\n\nMine.\n");
  const { out } = await runCommand(command, root, fixture("wordpress.xml"));
  expect(out).toContain("its old address /about/ is that of a text that was in content/ before");
  const files = textsIn(path.join(root, "content"));
  expect(files["pages/about-2.md"]).not.toContain("aliases: [/about/]");
  expect(files["_import/site-additions.yaml"]).toMatch(
    /^permalinks:\n {2}posts: \/:year\/:month\/:slug\/\n/m,
  );
  expect(JSON.stringify(files)).not.toContain("localhost");
  const added = files["_import/site-additions.yaml"] ?? "";
  writeFileSync(path.join(root, "content/site.yaml"), `title: New\ntimeZone: UTC\n${added}`);
  await runCommand(command, root, fixture("wordpress.xml"));
  expect(textsIn(path.join(root, "content"))["posts/hello.md"]).not.toContain("/2012/03/hello/");
  expect(Object.keys(textsIn(path.join(root, "content")))).not.toContain("_import/site-additions.yaml");
});

test("a missing picture folder and an author map that isn't YAML are errors", async () => {
  const root = tempFolder("cli");
  await expect(runCommand(command, root, TYPEPAD, "--images", "uplaods")).rejects.toThrow(
    /uplaods[^]*no such folder/,
  );
  writeFileSync(path.join(root, "map.yaml"), ": [");
  await expect(runCommand(command, root, TYPEPAD, "--author-map", "map.yaml")).rejects.toThrow(
    /map\.yaml[^]*map old names to author ids/,
  );
  expect(readdirSync(root)).toEqual(["map.yaml"]);
});
