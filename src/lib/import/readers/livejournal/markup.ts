/** Converts LiveJournal and Dreamwidth tags to HTML before parsing, since most of them are never closed. */

export interface LiveJournalHtml {
  readonly html: string;
  /** Descriptions of parts that can't be kept. */
  readonly losses: readonly string[];
}

/** `<lj user="ann">` and Dreamwidth's `<user name="ann" site="…">`. */
const USER_TAG =
  /<(?:lj\s+(?:user|comm)|user\s+name)\s*=\s*["']?([\w-]{1,40})["']?([^<>]*?)\/?>(?:<\/(?:lj|user)>)?/gi;
const CUT = /<(?:lj-)?cut(?:\s+text\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?[^<>]*>/gi;

export function liveJournalHtml(source: string, host: string): LiveJournalHtml {
  const losses = new Set<string>();
  const html = source
    .replace(USER_TAG, (_whole, name: string, rest: string) => userLink(name, rest, host))
    .replace(CUT, (_whole, double?: string, single?: string, bare?: string) => {
      const words = (double ?? single ?? bare ?? "").trim();
      return words === "" ? "" : `<p><b>${words.replaceAll("<", "&lt;")}</b></p>`;
    })
    .replace(/<\/(?:lj-)?cut>/gi, "")
    .replace(/<\/?lj-(?:raw|spoiler)[^<>]*>/gi, "")
    .replace(/<lj-poll-(\d+)\s*\/?>/gi, (_whole, id: string) => {
      losses.add("a poll, which is now a link");
      return `<p><a href="https://${host}/poll/?id=${id}">https://${host}/poll/?id=${id}</a></p>`;
    })
    .replace(/<lj-embed\b[^<>]*\/>|<lj-embed\b[^<>]*>\s*<\/lj-embed>/gi, () => {
      losses.add("an embed whose address isn't in the export");
      return "";
    })
    .replace(/<\/?lj-(?:embed|poll|pq|pi)\b[^<>]*>/gi, "")
    .replace(/<lj-(?:like|repost|map|template|toc|like-list)\b[^<>]*>/gi, (tag) => {
      losses.add(tag.replace(/[\s/>][^]*$/, ">"));
      return "";
    });
  return { html, losses: [...losses] };
}

function userLink(name: string, rest: string, host: string): string {
  const site = /\bsite\s*=\s*["']?([\w.-]{1,80})/i.exec(rest)?.[1] ?? host;
  const bare = site.replace(/^www\./, "");
  const address = /^(?:livejournal|dreamwidth)/.test(bare)
    ? `https://${name.toLowerCase().replaceAll("_", "-")}.${/\./.test(bare) ? bare : `${bare}.${bare === "dreamwidth" ? "org" : "com"}`}/`
    : `https://${site}/${name}`;
  return `<a href="${address}">${name}</a>`;
}

/** Address of an account's page. */
export function accountAddress(name: string, host: string): string {
  const bare = host.replace(/^www\./, "");
  // A host name can't start or end with a hyphen, which would replace the underscore.
  return /^_|_$/.test(name)
    ? `https://users.${bare}/${name}/`
    : `https://${name.toLowerCase().replaceAll("_", "-")}.${bare}/`;
}
