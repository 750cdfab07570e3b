/** Profile information for clients with the scope `profile`. */
import * as z from "zod";
import { readYaml } from "../../lib/yaml/source.ts";
import { ContentStoreError } from "../content/content-store.ts";
import type { Micropub } from "../context.ts";
import { siteSettings } from "../micropub/site-facts.ts";

/** https://indieauth.spec.indieweb.org/#profile-information */
export interface Profile {
  readonly name: string;
  readonly url: string;
}

const authorSchema = z.object({ name: z.string().trim().min(1) });

/** Reads an author's profile from the content folder. @param given author id; null for the default author of posts. */
export async function profileOf(
  { store }: Pick<Micropub, "store">,
  site: string,
  given: string | null,
): Promise<Profile> {
  let author = given;
  try {
    author ??= (await siteSettings(store)).author;
    const files = await authorFiles(store);
    const file =
      author === null ? onlyOne(files) : (files.find((one) => one === `authors/${author}.yaml`) ?? null);
    const found = file === null ? null : await store.read(file);
    const text = found === null ? "" : new TextDecoder().decode(found.bytes);
    const { data } = authorSchema.safeParse(readYaml(text, file ?? "").data);
    return { name: data?.name ?? author ?? new URL(site).host, url: site };
  } catch (error) {
    if (error instanceof ContentStoreError) return { name: author ?? new URL(site).host, url: site };
    throw error;
  }
}

function onlyOne([first, ...others]: readonly string[]): string | null {
  return others.length === 0 ? (first ?? null) : null;
}

/** Paths of the authors' files, relative to the content folder. */
export async function authorFiles(store: Micropub["store"]): Promise<readonly string[]> {
  return (await store.list("authors")).filter((file) => /^authors\/[^._/][^/]*\.yaml$/.test(file));
}
