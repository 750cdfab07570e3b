/** A text with its links to one post changed to the post's new address; a part (`#…`) or query stays. */
export function withRenamedLinks(text: string, from: string, to: string): string {
  const address = from.replace(/\/$/, "").replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const link = new RegExp(`(?<=[("'\\s<:])${address}/?(?=[)"'\\s>#?]|$)`, "gm");
  return text.replaceAll(link, to);
}
