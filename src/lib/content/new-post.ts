import { stringify } from "yaml";
import { AuthorError } from "../author-error.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isLanguage, languageMeant } from "../site/language-tag.ts";
import { slugOf } from "../site/slug.ts";
import { isoInZone } from "./dates.ts";
import type { ContentFile } from "./content-files.ts";

export interface NewPostOptions {
  readonly title: string;
  /** `posts/<slug>/index.mdx`, with room for pictures, instead of `posts/<slug>.mdx`. */
  readonly isFolder: boolean;
  readonly isDraft: boolean;
  /** The site's language when null. */
  readonly lang: string | null;
  /** Id of the author; null takes the first. */
  readonly author: string | null;
  readonly now: Date;
  readonly timeZone: string | null;
  /** Ids of all authors. */
  readonly authors: readonly string[];
  /** Posts that are there already. */
  readonly posts: readonly ContentFile[];
}

export interface NewPost {
  /** Path from the author's folder: `posts/over-the-fence.mdx`. */
  readonly file: string;
  readonly text: string;
}

/** Bytes that a name made from a title may have; addresses longer than that are cut by mail and chat programs. */
const MOST_BYTES = 100;

/**
 * The file of a new post that is valid as it is.
 * @throws AuthorError when there is such a post, or an option names what isn't there.
 */
export function newPost(options: NewPostOptions): NewPost {
  const { title, isFolder, isDraft, lang, author, now, timeZone, authors } = options;
  const name = shortened(slugOf(title));
  const file = isFolder ? `posts/${name}/index.mdx` : `posts/${name}.mdx`;
  refuseMistakes(options, name, file);
  const by = author ?? authors[0];
  const lines = [
    "---",
    stringify({ title: title.trim() }, { lineWidth: 0 }).trimEnd(),
    "# description: One or two sentences for lists, feeds and search engines.",
    `date: ${isoInZone(now.toISOString(), timeZone)}`,
    ...(by === undefined || authors.length === 0 ? [] : [`authors: [${by}]`]),
    "tags: []",
    ...(lang === null ? [] : [`lang: ${lang}`]),
    ...(isDraft ? ["draft: true # remove this line to publish"] : []),
    "---",
    "",
    "Begin here.",
    "",
  ];
  return { file, text: lines.join("\n") };
}

function refuseMistakes(
  { title, lang, author, authors, posts }: NewPostOptions,
  name: string,
  file: string,
): void {
  const refuse = (message: string, hint: string) =>
    new AuthorError([{ message, file: `content/${file}`, hint }]);
  if (title.trim() === "") throw refuse("A post needs a title", 'npm run new -- "Over the fence"');
  const twin = posts.find((post) => post.name.toLowerCase() === name.toLowerCase());
  if (twin !== undefined)
    throw refuse("There is such a post already", `It's ${twin.file}. Take another title, or write on there.`);
  if (lang !== null && !isLanguage(lang))
    throw refuse(`\`${lang}\` is no language tag (BCP 47)`, `For example: --lang ${languageMeant(lang) ?? "de"}`);
  if (author !== null && !authors.includes(author)) {
    const near = didYouMean(author, authors);
    const hint =
      near === null
        ? `Authors are files in content/authors/: ${authors.join(", ") || "none yet"}`
        : `Did you mean ${near}?`;
    throw refuse(`There is no author \`${author}\``, hint);
  }
}

/** A name cut between words, or, where there is no such place, between characters. */
function shortened(name: string): string {
  let cut = name;
  while (Buffer.byteLength(cut) > MOST_BYTES) {
    const place = cut.lastIndexOf("-");
    cut = place > 0 ? cut.slice(0, place) : [...cut].slice(0, -1).join("");
  }
  return cut;
}
