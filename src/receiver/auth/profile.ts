/** What a client with the scope `profile` learns. */
import * as z from "zod";
import { readYaml } from "../../lib/yaml/source.ts";
import { ContentStoreError } from "../content/content-store.ts";
import type { Micropub } from "../context.ts";

/** https://indieauth.spec.indieweb.org/#profile-information */
export interface Profile {
  readonly name: string;
  readonly url: string;
}

const authorSchema = z.object({ name: z.string().trim().min(1) });

/** @param author id; null for the blog's only author. */
export async function profileOf(
  { store }: Pick<Micropub, "store">,
  site: string,
  author: string | null,
): Promise<Profile> {
  try {
    const file = author === null ? await onlyAuthor(store) : `authors/${author}.yaml`;
    const found = file === null ? null : await store.read(file);
    const text = found === null ? "" : new TextDecoder().decode(found.bytes);
    const { data } = authorSchema.safeParse(readYaml(text, file ?? "").data);
    return { name: data?.name ?? author ?? new URL(site).host, url: site };
  } catch (error) {
    if (error instanceof ContentStoreError) return { name: author ?? new URL(site).host, url: site };
    throw error;
  }
}

async function onlyAuthor(store: Micropub["store"]): Promise<string | null> {
  const [first, ...others] = await authorFiles(store);
  return others.length === 0 ? (first ?? null) : null;
}

/** Files of the blog's authors, from the content folder. */
export async function authorFiles(store: Micropub["store"]): Promise<readonly string[]> {
  return (await store.list("authors")).filter((file) => /^authors\/[^._/][^/]*\.yaml$/.test(file));
}
