/** What addresses and dates of posts depend on, from `content/site.yaml`. */
import * as z from "zod";
import { identityFields } from "../../lib/site/settings-fields/identity.ts";
import { permalinkFields } from "../../lib/site/settings-fields/permalinks.ts";
import { readYaml } from "../../lib/yaml/source.ts";
import type { ContentStore } from "../content/content-store.ts";

export interface SiteFacts {
  readonly timeZone: string | null;
  readonly lang: string;
  readonly permalinks: { readonly posts: string; readonly notes: string };
}

const FILE = "site.yaml";

const fields = {
  timeZone: identityFields.timeZone,
  lang: identityFields.lang,
  permalinks: permalinkFields.permalinks,
};

/** The settings; the defaults for what isn't set, or is wrong: a build names it. */
export async function siteFacts(store: ContentStore): Promise<SiteFacts> {
  const file = await store.read(FILE);
  const text = file === null ? "" : new TextDecoder().decode(file.bytes);
  const { data } = z.record(z.string(), z.unknown()).safeParse(readYaml(text, FILE).data);
  const read = <T>(schema: z.ZodType<T>, key: string): T => {
    const parsed = schema.safeParse(data?.[key]);
    return parsed.success ? parsed.data : schema.parse(undefined);
  };
  return {
    timeZone: read(fields.timeZone, "timeZone"),
    lang: read(fields.lang, "lang"),
    permalinks: read(fields.permalinks, "permalinks"),
  };
}
