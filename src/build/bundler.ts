import { fork, type ChildProcess } from "node:child_process";
import { AuthorError, type AuthorIssue } from "../lib/author-error.ts";
import type { Settings } from "../lib/site/settings.ts";
import type { ModulePost } from "./module-bodies-plugin.ts";

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

/** What it answers: mistakes of the author, or a failure of ours. */
export interface BundleAnswer {
  readonly issues: readonly AuthorIssue[];
  readonly failure: string | null;
}

/**
 * Bundles in a process of its own that works in the root: Astro keeps its bundle only below where it works. It starts
 * with the first bundle and waits for the next, since a third of its work is to load Astro; it ends with this one.
 */
export class Bundler {
  #child: ChildProcess | null = null;
  #said = "";
  #isBusy = false;
  #isEnded = false;

  /**
   * Bundles one engine; they come one after the other.
   * @throws AuthorError when something of the author's can't be compiled.
   */
  async bundle(order: BundleOrder): Promise<void> {
    if (this.#isEnded) throw new Error("No more bundles are to be made");
    this.#said = "";
    const child = (this.#child ??= this.#start(order.root));
    this.#isBusy = true;
    const { issues, failure } = await this.#ask(child, order).finally(() => (this.#isBusy = false));
    if (issues.length > 0) throw new AuthorError(issues);
    if (failure !== null) throw new Error(`Bundling failed: ${failure}\n${this.#said}`);
  }

  /** Ends the process: one that is at work is stopped in the middle of it. */
  end(): void {
    const child = this.#child;
    this.#isEnded = true;
    this.#child = null;
    if (this.#isBusy) child?.kill();
    else if (child?.connected) child.disconnect();
  }

  #start(root: string): ChildProcess {
    const child = fork(new URL("./bundle-worker.ts", import.meta.url), {
      cwd: root,
      execArgv: [],
      silent: true,
      env: { ...process.env, NODE_ENV: "production", ASTRO_TELEMETRY_DISABLED: "1", VITEST: undefined },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => void (this.#said += chunk.toString("utf8")));
    return child;
  }

  #ask(child: ChildProcess, order: BundleOrder): Promise<BundleAnswer> {
    return new Promise((resolve, reject) => {
      const ended = (status: number | null): void => {
        this.#child = null;
        reject(new Error(`Bundling ended without a result (${status}):\n${this.#said}`));
      };
      child.once("error", reject);
      child.once("exit", ended);
      child.once("message", (answer: BundleAnswer) => {
        child.off("error", reject).off("exit", ended);
        resolve(answer);
      });
      child.send(order);
    });
  }
}
