/** `backfence new`: creates a post, note, page, author or series. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { loadSettings } from "../../lib/site/load-settings.ts";
import { readTextIfThere } from "../../lib/site/read-text.ts";
import { isLanguage } from "../../lib/site/values.ts";
import { defineCommand } from "../args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "../folders.ts";
import { gitIdentity } from "../git-identity.ts";
import { UsageError, type CommandContext } from "../responses/command.ts";
import { exitCodes } from "../responses/exit-codes.ts";
import { oneLine } from "../one-line.ts";
import { KINDS, newFile, usesAuthor, type Kind } from "./new-file.ts";
import { pickAuthors, type KnownAuthor } from "./pick-author.ts";
import { TEXT_EXTENSION } from "./text-extension.ts";

export const command = defineCommand(
  {
    usage: "new [post|note|page|author|series] <title…>",
    description:
      "Creates a draft of a post, or of what the first word says. The author is the one with git's name or email address, or the only one. A file content/templates/post.md (note.md, page.mdx, author.yaml …) is used as the template; {{title}}, {{date}}, {{slug}} and {{author}} in it are filled in.",
    positionals: { min: 1, max: 100 },
    options: {
      folder: {
        type: "boolean",
        default: false,
        description: "in its own folder, with room for pictures",
      },
      md: { type: "boolean", default: false, description: "a Markdown file (.md)" },
      mdx: { type: "boolean", default: false, description: "an MDX file (.mdx), for components in the text" },
      draft: { type: "boolean", default: true, description: "publish it with the next build" },
      lang: { type: "string", value: "TAG", description: "its language, when it isn't the blog's" },
      author: { type: "string", value: "ID", description: "name of a file in content/authors/" },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ['new "Over the fence"', "content/posts/over-the-fence, a draft"],
      ["new note", "a note without a title, named for the moment"],
      ['new author "Ann Example"', "content/authors/ann-example.yaml"],
    ],
    exitCodes: { 3: "the file exists already, or errors in site.yaml" },
  },
  async ({ values, positionals }, context) => {
    const { root, contentDir } = foldersOf(values, context, "new");
    const { kind, title } = kindAndTitle(positionals);
    if (values.lang !== undefined && !isLanguage(values.lang))
      throw new UsageError(`--lang can't be "${values.lang}". For example: --lang de`);
    const settings = loadSettings({ root, contentDir });
    const known = authorsIn(contentDir);
    const own = ownTemplate(contentDir, kind);
    const isText = kind === "post" || kind === "note";
    const namesAuthor = own === null || usesAuthor(own.text) || values.author !== undefined;
    const git = gitIdentity(root, context.env);
    const hasUsual = settings.author !== null;
    const authors = isText && namesAuthor ? pickAuthors(values.author, known, git, hasUsual) : [];
    const extension = extensionOf({ md: isOn("md", values, context), mdx: isOn("mdx", values, context) });
    const made = newFile({
      kind,
      title,
      isFolder: isOn("folder", values, context),
      isDraft: values.draft && kind !== "note",
      extension: extension ?? own?.extension ?? TEXT_EXTENSION,
      lang: values.lang ?? null,
      authors,
      now: context.now(),
      timeZone: settings.timeZone,
      template: own?.text ?? null,
    });
    const twin = twinOf(contentDir, made.file);
    if (twin !== null) throw new UsageError(`There is a file of that name: ${twin}. Take another title`);
    const absolute = path.join(contentDir, made.file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, made.text, { flag: "wx" });
    const isDraft = /^draft: true/m.test(made.text);
    const shown = path.relative(root, absolute).split(path.sep).join("/");
    context.out(`Created ${shown}${isDraft ? " (a draft, shown by astro dev)" : ""}\n`);
    const [first, ...others] = known;
    if (kind === "author" && first !== undefined && others.length === 0 && !hasUsual)
      context.out(
        `The blog now has two authors. If posts don't say which, write into content/site.yaml:\nauthor: ${first.id}\n`,
      );
    return exitCodes.ok;
  },
);

function kindAndTitle(words: readonly string[]): { kind: Kind; title: string } {
  const kind = KINDS.find((known) => known === words[0]);
  const title = oneLine((kind === undefined ? words : words.slice(1)).join(" "));
  if (title === "" && kind === "author")
    throw new UsageError('An author needs a name: backfence new author "Ann Example"');
  if (title === "" && kind !== "note")
    throw new UsageError(
      `A ${kind ?? "post"} needs a title: backfence new ${kind ?? "post"} "Over the fence"`,
    );
  return { kind: kind ?? "post", title };
}

/** In `npm run new x --folder` without `--`, npm takes the option and passes it on as an environment variable. */
function isOn(
  name: "folder" | "md" | "mdx",
  values: Readonly<Record<"folder" | "md" | "mdx", boolean>>,
  { env }: CommandContext,
): boolean {
  return values[name] || env[`npm_config_${name}`] === "true";
}

function extensionOf({ md, mdx }: { readonly md: boolean; readonly mdx: boolean }): "md" | "mdx" | null {
  if (md && mdx) throw new UsageError("--md and --mdx exclude each other");
  return md ? "md" : mdx ? "mdx" : null;
}

const authorName = z.object({ name: z.coerce.string() });

function authorsIn(contentDir: string): readonly KnownAuthor[] {
  const folder = path.join(contentDir, "authors");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => /^[^._].*\.yaml$/.test(file));
  return files.map((file) => {
    const text = readFileSync(path.join(folder, file), "utf8");
    const id = file.slice(0, -".yaml".length).normalize("NFC");
    return { id, name: nameIn(text) ?? id, text };
  });
}

/** The name in an author's file; null if the file is invalid, which `check` reports. */
function nameIn(text: string): string | null {
  try {
    const parsed = authorName.safeParse(parse(text));
    return parsed.success ? parsed.data.name : null;
  } catch {
    return null;
  }
}

function ownTemplate(contentDir: string, kind: Kind): { text: string; extension: "md" | "mdx" } | null {
  for (const ending of ["md", "mdx", "yaml"] as const) {
    const text = readTextIfThere(path.join(contentDir, "templates", `${kind}.${ending}`));
    if (text !== null) return { text, extension: ending === "mdx" ? "mdx" : "md" };
  }
  return null;
}

/** An existing file with the same address, ignoring extension and case; path from the project's root. */
function twinOf(contentDir: string, file: string): string | null {
  const [folder = "", name = ""] = file.split("/");
  const absolute = path.join(contentDir, folder);
  if (!existsSync(absolute)) return null;
  const bare = (entry: string) =>
    entry
      .replace(/\.(?:mdx?|yaml)$/, "")
      .toLowerCase()
      .normalize("NFC");
  const twin = readdirSync(absolute).find((entry) => bare(entry) === bare(name));
  return twin === undefined ? null : `${path.basename(contentDir)}/${folder}/${twin}`;
}
