import path from "node:path";
import type { AstroIntegrationLogger } from "astro";
import type { DevEnvironment, ViteDevServer } from "vite";
import { changedSince } from "./changed-since.ts";
import { debounced } from "./debounce.ts";
import type { Changes, DevSession } from "./dev-session.ts";
import { STATE_EVENT } from "./dev-state.ts";
import { PageGate } from "./page-gate.ts";
import type { StartFiles } from "./start-files.ts";

/** Milliseconds to wait for Astro's restart; after that, the change is loaded without one. */
const RESTART_MS = 10_000;

/** Milliseconds after the server starts, for each check for start files that changed unnoticed while Astro started. */
const LOOKS_AFTER_START_MS = [1000, 4000];

export interface ContentWatchOptions {
  readonly server: ViteDevServer;
  readonly session: DevSession;
  /** The author's folder, absolute. */
  readonly contentDir: string;
  readonly startFiles: StartFiles;
  readonly logger: AstroIntegrationLogger;
  /** Invalidates the modules of an environment that depend on the content. @param changes null = any file. */
  readonly forget: (environment: DevEnvironment, changes: Changes | null) => void;
}

/**
 * Reloads the blog after each change, then the outdated pages in browsers.
 *
 * Each page reports the state that it shows (`dev-state.ts`). The state changes after the blog has been reloaded, while
 * no page is being rendered: a page with the latest state shows the latest content, and any other page is reloaded.
 */
export class ContentWatch {
  readonly gate = new PageGate();
  readonly #options: ContentWatchOptions;
  readonly #start = Date.now();
  readonly #reload = debounced(() => this.#update());
  #loads = 0;
  /** Changes since the last load; null = no watcher events yet, scan everything. */
  #changes: Changes | null = null;
  #firstLoad: Promise<void> = Promise.resolve();
  #lastNotes = "";
  #restart: NodeJS.Timeout | null = null;

  constructor(options: ContentWatchOptions) {
    this.#options = options;
  }

  /** Starts watching and loads the blog for the first time. */
  open(): Promise<void> {
    const { server, session, contentDir } = this.#options;
    const { watcher, httpServer } = server;
    watcher.add(contentDir);
    watcher.on("all", (event, file) => this.#onChange(event, path.resolve(file)));
    watcher.once("ready", () => this.#onReady());
    httpServer?.once("listening", () => {
      for (const delay of LOOKS_AFTER_START_MS) setTimeout(() => this.#restartIfDue(), delay).unref();
    });
    httpServer?.once("close", () => {
      if (this.#restart !== null) clearTimeout(this.#restart);
    });
    server.ws.on(STATE_EVENT, ({ shown }: { shown: unknown }, page) => {
      page.send(STATE_EVENT, {});
      if (shown !== this.state) page.send({ type: "full-reload" });
    });
    this.#firstLoad = session.load().then(() => this.#report());
    return this.#firstLoad;
  }

  /** Version of the content. The number alone could also be one from before a restart of the server. */
  get state(): string {
    return `${this.#start.toString(36)}-${this.#loads}`;
  }

  #onChange(event: string, file: string): void {
    if (!file.startsWith(this.#options.contentDir + path.sep)) return;
    this.#changes?.files.add(file);
    if (this.#changes !== null && event !== "change") this.#changes.isListSame = false;
    this.gate.close();
    this.#reload();
  }

  /** The watcher reports no changes from before it was ready. */
  #onReady(): void {
    if (!changedSince(this.#options.contentDir, this.#start)) return;
    this.#changes = null;
    this.#reload();
  }

  async #update(): Promise<void> {
    // Pages aren't reloaded while Astro restarts, when there may be no server; Vite's client waits for the new one.
    if (this.#options.startFiles.changed() === undefined) await this.#load();
    else this.#restart ??= setTimeout(() => this.#goOnWithoutRestart(), RESTART_MS).unref();
    this.gate.open();
  }

  async #load(): Promise<void> {
    const { server, session, logger, forget } = this.#options;
    await this.#firstLoad;
    const seen = this.#changes;
    this.#changes = { files: new Set(), isListSame: true };
    try {
      await session.load(seen);
      this.#report();
    } catch (error) {
      this.#changes = null;
      logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    await this.gate.emptied();
    this.#loads += 1;
    // The client environment, too: Vite may have compiled a component's style as it was before the change.
    for (const environment of Object.values(server.environments)) forget(environment, seen);
    server.ws.send({ type: "full-reload" });
  }

  #goOnWithoutRestart(): void {
    this.#restart = null;
    this.#options.startFiles.accept();
    this.#reload();
  }

  #restartIfDue(): void {
    const { server, startFiles } = this.#options;
    const changed = startFiles.changed();
    if (changed !== undefined && server.httpServer?.listening === true)
      server.watcher.emit("change", changed);
  }

  /** Logs errors after each load, and notes only when they have changed. */
  #report(): void {
    const { session, logger } = this.#options;
    if (session.errors !== null) return logger.error(`\n${session.errors.message}\n`);
    const notes = session.notes.join("\n");
    if (notes !== "" && notes !== this.#lastNotes) logger.info(notes);
    this.#lastNotes = notes;
  }
}
