/** Regular expression source for fenced code (flag `m`); an unclosed fence extends to the end. Group 1 is the fence. */
export const FENCED = String.raw`^ {0,3}(\x60{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[\x60~]*[ \t]*$|$(?![\s\S]))`;

/** Applies a change to everything except fenced and inline code. */
export function changeProse(text: string, change: (prose: string) => string): string {
  let result = "";
  let done = 0;
  for (const { 0: code, index } of text.matchAll(CODE)) {
    result += change(text.slice(done, index)) + code;
    done = index + code.length;
  }
  return result + change(text.slice(done));
}

const CODE = new RegExp(`${FENCED}|\`[^\`\\n]+\``, "gm");
