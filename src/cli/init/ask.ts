import { createInterface } from "node:readline/promises";
import type { CommandContext } from "../responses/command.ts";
import { painter } from "../paint.ts";
import type { Question } from "./answers.ts";

/** Thrown when the user presses Ctrl+C or Ctrl+D. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

/**
 * Asks questions in the terminal until each has a valid answer.
 * @param pick returns the next open question; called after each answer.
 * @throws Cancelled
 */
export async function ask(
  pick: (answers: ReadonlyMap<Question["key"], string>) => Question | undefined,
  defaults: Readonly<Record<Question["key"], string>>,
  context: CommandContext,
): Promise<ReadonlyMap<Question["key"], string>> {
  const { bold, dim, red } = painter(context);
  // No history: the up arrow would recall the answer to another question.
  const terminal = createInterface({ input: process.stdin, output: process.stderr, historySize: 0 });
  const stopped = new AbortController();
  terminal.once("close", () => stopped.abort());
  terminal.once("SIGINT", () => stopped.abort());
  const answers = new Map<Question["key"], string>();
  try {
    for (let question = pick(answers); question !== undefined; question = pick(answers)) {
      const preset = defaults[question.key];
      const hint = preset === "" ? "" : dim(` (${preset})`);
      const typed = await terminal.question(`${bold(question.text)}${hint}: `, { signal: stopped.signal });
      const checked = question.check(typed.trim() === "" ? preset : typed);
      if ("value" in checked) answers.set(question.key, checked.value);
      else context.err(`${red(checked.problem)}\n`);
    }
    return answers;
  } catch (error) {
    if (stopped.signal.aborted) throw new Cancelled("cancelled", { cause: error });
    throw error;
  } finally {
    terminal.close();
  }
}
