/** Creates a post: chooses its name, and commits its file and pictures at once. */
import { dayInZone, isoInZone } from "../../lib/content/dates.ts";
import { nameFromMoment, nameFromTitle } from "../../lib/content/new-name.ts";
import { withoutDate } from "../../lib/content/file-date.ts";
import { withFrontMatter } from "../../lib/import/write/front-matter.ts";
import { ConflictError, withRetries, type ContentStore, type FileChange } from "../content/content-store.ts";
import type { Micropub, ReceiverContext } from "../context.ts";
import { ANSWERING_KEYS, frontMatterOf, repeatsText } from "./front-matter-keys.ts";
import { NO_POSTS } from "../posts.ts";
import type { oneAtATime } from "../one-at-a-time.ts";
import { authorFiles } from "../auth/profile.ts";
import { invalid, MicropubError } from "./micropub-error.ts";
import { addressOf, candidates, nameOfFile } from "./post-address.ts";
import { bodyText, contentIn, NOTHING_BEFORE, photosIn } from "./post-body.ts";
import { checkFrontMatter, checkText } from "./post-file.ts";
import { postPictures } from "./post-pictures.ts";
import { oneText, photosOf, type Properties } from "./properties.ts";
import { siteFacts, type SiteFacts } from "./site-facts.ts";

/** The author and the client of a request. */
export interface Writer {
  /** Author id; null for the blog's default author. */
  readonly author: string | null;
  /** Host of the client, for the commit message. */
  readonly clientHost: string;
  /** Whether all posts become drafts, regardless of the request. */
  readonly isDraftOnly: boolean;
}

/** Maximum number of posts with the same name, distinguished by a number. */
const MOST_NAMES = 50;

/**
 * Creates a post.
 * @param inTurn serializes commits, so that no two posts get the same name as `x.md` and `x/index.md`.
 * @returns its URL.
 * @throws MicropubError, ContentStoreError
 */
export async function createPost(
  context: ReceiverContext,
  micropub: Micropub,
  sent: Properties,
  writer: Writer,
  inTurn: ReturnType<typeof oneAtATime>,
): Promise<string> {
  const { store } = micropub;
  // Read the tags of all posts only if needed: it would compete with the build that follows.
  const facts = await siteFacts(store, sent.has("category") ? context.posts : NO_POSTS);
  await checkAuthor(store, writer.author, facts);
  const properties = withoutRepeatedName(sent);
  const pictures = postPictures(context, micropub, { folder: "", prefix: "" });
  const photos = await photosIn(properties, pictures);
  const body = { photos, text: await contentIn(properties, pictures, NOTHING_BEFORE) };
  const front = await newFront(properties, pictures, facts, writer, context);
  checkFrontMatter(front);
  if (bodyText(body).trim() === "" && ![...ANSWERING_KEYS, "title"].some((key) => front[key] !== undefined))
    throw invalid("The post is empty: it has no content, no photo, no name and no address that it answers");
  const text = withFrontMatter(front, bodyText(body).trim() === "" ? "" : bodyText(body));
  await checkText(micropub, {
    path: "notes/new/index.md",
    body: bodyText(body),
    lang: facts.lang,
    besides: new Set(pictures.added.keys()),
  });
  const folder = isArticle(front) ? "posts" : "notes";
  const hasOwnName = oneText(properties, "mp-slug") !== null || front["title"] !== undefined;
  const wanted = nameOf(properties, front, facts, context);
  const write = async () => {
    const name = await freeName(store, wanted, hasOwnName);
    const path = pictures.added.size === 0 ? `${folder}/${name}.md` : `${folder}/${name}/index.md`;
    const changes: FileChange[] = [
      { path, bytes: new TextEncoder().encode(text), replaces: null },
      ...[...pictures.added].map(([file, bytes]) => ({
        path: `${folder}/${name}/${file}`,
        bytes,
        replaces: null,
      })),
    ];
    await store.commit(changes, `Add ${folder}/${name}\n\nBy Micropub, with ${writer.clientHost}.`);
    return addressOf(path, front, context.options.site, facts);
  };
  return await inTurn(() => withRetries(write));
}

async function newFront(
  properties: Properties,
  pictures: ReturnType<typeof postPictures>,
  facts: SiteFacts,
  { author, isDraftOnly }: Writer,
  context: ReceiverContext,
): Promise<Readonly<Record<string, unknown>>> {
  const { mf2, title, description, date, draft, ...rest } = frontMatterOf(properties, facts);
  const [featured] = photosOf(properties, "featured");
  const cover = featured === undefined ? null : await pictures.add(featured);
  return {
    title,
    description,
    date: date ?? isoInZone(new Date(context.now()).toISOString(), facts.timeZone),
    authors: author === null ? undefined : [author],
    ...rest,
    cover:
      cover === null
        ? undefined
        : { src: `./${cover}`, ...(featured?.alt ? { alt: featured.alt } : { decorative: true }) },
    draft: isDraftOnly ? true : draft,
    extra: mf2 === undefined ? undefined : { mf2 },
  };
}

/** A post without an author, or with an unknown one, would make the build fail. @throws MicropubError */
async function checkAuthor(store: ContentStore, author: string | null, facts: SiteFacts): Promise<void> {
  const message =
    "Set author in content/site.yaml or RECEIVER_MICROPUB_AUTHOR, or sign in with a passkey for an author";
  if (author !== null && (await store.read(`authors/${author}.yaml`)) === null)
    throw new MicropubError(403, "forbidden", `The blog has no author ${author}. ${message}`);
  if (author === null && facts.author === null && (await authorFiles(store)).length > 1)
    throw new MicropubError(403, "forbidden", `The blog has several authors. ${message}`);
}

function withoutRepeatedName(properties: Properties): Properties {
  const name = oneText(properties, "name");
  if (name === null || !repeatsText(name, properties)) return properties;
  return new Map([...properties].filter(([property]) => property !== "name"));
}

/** Whether a post is an article: it has a title and isn't a reply, like, repost or bookmark (post type discovery). */
function isArticle(front: Readonly<Record<string, unknown>>): boolean {
  return front["title"] !== undefined && ANSWERING_KEYS.every((key) => front[key] === undefined);
}

function nameOf(
  properties: Properties,
  front: Readonly<Record<string, unknown>>,
  facts: SiteFacts,
  { now }: ReceiverContext,
): string {
  const slug = oneText(properties, "mp-slug") ?? oneText(properties, "slug");
  const title = typeof front["title"] === "string" ? front["title"] : null;
  const words = slug ?? title;
  if (words === null) return nameFromMoment(new Date(now()).toISOString(), facts.timeZone);
  // A date prefix isn't part of the URL; `index` and `page` can't be names of posts.
  const name = withoutDate(nameFromTitle(words));
  return name === "index" || name === "page"
    ? `${name}-${dayInZone(new Date(now()).toISOString(), facts.timeZone)}`
    : name;
}

/**
 * An unused name for a post's file, if necessary with a number added.
 * @param hasOwnName whether the name comes from a slug or title: then all posts are checked, also those in subfolders
 *   or with a date prefix.
 */
async function freeName(store: ContentStore, wanted: string, hasOwnName: boolean): Promise<string> {
  const others = hasOwnName ? [...(await store.list("notes")), ...(await store.list("posts"))] : [];
  const taken = new Set(others.filter((path) => /\.mdx?$/.test(path)).map(nameOfFile));
  for (let count = 1; count <= MOST_NAMES; count++) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (taken.has(name)) continue;
    const found = await Promise.all(candidates(name).map((path) => store.read(path)));
    if (found.every((file) => file === null)) return name;
  }
  throw new ConflictError(`There are ${MOST_NAMES} posts of the name ${wanted}`);
}
