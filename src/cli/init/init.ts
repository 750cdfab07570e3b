/** `backfence init`: creates a new blog in an empty folder. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { defineCommand } from "../args/define-command.ts";
import { packageManagerOf, withCommandsOf, type PackageManager } from "../../lib/hosts/package-manager.ts";
import { hostFiles } from "../../lib/hosts/project-files.ts";
import { writeHostFiles } from "../../lib/hosts/write-host-files.ts";
import { gitIdentity } from "../git-identity.ts";
import { knownHost } from "../host.ts";
import { packageRoot } from "../own-version.ts";
import { painter } from "../paint.ts";
import { UsageError, type CommandContext } from "../responses/command.ts";
import { exitCodes } from "../responses/exit-codes.ts";
import { shellWord } from "../shell-word.ts";
import type { Answers, Question } from "./answers.ts";
import { machineDefaults, QUESTIONS, waysOf } from "./answers.ts";
import { ask, Cancelled } from "./ask.ts";
import { dependenciesOf } from "./dependencies.ts";
import { isPulling, projectFiles } from "./project-files.ts";

/** Entries that a fresh clone, an editor or the system creates in an otherwise empty folder. */
const HARMLESS = new Set([".git", ".DS_Store", "Thumbs.db", ".idea", ".vscode"]);

const FLAGS: Readonly<Record<Question["key"], string>> = {
  title: "title",
  url: "url",
  lang: "lang",
  timeZone: "time-zone",
  author: "author",
  respond: "respond",
  email: "email",
};

export const command = defineCommand(
  {
    usage: "init [folder] [options]",
    description:
      "Creates a new blog: asks for its title, address, language, time zone, author and how readers can respond, and writes package.json, astro.config.mjs, content/ with a first post, and the files that a host needs. The folder must be empty.",
    positionals: { min: 0, max: 1 },
    options: {
      yes: {
        type: "boolean",
        short: "y",
        default: false,
        description: "ask no questions: use the options and the defaults",
      },
      title: { type: "string", value: "TEXT", description: "title of the blog" },
      url: { type: "string", value: "URL", description: "address at which it's published" },
      lang: { type: "string", value: "TAG", description: "language, such as en or pt-BR" },
      "time-zone": {
        type: "string",
        value: "ZONE",
        description: "such as Europe/Berlin; the default is this machine's",
      },
      author: { type: "string", value: "NAME", description: "your name; the default is git's user.name" },
      respond: {
        type: "string",
        value: "WAYS",
        description: "mastodon, bluesky, giscus, webmention, receiver, email (several with commas), or none",
      },
      email: { type: "string", value: "ADDRESS", description: "public address for replies by email" },
      host: {
        type: "string",
        value: "NAME",
        default: "github",
        description: "where it's published: github, gitlab, netlify, caddy … (backfence host lists all)",
      },
      backfence: {
        type: "string",
        value: "SPEC",
        description: "version, file or address of the backfence package",
      },
    },
    examples: [
      ["init my-blog", "ask questions, then create the folder my-blog"],
      ['init my-blog --yes --title "Notes from here" --url https://me.example/', "without questions"],
    ],
    exitCodes: { 130: "stopped with Ctrl+C; nothing was written" },
  },
  async ({ values, positionals }, context) => {
    const folder = path.resolve(context.root, positionals[0] ?? ".");
    refuseUsedFolder(folder, positionals[0] ?? ".");
    const host = knownHost(values.host);
    const given = givenAnswers(values);
    const isAsking = !values.yes && context.isInteractive;
    if (!isAsking && !values.yes)
      throw new UsageError("Questions need a terminal: add --yes, and options such as --title");
    const defaults = machineDefaults(context.env, gitIdentity(context.root, context.env).name);
    let answers: Answers;
    try {
      answers = await complete(given, defaults, isAsking, context);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      context.err("\nStopped; nothing was written.\n");
      return exitCodes.cancelled;
    }
    const templatesDir = path.join(packageRoot(), "templates");
    const folderName = path.basename(folder);
    const manager = packageManagerOf(folder, context.env);
    const files = projectFiles({
      answers,
      folderName,
      now: context.now(),
      templatesDir,
      dependencies: dependenciesOf(values.backfence, folder, context.root),
      manager,
    });
    mkdirSync(path.join(folder, "public"), { recursive: true });
    for (const [file, text] of files) {
      const absolute = path.join(folder, file);
      mkdirSync(path.dirname(absolute), { recursive: true });
      writeFileSync(absolute, text, { flag: "wx" });
    }
    const ofHost = hostFiles(host, {
      templatesDir,
      url: answers.url,
      folderName,
      isPulling: isPulling(answers),
      manager,
    });
    writeHostFiles({ root: folder, host, files: ofHost, isForced: false, isDryRun: false });
    const count = files.size + ofHost.size + 1;
    context.out(farewell(answers, path.relative(context.root, folder), count, manager, context));
    return exitCodes.ok;
  },
);

function refuseUsedFolder(folder: string, name: string): void {
  let present: readonly string[];
  try {
    present = readdirSync(folder).filter((entry) => !HARMLESS.has(entry));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  if (present.length === 0) return;
  const shown = [...present].sort().slice(0, 5).join(", ");
  const more = present.length > 5 ? ` and ${present.length - 5} more` : "";
  const place = name === "." ? "This folder" : `The folder ${name}`;
  throw new UsageError(`${place} isn't empty (${shown}${more}). Name a new one: backfence init my-blog`);
}

/** Answers given as command line options, by question. @throws UsageError for an invalid one. */
function givenAnswers(values: Readonly<Record<string, unknown>>): ReadonlyMap<Question["key"], string> {
  const given = new Map<Question["key"], string>();
  for (const { key, check } of QUESTIONS) {
    const value = values[FLAGS[key]];
    if (typeof value !== "string") continue;
    const checked = check(value);
    if ("problem" in checked) throw new UsageError(`--${FLAGS[key]}: ${checked.problem}`);
    given.set(key, checked.value);
  }
  return given;
}

async function complete(
  given: ReadonlyMap<Question["key"], string>,
  defaults: Readonly<Record<Question["key"], string>>,
  isAsking: boolean,
  context: CommandContext,
): Promise<Answers> {
  const wantsEmail = (known: ReadonlyMap<Question["key"], string>) =>
    waysOf(known.get("respond") ?? given.get("respond") ?? "").includes("email");
  const open = (known: ReadonlyMap<Question["key"], string>) =>
    QUESTIONS.find(({ key }) => !given.has(key) && !known.has(key) && (key !== "email" || wantsEmail(known)));
  const asked = isAsking ? await ask(open, defaults, context) : new Map<Question["key"], string>();
  const answer = (key: Question["key"]) => given.get(key) ?? asked.get(key) ?? defaults[key];
  const ways = waysOf(answer("respond"));
  if (ways.includes("email") && answer("email") === "")
    throw new UsageError("--respond email needs an address: --email me@me.example");
  if (given.has("email") && !ways.includes("email"))
    throw new UsageError("--email has no effect without a way to use it: --respond email");
  return {
    title: answer("title"),
    url: answer("url"),
    lang: answer("lang"),
    timeZone: answer("timeZone"),
    author: answer("author"),
    ways,
    email: answer("email"),
  };
}

function farewell(
  answers: Answers,
  folder: string,
  files: number,
  manager: PackageManager,
  context: CommandContext,
): string {
  const { bold, green } = painter(context);
  const notes = [
    ...(answers.url === "" ? ["Put the blog's address into content/site.yaml before you publish it."] : []),
    ...(answers.ways.includes("giscus")
      ? ["For comments through giscus, put the values of https://giscus.app into content/site.yaml."]
      : []),
    ...(answers.ways.includes("receiver")
      ? [
          withCommandsOf(
            manager,
            "For responses on a server of your own, run `npx backfence receive` (docs/receiver.md).",
          ),
        ]
      : []),
  ];
  const enter = folder === "" ? "" : `cd ${shellWord(folder)} && `;
  return [
    `${green("Created")} ${answers.title}: ${files} files in ${folder === "" ? "this folder" : `${folder}/`}.`,
    ...notes,
    `\nTo see it:\n`,
    bold(`  ${enter}${manager.name} install`),
    bold(`  ${manager.name} run dev`),
    "",
  ].join("\n");
}
