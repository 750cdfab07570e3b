/** Answers one task after the other in a thread of its own, with a Pagefind process of its own. Ends when told `null`. */
import { parentPort } from "node:worker_threads";
import { type TextToAnalyse, analyseTexts, endPagefind, pagefindFiles } from "./analyse-texts.ts";
import type { PagefindFiles, TakenApart } from "./read-pagefind.ts";
import type { Failure } from "./thread.ts";

export type Task =
  | { readonly name: "read"; readonly texts: readonly TextToAnalyse[] }
  | { readonly name: "files"; readonly pages: Parameters<typeof pagefindFiles>[0] };

/** What comes back for each task, in their order, where it isn't a failure. */
export type Answer =
  | { readonly name: "read"; readonly result: TakenApart }
  | { readonly name: "files"; readonly result: PagefindFiles };

parentPort?.on("message", (task: Task | null) => {
  answer(task).then(
    (message) => (message === null ? parentPort?.close() : parentPort?.postMessage(message)),
    (reason: unknown) => parentPort?.postMessage({ name: "failure", reason } satisfies Failure),
  );
});

async function answer(task: Task | null): Promise<Answer | null> {
  if (task === null) {
    await endPagefind();
    return null;
  }
  return task.name === "read"
    ? { name: "read", result: await analyseTexts(task.texts) }
    : { name: "files", result: await pagefindFiles(task.pages) };
}
