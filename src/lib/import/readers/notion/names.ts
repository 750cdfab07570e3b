/** Names in a Notion export: each ends in the number of its page or database. */
const NAMED = /^(.*?)[ -]?([0-9a-f]{32})(_all)?\.(md|csv)$/i;

export interface NotionName {
  readonly title: string;
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly kind: "page" | "database";
  /** Whether it is the table without filters and views. */
  readonly isWhole: boolean;
}

/** Null for files of other kinds. @param file path with forward slashes. */
export function notionName(file: string): NotionName | null {
  const [, title = "", id = "", all, extension = ""] = NAMED.exec(file.replace(/^.*\//, "")) ?? [];
  if (id === "") return null;
  const kind = extension.toLowerCase() === "csv" ? "database" : "page";
  return { title: title.trim(), id: id.toLowerCase(), kind, isWhole: all !== undefined };
}

/** Pages and databases of an export; empty when it's none. */
export function notionFiles(files: readonly string[]): string[] {
  const named = files.filter((file) => notionName(file) !== null);
  return named.some((file) => notionName(file)?.kind === "page") ? named : [];
}

/** The name of the folder of a page's or a database's own pages; newer exports leave the number out. */
export function folderNames(file: string): string[] {
  const bare = file.replace(/(?:_all)?\.(?:md|csv)$/i, "");
  return [bare, bare.replace(/[ -]?[0-9a-f]{32}$/i, "")];
}
