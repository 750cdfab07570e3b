/**
 * Lines in a JSON text: of a value by its path, or of the first syntax error, for error messages. `JSON.parse` reports
 * neither reliably.
 */
export type JsonPlaces =
  | { readonly isValid: true; readonly lineOf: (path: readonly PropertyKey[]) => number }
  | { readonly isValid: false; readonly line: number; readonly message: string };

const MAX_DEPTH = 200;

/** Scans a JSON text (RFC 8259) for line numbers, which start at 1; see {@link JsonPlaces}. */
export function locateJson(text: string): JsonPlaces {
  const offsets = new Map<string, number>();
  const scanner = new Scanner(text, offsets);
  try {
    scanner.document();
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { isValid: false, line: lineAt(text, error.offset), message: error.message };
  }
  return {
    isValid: true,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length--) {
        const offset = offsets.get(pathKey(path.slice(0, length)));
        if (offset !== undefined) return lineAt(text, offset);
      }
      return lineAt(text, offsets.get("") ?? 0);
    },
  };
}

class JsonFault extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Recursive descent parser that validates the text and records offsets without building values. */
class Scanner {
  readonly #text: string;
  readonly #offsets: Map<string, number>;
  #at = 0;

  constructor(text: string, offsets: Map<string, number>) {
    this.#text = text;
    this.#offsets = offsets;
  }

  document(): void {
    this.#value("", 0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail("There is text after the end of the JSON");
  }

  #value(path: string, depth: number): void {
    this.#space();
    this.#offsets.set(path, this.#at);
    if (depth > MAX_DEPTH) this.#fail(`The JSON is nested deeper than ${MAX_DEPTH} levels`);
    const start = this.#text[this.#at];
    if (start === "{") this.#members(path, depth);
    else if (start === "[") this.#items(path, depth);
    else if (start === '"') this.#string();
    else if (this.#match(/true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) === null) {
      this.#fail(
        start === undefined ? "The JSON ends too early" : `A value was expected, not ${quoted(start)}`,
      );
    }
  }

  #members(path: string, depth: number): void {
    this.#at++;
    this.#space();
    if (this.#take("}")) return;
    do {
      this.#space();
      const keyAt = this.#at;
      const key =
        this.#text[this.#at] === '"' ? this.#string() : this.#fail("A key in double quotes was expected");
      this.#space();
      if (!this.#take(":")) this.#fail(`A colon was expected after the key ${key}`);
      const memberPath = `${path}/${String(JSON.parse(key))}`;
      this.#value(memberPath, depth + 1);
      this.#offsets.set(memberPath, keyAt);
      this.#space();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail("A comma or } was expected");
  }

  #items(path: string, depth: number): void {
    this.#at++;
    this.#space();
    if (this.#take("]")) return;
    let index = 0;
    do {
      this.#value(`${path}/${index}`, depth + 1);
      index++;
      this.#space();
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail("A comma or ] was expected");
  }

  #string(): string {
    const found = this.#match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y);
    return (
      found ??
      this.#fail("A text in double quotes is not closed, or contains a raw line break or a wrong \\ escape")
    );
  }

  #space(): void {
    this.#match(/[ \t\r\n]*/y);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#at += found[0].length;
    return found[0];
  }

  #fail(message: string): never {
    throw new JsonFault(message, this.#at);
  }
}

function pathKey(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part)}`).join("");
}

function quoted(character: string): string {
  return JSON.stringify(character);
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf("\n"); index !== -1 && index < offset; index = text.indexOf("\n", index + 1))
    line++;
  return line;
}
