/** Text from strangers and services on a terminal and in logs: nothing in it can control either. */
import type { Command } from "./command.ts";

/** C1 control characters (U+009B begins an escape sequence), line separators and bidi controls. */
const CONTROLS = /[\u0080-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;
/** The C0 control characters and DEL, which a single line never holds. */
const LINE_CONTROLS = /[\u0000-\u001F\u007F]/g;

/** The text with control characters written as `\u009b`, which is valid inside a JSON string, too. */
export function printable(text: string): string {
  return text.replace(CONTROLS, escaped);
}

/** The same for a single line: escape sequences and line breaks are written out as well. */
export function printableLine(text: string): string {
  return printable(text.replace(LINE_CONTROLS, escaped));
}

/** A command whose output passes through {@link printable}. */
export function printableCommand({ help, run }: Command): Command {
  return {
    help,
    run: (args, context) =>
      run(args, {
        ...context,
        out: (text) => context.out(printable(text)),
        err: (text) => context.err(printable(text)),
      }),
  };
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
