/** Finds template calls in Markdown: Hugo's and Zola's shortcodes, the tags of Liquid, Nunjucks and Hexo. */

export interface CallArguments {
  readonly named: ReadonlyMap<string, string>;
  /** Positional arguments, in order. */
  readonly plain: readonly string[];
  /** All arguments, as written. */
  readonly text: string;
}

export interface TemplateCall {
  readonly name: string;
  readonly args: CallArguments;
  /** The call as written. */
  readonly whole: string;
  /** Content between the start and end tags; null for a call without an end tag. */
  readonly inner: string | null;
}

const QUOTED = String.raw`"(?:\\.|[^"\\])*"|'[^']*'|\x60[^\x60]*\x60`;
const ARGUMENT = new RegExp(
  String.raw`(?:([\w-]+)\s*=\s*)?(?:"((?:\\.|[^"\\])*)"|'([^']*)'|\x60([^\x60]*)\x60|\[([^\]]*)\]|([^\s,"'\x60]+))`,
  "g",
);

/** In each pattern, group 1 is the name of the call and group 2 its arguments, which are limited in length. */
const HUGO = String.raw`\{\{[<%]-?\s*([\w./-]+)((?:\s(?:${QUOTED}|[^"'\x60{}]){0,3000}?)?)\s*\/?-?[>%]\}\}`;
const LIQUID = String.raw`\{%-?\s*([\w-]+)((?:\s(?:${QUOTED}|[^"'\x60%{]|\{(?!%)|%(?!\})){0,3000}?)?)\s*-?%\}`;
const ZOLA = String.raw`\{\{-?\s*(\w+)\(((?:${QUOTED}|[^"'\x60(){}]){0,3000}?)\)\s*-?\}\}`;
const ZOLA_BLOCK = String.raw`\{%-?\s*(\w+)\(((?:${QUOTED}|[^"'\x60(){}]){0,3000}?)\)\s*-?%\}`;

/**
 * Replaces each pair of delimiters and the text between them. A single regular expression for both would search for the
 * end from every start, in quadratic time.
 * @param start must have the flag `g`, as must `end`.
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

/** Puts arguments of calls in double quotes instead of backticks, which would be code in Markdown. */
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
 * Replaces calls, the innermost first.
 * @param convert returns the replacement for a call; null keeps the call.
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

/** Replaces calls without an end tag. */
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
  /** Pattern of end tags; group 1 is the name of the call. */
  readonly end: string;
  /** Pattern of start and end tags of blocks with a name. */
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

/** Replaces blocks that contain no block of the same kind or, with `isInnermost`, no block at all. */
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
      // An inner block of the same kind is replaced first.
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
