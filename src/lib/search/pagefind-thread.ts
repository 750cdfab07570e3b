import type { TextToAnalyse } from "./analyse-texts.ts";
import type { Answer, Task } from "./analyse-worker.ts";
import type { PagefindFiles, TakenApart } from "./read-pagefind.ts";
import { askThread, withThread } from "./thread.ts";

/** Pagefind in a thread of its own; answers one question at a time. */
export interface PagefindThread {
  /** Has Pagefind read texts, and takes its index apart. */
  read(texts: readonly TextToAnalyse[]): Promise<TakenApart>;
  /** The files that Pagefind makes of some pages. */
  files(pages: readonly { readonly url: string; readonly content: string }[]): Promise<PagefindFiles>;
}

/**
 * Starts a thread and a Pagefind process for as long as `use` runs; then both end and their memory is free.
 * @throws Error whose cause is Pagefind's, or what `use` threw.
 */
export async function withPagefind<Result>(
  use: (thread: PagefindThread) => Promise<Result>,
): Promise<Result> {
  return withThread(new URL("./analyse-worker.ts", import.meta.url), {}, async (thread) => {
    const ask = (task: Task): Promise<Answer> => askThread(thread, task);
    const result = await use({
      read: async (texts) => {
        const answer = await ask({ name: "read", texts });
        if (answer.name !== "read") throw new Error("Pagefind's thread lost its place");
        const { postings } = answer.result;
        const { buffer, byteOffset, byteLength } = postings.terms;
        const terms = Buffer.from(buffer, byteOffset, byteLength);
        return { ...answer.result, postings: { ...postings, terms } };
      },
      files: async (pages) => {
        const answer = await ask({ name: "files", pages });
        if (answer.name !== "files") throw new Error("Pagefind's thread lost its place");
        return answer.result;
      },
    });
    thread.worker.postMessage(null);
    await thread.ended;
    return result;
  });
}
