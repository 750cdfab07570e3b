/** File names in a Notion export, which end in the id of the page or database. */
const NAMED = /^(.*?)[ -]?([0-9a-f]{32})(_all)?\.(md|csv)$/i;

export interface NotionName {
  readonly title: string;
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly kind: "page" | "database";
  /** Whether it's the complete table, not a filtered view. */
  readonly isWhole: boolean;
}

/** Parses a file name; null for other files. @param file path with forward slashes. */
export function notionName(file: string): NotionName | null {
  const [, title = "", id = "", all, extension = ""] = NAMED.exec(file.replace(/^.*\//, "")) ?? [];
  if (id === "") return null;
  const kind = extension.toLowerCase() === "csv" ? "database" : "page";
  return { title: title.trim(), id: id.toLowerCase(), kind, isWhole: all !== undefined };
}

/** Pages and databases of an export; empty if it isn't from Notion. */
export function notionFiles(files: readonly string[]): string[] {
  const named = files.filter((file) => notionName(file) !== null);
  return named.some((file) => notionName(file)?.kind === "page") ? named : [];
}

/** Possible folders with the subpages of a page or database; newer exports leave out the id. */
export function folderNames(file: string): string[] {
  const bare = file.replace(/(?:_all)?\.(?:md|csv)$/i, "");
  return [bare, bare.replace(/[ -]?[0-9a-f]{32}$/i, "")];
}
