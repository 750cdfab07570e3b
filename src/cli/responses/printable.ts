/** Escapes text from responses and services, so that it can't control a terminal or a log. */
import type { Command } from "./command.ts";

/** C1 control characters (U+009B begins an escape sequence), line separators and bidi controls. */
const CONTROLS = /[\u0080-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;
/** C0 control characters and DEL, which never belong in a single line. */
const LINE_CONTROLS = /[\u0000-\u001F\u007F]/g;

/** Replaces C1, line separator and bidi characters with escapes such as `\u009b`, also valid in JSON strings. */
export function printable(text: string): string {
  return text.replace(CONTROLS, escaped);
}

/** Like {@link printable}, for a single line: also escapes C0 characters, including line breaks. */
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
