/** Information that new posts depend on: settings in `content/site.yaml`, and the blog's tags. */
import * as z from "zod";
import { AuthorError } from "../../lib/author-error.ts";
import { identityFields } from "../../lib/site/settings-fields/identity.ts";
import { permalinkFields } from "../../lib/site/settings-fields/permalinks.ts";
import { readYaml } from "../../lib/yaml/source.ts";
import type { ContentStore } from "../content/content-store.ts";
import type { Posts } from "../posts.ts";

export interface SiteSettings {
  /** Default author of posts without `authors`: an id, or the name in an author's file; null for the only author. */
  readonly author: string | null;
  readonly timeZone: string | null;
  readonly lang: string;
  readonly permalinks: { readonly posts: string; readonly notes: string };
}

export interface SiteFacts extends SiteSettings {
  /** Tags in use, as spelled in the blog. */
  readonly tags: readonly string[];
}

const FILE = "site.yaml";

const fields = {
  author: identityFields.author,
  timeZone: identityFields.timeZone,
  lang: identityFields.lang,
  permalinks: permalinkFields.permalinks,
};

/** Reads the settings. Missing and invalid ones get their defaults; a build reports the errors. */
export async function siteSettings(store: ContentStore): Promise<SiteSettings> {
  const file = await store.read(FILE);
  const text = file === null ? "" : new TextDecoder().decode(file.bytes);
  const { data } = z.record(z.string(), z.unknown()).safeParse(readYaml(text, FILE).data);
  const read = <T>(schema: z.ZodType<T>, key: string): T => {
    const parsed = schema.safeParse(data?.[key]);
    return parsed.success ? parsed.data : schema.parse(undefined);
  };
  return {
    author: read(fields.author, "author"),
    timeZone: read(fields.timeZone, "timeZone"),
    lang: read(fields.lang, "lang"),
    permalinks: read(fields.permalinks, "permalinks"),
  };
}

export async function siteFacts(store: ContentStore, posts: Pick<Posts, "tags">): Promise<SiteFacts> {
  return { ...(await siteSettings(store)), tags: await posts.tags().catch(noneIfUnreadable) };
}

/** Errors elsewhere in the blog don't prevent apps from posting. */
function noneIfUnreadable(error: unknown): readonly string[] {
  if (error instanceof AuthorError) return [];
  throw error;
}
