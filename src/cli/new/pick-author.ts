import { didYouMean } from "../../lib/did-you-mean.ts";
import { slugOf } from "../../lib/site/slug.ts";
import type { GitIdentity } from "../git-identity.ts";
import { UsageError } from "../responses/command.ts";

export interface KnownAuthor {
  readonly id: string;
  readonly name: string;
  /** Text of the author's file, which may contain an email address. */
  readonly text: string;
}

/**
 * Author ids for the front matter of a new post: the named author; none if the blog has at most one author; else the
 * author that matches git's identity; else none if site.yaml sets a default author. Never guesses among several.
 * @throws UsageError when the named author doesn't exist, or when it isn't clear which of several authors is meant.
 */
export function pickAuthors(
  named: string | undefined,
  authors: readonly KnownAuthor[],
  git: GitIdentity,
  hasUsualAuthor: boolean,
): readonly string[] {
  const ids = authors.map(({ id }) => id);
  if (named !== undefined) {
    if (ids.includes(named)) return [named];
    const near = didYouMean(named, ids);
    const known = ids.length === 0 ? "content/authors/ is empty" : `There are ${ids.join(", ")}`;
    throw new UsageError(`There is no author "${named}". ${near === null ? known : `Did you mean ${near}?`}`);
  }
  if (authors.length <= 1) return [];
  const mine = authors.filter((author) => isSame(author, git));
  const [only] = mine;
  if (only !== undefined && mine.length === 1) return [only.id];
  if (hasUsualAuthor) return [];
  const example = ids.map((id) => `--author ${id}`).join(" or ");
  const reason = git.name === null ? "git has no user.name" : `git's user.name "${git.name}" is none of them`;
  throw new UsageError(`The blog has several authors and ${reason}. Add ${example}`);
}

function isSame({ id, name, text }: KnownAuthor, git: GitIdentity): boolean {
  if (git.email !== null && text.toLowerCase().includes(git.email.toLowerCase())) return true;
  if (git.name === null) return false;
  return slugOf(git.name) === slugOf(name) || slugOf(git.name) === id;
}
