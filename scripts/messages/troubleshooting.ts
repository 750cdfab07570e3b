/** Tables of docs/troubleshoot/: every error message with advice. */
import { ADVICE } from "./advice.ts";
import type { FoundMessage } from "./error-messages.ts";
import { GAP } from "./possible-texts.ts";

/** Pages of docs/troubleshoot/ and the source files whose messages each lists; the first matching topic counts. */
export const TOPICS: readonly { readonly page: string; readonly sources: RegExp }[] = [
  { page: "receiver", sources: /^src\/receiver\/|^src\/cli\/receive\.ts/ },
  { page: "network", sources: /^src\/lib\/(?:protocols|networks|responses\/pull)\// },
  { page: "responses", sources: /^src\/(?:lib|cli)\/responses\// },
  { page: "import", sources: /^src\/lib\/(?:import|export)\/|^src\/cli\/(?:import|export)\.ts/ },
  { page: "commands", sources: /^src\/cli\/|^src\/lib\/hosts\// },
  { page: "settings", sources: /^src\/integration\/|^src\/lib\/(?:site|themes)\/|site-address\.ts$/ },
  {
    page: "links-and-pictures",
    sources: /checks\/links\.ts$|picture-ref\.ts$|\/markdown\/(?:components\/gallery|image|link|local-)/,
  },
  { page: "text", sources: /^src\/lib\/markdown\// },
  {
    page: "front-matter",
    sources: /^src\/lib\/yaml\/|front-matter\/|read-dates|references|(?:author|page)-entry/,
  },
  { page: "files", sources: /^src\// },
];

/** Returns messages that have neither a hint nor an entry in `ADVICE`. */
export function withoutAdvice(messages: readonly FoundMessage[]): readonly string[] {
  return messages.filter((one) => adviceOf(one) === null).map(({ file, message }) => `${file}: ${message}`);
}

/** Returns entries of `ADVICE` whose message is no longer in the code. */
export function adviceForNothing(messages: readonly FoundMessage[]): readonly string[] {
  const texts = new Set(messages.map(({ message }) => message));
  return Object.keys(ADVICE).filter((message) => !texts.has(message));
}

/** Returns the table of one page, with messages in alphabetical order. */
export function troubleshootingTable(messages: readonly FoundMessage[], page: string): string {
  const own = messages.filter(({ file }) => TOPICS.find(({ sources }) => sources.test(file))?.page === page);
  const rows = new Map<string, string>();
  for (const one of own) if (!rows.has(one.message)) rows.set(one.message, adviceOf(one) ?? "");
  const sorted = [...rows].toSorted(([a], [b]) => {
    const [left, right] = [lettersOf(a), lettersOf(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
  const lines = sorted.map(([message, advice]) => `| ${code(message)} | ${cell(advice)} |`);
  return `| message | what to do |\n| --- | --- |\n${lines.join("\n")}\n`;
}

function adviceOf({ message, hint }: FoundMessage): string | null {
  return ADVICE[message] ?? (/\p{L}{3}/u.test(hint) ? hintAsText(hint) : null);
}

/** Joins the lines of a hint: sentences are kept, examples are formatted as code. */
function hintAsText(hint: string): string {
  const lines = hint.split("\n").filter((line) => line.trim() !== "" && line.trim() !== GAP);
  const parts = lines.map((line, index) =>
    index === 0 || isSentence(line) ? withExamples(line) : code(line.trim()),
  );
  const text = parts.join(" ");
  return text.endsWith(":") ? `${text} the message shows it.` : text;
}

function isSentence(line: string): boolean {
  return /^(?:or\b|keep\b|\p{Lu}\p{Ll}+ |A ).*[.:)]$/u.test(line) || /^\p{Lu}.*: </u.test(line);
}

/** Code in a sentence: characters after a backslash, tags, braces, Markdown links, emphasis, conflict markers. */
const EXAMPLE =
  /(`[^`]+`|\\[{}<$%\\]+[^\s,;]*|<\/?[\p{L}…][^>]*>|(?:!?\[\^?[^\]]*\](?:\([^)]*\))?)+|[\w=]*\{[^}]*\}|\*+[^*\s]+(?: [^*]+)?\*+|[<>{}=]+|\S+=\S*[^\s.,])/u;

function withExamples(text: string): string {
  return text
    .split(EXAMPLE)
    .map((part, index) => (index % 2 === 0 || part.startsWith("`") ? part : code(part)))
    .join("");
}

function code(text: string): string {
  const ticks = text.includes("`") ? "``" : "`";
  const room = ticks === "``" ? " " : "";
  return `${ticks}${room}${text.replaceAll("|", "\\|")}${room}${ticks}`;
}

function cell(text: string): string {
  return text.replaceAll(/(?<!\\)\|/g, "\\|");
}

function lettersOf(text: string): string {
  return text
    .replaceAll(/[^\p{L}\p{N} ]/gu, "")
    .trim()
    .toLowerCase();
}
