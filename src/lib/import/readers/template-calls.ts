/** Calls of templates in Markdown: Hugo's and Zola's shortcodes, the tags of Liquid, Nunjucks and Hexo. */

export interface CallArguments {
  readonly named: ReadonlyMap<string, string>;
  /** Words without a name, in their order. */
  readonly plain: readonly string[];
  /** All of them, as written. */
  readonly text: string;
}

export interface TemplateCall {
  readonly name: string;
  readonly args: CallArguments;
  /** The call as written. */
  readonly whole: string;
  /** What stands between it and its end; null for one without an end. */
  readonly inner: string | null;
}

const QUOTED = String.raw`"(?:\\.|[^"\\])*"|'[^']*'|\x60[^\x60]*\x60`;
const ARGUMENT = new RegExp(
  String.raw`(?:([\w-]+)\s*=\s*)?(?:"((?:\\.|[^"\\])*)"|'([^']*)'|\x60([^\x60]*)\x60|\[([^\]]*)\]|([^\s,"'\x60]+))`,
  "g",
);

/** Each of these has the name of the call as its first group, then its arguments. Texts of people have no longer calls. */
const HUGO = String.raw`\{\{[<%]-?\s*([\w./-]+)((?:\s(?:${QUOTED}|[^"'\x60{}]){0,3000}?)?)\s*\/?-?[>%]\}\}`;
const LIQUID = String.raw`\{%-?\s*([\w-]+)((?:\s(?:${QUOTED}|[^"'\x60%{]|\{(?!%)|%(?!\})){0,3000}?)?)\s*-?%\}`;
const ZOLA = String.raw`\{\{-?\s*(\w+)\(((?:${QUOTED}|[^"'\x60(){}]){0,3000}?)\)\s*-?\}\}`;
const ZOLA_BLOCK = String.raw`\{%-?\s*(\w+)\(((?:${QUOTED}|[^"'\x60(){}]){0,3000}?)\)\s*-?%\}`;

/**
 * The text with what stands between two signs replaced, and the signs. One expression for both would look for the second
 * from each of the first.
 * @param start with the flag `g`, as `end`.
 */
export function replaceBetween(
  text: string,
  start: RegExp,
  end: RegExp,
  replace: (inner: string) => string,
): string {
  let result = "";
  let done = 0;
  for (;;) {
    start.lastIndex = done;
    const from = start.exec(text);
    end.lastIndex = start.lastIndex;
    const to = from === null ? null : end.exec(text);
    if (from === null || to === null) return result + text.slice(done);
    result += text.slice(done, from.index) + replace(text.slice(from.index + from[0].length, to.index));
    done = to.index + to[0].length;
  }
}

/** The text with the arguments of calls in double quotes instead of back-ticks, which would be code in Markdown. */
export function withPlainQuotes(text: string): string {
  return text.replace(new RegExp(HUGO, "g"), (call) =>
    call.replace(/=\s*`([^`]*)`|(\s)`([^`]*)`/g, (_whole, named?: string, space?: string, plain?: string) =>
      named === undefined
        ? `${space ?? ""}"${(plain ?? "").replaceAll('"', '\\"')}"`
        : `="${named.replaceAll('"', '\\"')}"`,
    ),
  );
}

/**
 * The text with its calls replaced, those within others first.
 * @param convert gives what stands for a call; null keeps it for later.
 */
export function replaceCalls(text: string, convert: (call: TemplateCall) => string | null): string {
  let result = text;
  for (const isInnermost of [true, false]) {
    for (let round = 0; round < MOST_NESTED; round++) {
      const next = replaceBlocks(result, convert, isInnermost);
      if (next === result) break;
      result = next;
    }
  }
  return replaceSingle(result, convert);
}

/** Calls without an end. */
function replaceSingle(text: string, convert: (call: TemplateCall) => string | null): string {
  let result = text;
  for (const form of [HUGO, ZOLA, LIQUID])
    result = result.replace(new RegExp(form, "g"), (whole: string, name: string, args: string) =>
      name.startsWith("/")
        ? whole
        : (convert({ name, args: argumentsOf(args), whole, inner: null }) ?? whole),
    );
  return result;
}

const MOST_NESTED = 20;

interface BlockForm {
  readonly start: string;
  /** Ends of blocks; its first group is the name of what ends. */
  readonly end: string;
  /** Starts and ends of the blocks of a name. */
  readonly either: (name: string) => string;
}

const BLOCKS: readonly BlockForm[] = [
  {
    start: HUGO,
    end: String.raw`\{\{[<%]-?\s*\/\s*([\w./-]+)\s*-?[>%]\}\}`,
    either: (name) => String.raw`\{\{[<%]-?\s*\/?\s*${name}(?![\w./-])`,
  },
  {
    start: ZOLA_BLOCK,
    end: String.raw`\{%-?\s*end()\s*-?%\}`,
    either: () => String.raw`\{%-?\s*(?:end\s*-?%\}|\w+\()`,
  },
  {
    start: LIQUID,
    end: String.raw`\{%-?\s*end([\w-]+)\s*-?%\}`,
    either: (name) => String.raw`\{%-?\s*(?:end)?${name}(?![\w-])`,
  },
];

/** Blocks that hold no other block of their kind, or none at all. */
function replaceBlocks(
  text: string,
  convert: (call: TemplateCall) => string | null,
  isInnermost: boolean,
): string {
  let result = text;
  for (const { start, end, either } of BLOCKS) {
    const ends = Map.groupBy(result.matchAll(new RegExp(end, "g")), ([, name = ""]) => name);
    if (ends.size === 0) continue;
    let done = 0;
    let built = "";
    for (const { 0: whole, 1: name = "", 2: args = "", index } of result.matchAll(new RegExp(start, "g"))) {
      const from = index + whole.length;
      const own = ends.get(start === ZOLA_BLOCK ? "" : name);
      while (own?.[0] !== undefined && own[0].index < from) own.shift();
      const [found] = own ?? [];
      if (index < done || found === undefined) continue;
      const inner = result.slice(from, found.index);
      // A block of the same kind within it comes first.
      if (new RegExp(either(name.replaceAll(/[^\w]/g, "\\$&"))).test(inner)) continue;
      if (isInnermost && new RegExp(end).test(inner)) continue;
      const converted = convert({
        ...{ name, args: argumentsOf(args), whole },
        inner: replaceSingle(inner, convert),
      });
      if (converted === null) continue;
      built += result.slice(done, index) + converted;
      done = found.index + found[0].length;
    }
    result = built + result.slice(done);
  }
  return result;
}

function argumentsOf(text: string): CallArguments {
  const named = new Map<string, string>();
  const plain: string[] = [];
  for (const match of text.matchAll(ARGUMENT)) {
    const [, name, double, single, ticks, list, word] = match;
    const value = double?.replaceAll(/\\(.)/g, "$1") ?? single ?? ticks ?? list ?? word ?? "";
    if (name === undefined) plain.push(value);
    else named.set(name.toLowerCase(), value);
  }
  return { named, plain, text: text.trim() };
}
