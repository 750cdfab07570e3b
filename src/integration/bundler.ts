import { fork, type ChildProcess } from "node:child_process";
import { AuthorError, type AuthorIssue } from "../lib/author-error.ts";
import type { Settings } from "../lib/site/settings.ts";
import type { ModulePost } from "./module-bodies-plugin.ts";
import type { BodiesOrder, ModuleBody } from "./render-bodies.ts";

export interface BundledBodies {
  readonly contentDir: string;
  readonly posts: readonly ModulePost[];
  /** Cache of what is known about pictures. */
  readonly picturesDir: string;
}

/** Folder in a draft that the bundling process may use as its root. */
export const SHADOW_FOLDER = "root";

/** What the bundling process is told. */
export interface BundleOrder {
  readonly root: string;
  readonly settings: Settings;
  /** Folder whose `pages/` holds the routes, from the root. */
  readonly srcDir: string;
  /** For the engine that renders posts with imports of their own. */
  readonly bodies: BundledBodies | null;
  /** Folder that the engine is put into. */
  readonly draft: string;
}

/** One thing for the process to do. */
export type Task =
  | { readonly name: "bundle"; readonly order: BundleOrder }
  | { readonly name: "render"; readonly order: BodiesOrder };

/** What it answers: the bodies that were to be rendered, mistakes of the author, or a failure of ours. */
export interface Answer {
  readonly bodies: readonly ModuleBody[];
  readonly issues: readonly AuthorIssue[];
  readonly failure: string | null;
}

/** Room (MB) for values that live shortly, all of it from the start: V8 by itself takes a fifth more memory, and no less time. */
const MEMORY = ["--min-semi-space-size=16", "--max-semi-space-size=16"];

/**
 * A process of its own that works in the root: Astro keeps its bundle only below where it works. It starts with the
 * first task and waits for the next, since loading Astro is a good part of each; it never outlives this process.
 */
export class Bundler {
  #child: ChildProcess | null = null;
  #said = "";
  #isBusy = false;
  #isEnded = false;

  /** Bundles an engine. @throws AuthorError when something of the author's can't be compiled. */
  async bundle(order: BundleOrder): Promise<void> {
    await this.#do({ name: "bundle", order });
  }

  /** Renders and stores bodies through an engine. @throws AuthorError when a post's own code fails. */
  async render(order: BodiesOrder): Promise<readonly ModuleBody[]> {
    const { bodies } = await this.#do({ name: "render", order });
    // What the code of posts says is for the author.
    process.stdout.write(this.#said);
    return bodies;
  }

  /** Ends the process: one that is at work is stopped in the middle of it. */
  end(): void {
    const child = this.#child;
    this.#isEnded = true;
    this.#child = null;
    if (this.#isBusy) child?.kill();
    else if (child?.connected) child.disconnect();
  }

  /** One task after the other. */
  async #do(task: Task): Promise<Answer> {
    if (this.#isEnded) throw new Error("Nothing is bundled any more");
    if (this.#isBusy) throw new Error("One bundle at a time");
    this.#said = "";
    this.#isBusy = true;
    const child = (this.#child ??= this.#start(task.order.root));
    const answer = await this.#ask(child, task).finally(() => (this.#isBusy = false));
    if (answer.issues.length > 0) throw new AuthorError(answer.issues);
    if (answer.failure !== null) throw new Error(`Bundling failed: ${answer.failure}\n${this.#said}`);
    return answer;
  }

  #start(root: string): ChildProcess {
    const child = fork(new URL("./bundle-worker.ts", import.meta.url), {
      cwd: root,
      execArgv: MEMORY,
      silent: true,
      env: { ...process.env, NODE_ENV: "production", ASTRO_TELEMETRY_DISABLED: "1", VITEST: undefined },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => void (this.#said += chunk.toString("utf8")));
    return child;
  }

  #ask(child: ChildProcess, task: Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ended = (status: number | null): void => {
        this.#child = null;
        reject(new Error(`Bundling ended without a result (${status}):\n${this.#said}`));
      };
      child.once("error", reject);
      child.once("exit", ended);
      child.once("message", (answer: Answer) => {
        child.off("error", reject).off("exit", ended);
        resolve(answer);
      });
      child.send(task);
    });
  }
}
