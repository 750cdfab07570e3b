/** An author's accounts on networks, used to recognize the author's own responses and for `fediverse:creator`. */
import * as z from "zod";

/** One account listed in `content/authors/<id>.yaml`. */
export interface AuthorAccount {
  readonly network: "mastodon" | "bluesky" | "github";
  /** `@author@social.example`, `@author.example` or `author`. */
  readonly name: string;
  /** Address of the profile. */
  readonly url: string;
  /** Permanent id: the actor's ActivityPub id, the DID, or the URL of a GitHub profile; null if the file sets none. */
  readonly id: string | null;
}

const MASTODON_NAME = /^@?([\w.-]+)@([a-z\d.-]+\.[a-z\d-]+(?::\d+)?)$/i;
const MASTODON_URL = /^https:\/\/([^/]+)\/(?:@|users\/)([\w.-]+)\/?$/;
const HANDLE = /^@?((?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*)$/i;
const DID = /^did:[a-z]+:[\w.:%-]+$/;

/** One entry of `accounts:`. */
export const accountField = () =>
  z
    .strictObject({
      mastodon: z
        .string()
        .refine(
          (value) => MASTODON_NAME.test(value) || MASTODON_URL.test(value),
          "a name such as @author@social.example, or the address of the profile",
        )
        .optional()
        .meta({
          description: "An account on Mastodon or a server with a compatible API.",
          examples: ["@author@social.example"],
        }),
      bluesky: z
        .string()
        .regex(HANDLE, "a handle such as author.example")
        .optional()
        .meta({ description: "An account on Bluesky.", examples: ["author.example"] }),
      github: z
        .string()
        .regex(/^@?[a-z\d-]+$/i, "a user name such as author")
        .optional()
        .meta({ description: "An account on GitHub, for comments through giscus.", examples: ["author"] }),
      id: z
        .string()
        .refine(
          (value) => DID.test(value) || /^https:\/\/[^\s/]+\/\S+$/.test(value),
          "the account's ActivityPub id (https://social.example/users/author) or its DID (did:plc:…)",
        )
        .optional()
        .meta({
          description:
            "Permanent id of the account; `npx backfence responses verify-accounts` prints it.",
          examples: ["https://social.example/users/author"],
        }),
    })
    .refine(
      ({ mastodon, bluesky, github }) =>
        [mastodon, bluesky, github].filter((each) => each !== undefined).length === 1,
      "one account: mastodon, bluesky or github",
    );

/** Converts an entry of `accounts:`. @param entry output of {@link accountField}. */
export function authorAccount(entry: z.output<ReturnType<typeof accountField>>): AuthorAccount {
  const { mastodon, bluesky, github, id = null } = entry;
  if (mastodon !== undefined) {
    const [, user = "", host = ""] = MASTODON_NAME.exec(mastodon) ?? reversed(MASTODON_URL.exec(mastodon));
    const origin = `https://${host.toLowerCase()}`;
    return { network: "mastodon", name: `@${user}@${host.toLowerCase()}`, url: `${origin}/@${user}`, id };
  }
  if (bluesky !== undefined) {
    const handle = bluesky.replace(/^@/, "").toLowerCase();
    return { network: "bluesky", name: `@${handle}`, url: `https://bsky.app/profile/${handle}`, id };
  }
  const login = (github ?? "").replace(/^@/, "");
  const url = `https://github.com/${login}`;
  return { network: "github", name: login, url, id: url };
}

function reversed(found: RegExpExecArray | null): readonly string[] {
  const [whole = "", host = "", user = ""] = found ?? [];
  return [whole, user, host];
}
