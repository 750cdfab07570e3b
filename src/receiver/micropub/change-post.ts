/** Updates, deletes and undeletes existing posts. */
import path from "node:path";
import { dayInZone } from "../../lib/content/dates.ts";
import { siteUrls } from "../../lib/site/urls.ts";
import { withRetries, type FileChange } from "../content/content-store.ts";
import type { Micropub, ReceiverContext } from "../context.ts";
import type { Writer } from "./create-post.ts";
import { frontMatterOf } from "./front-matter-keys.ts";
import { invalid, MicropubError } from "./micropub-error.ts";
import { addressOf, postAt, type FoundPost } from "./post-address.ts";
import { bodyText, contentIn, partsOf, photosIn, type PostBody } from "./post-body.ts";
import { changedText, checkFrontMatter, checkText, type HeadChanges } from "./post-file.ts";
import { postPictures } from "./post-pictures.ts";
import { sourceOf } from "./post-source.ts";
import type { Properties } from "./properties.ts";
import type { Update } from "./read-request.ts";
import { siteFacts, type SiteFacts } from "./site-facts.ts";

/** Applies an update to a post. @returns its URL, which may have changed. @throws MicropubError */
export async function updatePost(
  context: ReceiverContext,
  micropub: Micropub,
  url: string,
  update: Update,
  writer: Writer,
): Promise<string> {
  const facts = await siteFacts(micropub.store, context.posts);
  return await withRetries(async () => {
    const post = await foundPost(context, micropub, url, facts);
    const before = await sourceOf(context, post);
    const after = updated(before, update);
    const named = new Set([
      ...update.replace.keys(),
      ...update.add.keys(),
      ...update.deleteValues.keys(),
      ...update.deleteAll,
    ]);
    if (named.has("featured")) throw invalid("The picture at the head of a post can't be changed here");
    const { changes, body, pictures } = await changesOf(context, micropub, post, after, named, facts);
    const front = { ...post.front, ...changes };
    checkFrontMatter(front);
    const address = addressOf(post.file.path, front, context.options.site, facts);
    const all = address === post.url ? changes : { ...changes, aliases: aliasesWith(post, context) };
    const text = changedText(post, all, body);
    await commit(micropub, post, text, pictures, `Update ${nameOf(post)}`, writer);
    return address;
  });
}

/** Marks a post as deleted, which its page then shows. The text stays in the file, so that it can be restored. */
export async function deletePost(
  context: ReceiverContext,
  micropub: Micropub,
  url: string,
  writer: Writer,
): Promise<void> {
  await setDeleted(context, micropub, url, writer, (facts) =>
    dayInZone(new Date(context.now()).toISOString(), facts.timeZone),
  );
}

/** Restores a deleted post. */
export async function undeletePost(
  context: ReceiverContext,
  micropub: Micropub,
  url: string,
  writer: Writer,
): Promise<void> {
  await setDeleted(context, micropub, url, writer, () => undefined);
}

async function setDeleted(
  context: ReceiverContext,
  micropub: Micropub,
  url: string,
  writer: Writer,
  dayOf: (facts: SiteFacts) => string | undefined,
): Promise<void> {
  const facts = await siteFacts(micropub.store, context.posts);
  await withRetries(async () => {
    const post = await foundPost(context, micropub, url, facts);
    const deleted = dayOf(facts);
    if ((post.front["deleted"] === undefined) === (deleted === undefined)) return;
    const text = changedText(post, { deleted }, null);
    const what = deleted === undefined ? "Bring back" : "Delete";
    await commit(micropub, post, text, new Map(), `${what} ${nameOf(post)}`, writer);
  });
}

/** The post at a URL. @throws MicropubError when the blog has no post there. */
export async function foundPost(
  context: ReceiverContext,
  { store }: Micropub,
  url: string,
  facts: SiteFacts,
): Promise<FoundPost> {
  if (url === "") throw invalid("url is missing");
  const post = await postAt(store, url, context.options.site, facts);
  if (post === null)
    throw new MicropubError(400, "invalid_request", "There is no post of this blog at that url");
  return post;
}

function updated(before: Properties, { replace, add, deleteValues, deleteAll }: Update): Properties {
  const after = new Map(before);
  for (const name of deleteAll) after.delete(name);
  for (const [name, values] of deleteValues) {
    const gone = new Set(values.map(keyOf));
    after.set(
      name,
      (after.get(name) ?? []).filter((value) => !gone.has(keyOf(value))),
    );
  }
  for (const [name, values] of replace) after.set(name, values);
  for (const [name, values] of add) {
    const known = after.get(name) ?? [];
    const keys = new Set(known.map(keyOf));
    after.set(name, [...known, ...values.filter((value) => !keys.has(keyOf(value)))]);
  }
  return after;
}

/** Key for comparing values; a picture's description isn't part of it. */
function keyOf(value: unknown): string {
  const isPhoto = typeof value === "object" && value !== null && "value" in value;
  return JSON.stringify(isPhoto ? value.value : value);
}

interface Changes {
  readonly changes: HeadChanges;
  /** Null to keep the current body. */
  readonly body: string | null;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

async function changesOf(
  context: ReceiverContext,
  micropub: Micropub,
  post: FoundPost,
  properties: Properties,
  named: ReadonlySet<string>,
  facts: SiteFacts,
): Promise<Changes> {
  const { mf2, ...head } = frontMatterOf(properties, facts, named);
  const hasMf2 = Object.hasOwn(frontMatterOf(properties, facts, named), "mf2");
  const changes = hasMf2 ? { ...head, extra: extraWith(post.front["extra"], mf2) } : head;
  const isBodyNamed = named.has("content") || named.has("photo");
  if (!isBodyNamed) return { changes, body: null, pictures: new Map() };
  if (post.file.path.endsWith(".mdx"))
    throw invalid("The text of this post is MDX, which can run code, so it's changed in the repository only");
  const folder = path.posix.dirname(post.file.path);
  const name = path.posix.basename(post.file.path, ".md");
  const besides = new Set(await namesBesides(micropub, folder, name));
  const place = { folder, prefix: name === "index" ? "" : `${name}-` };
  const pictures = postPictures(context, micropub, place, besides);
  const old = partsOf(post.body);
  const body: PostBody = {
    photos: named.has("photo") ? await photosIn(properties, pictures) : old.photos,
    text: named.has("content")
      ? await contentIn(properties, pictures, { besides, text: post.body })
      : old.text,
  };
  await checkText(micropub, {
    path: post.file.path,
    body: bodyText(body),
    lang: facts.lang,
    besides: new Set([...besides, ...pictures.added.keys()]),
  });
  return { changes, body: bodyText(body), pictures: pictures.added };
}

/** Names of a post's files: for an index file all in its folder, else those that begin with the post's name and `-`. */
async function namesBesides({ store }: Micropub, folder: string, name: string): Promise<readonly string[]> {
  const files = await store.list(folder);
  const names = files.flatMap((file) =>
    path.posix.dirname(file) === folder ? [path.posix.basename(file)] : [],
  );
  return name === "index" ? names : names.filter((file) => file.startsWith(`${name}-`));
}

function extraWith(extra: unknown, mf2: unknown): unknown {
  const own = typeof extra === "object" && extra !== null ? Object.entries(extra) : [];
  const kept = own.filter(([key]) => key !== "mf2");
  const all = Object.fromEntries([...kept, ...(mf2 === undefined ? [] : [["mf2", mf2]])]);
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Aliases with the old path added, so that the old URL redirects, for example after the date in it changed. */
function aliasesWith({ front, url }: FoundPost, { options }: ReceiverContext): readonly string[] {
  const old = siteUrls({ url: options.site }).sitePathOf(url);
  const aliases = Array.isArray(front["aliases"]) ? front["aliases"].map(String) : [];
  return [...new Set([...aliases, ...(old === null ? [] : [old])])];
}

async function commit(
  { store }: Micropub,
  { file }: FoundPost,
  text: string,
  pictures: ReadonlyMap<string, Uint8Array>,
  title: string,
  { clientHost }: Writer,
): Promise<void> {
  const folder = path.posix.dirname(file.path);
  const changes: FileChange[] = [
    { path: file.path, bytes: new TextEncoder().encode(text), replaces: file.version },
    ...[...pictures].map(([name, bytes]) => ({ path: `${folder}/${name}`, bytes, replaces: null })),
  ];
  await store.commit(changes, `${title}\n\nBy Micropub, with ${clientHost}.`);
}

function nameOf({ file }: FoundPost): string {
  return file.path.replace(/(?:\/index)?\.mdx?$/, "");
}
