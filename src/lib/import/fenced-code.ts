/** Source of a pattern for fenced code (flag `m`); an open fence goes to the end. It has one group, for the marks. */
export const FENCED = String.raw`^ {0,3}(\x60{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[\x60~]*[ \t]*$|$(?![\s\S]))`;

/** The text with changes in what isn't code, neither fenced nor in a line. */
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
