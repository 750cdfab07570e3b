import path from "node:path";
import type { AstroIntegrationLogger } from "astro";
import type { DevEnvironment, ViteDevServer } from "vite";
import { changedSince } from "./changed-since.ts";
import { debounced } from "./debounce.ts";
import type { Changes, DevSession } from "./dev-session.ts";
import { STATE_EVENT } from "./dev-state.ts";
import { PageGate } from "./page-gate.ts";
import type { StartFiles } from "./start-files.ts";

/** Milliseconds after which a restart that hasn't come has failed. */
const RESTART_MS = 10_000;

/** Milliseconds after the start at which changes are looked for that came while Astro started and took no notice. */
const LOOKS_AFTER_START_MS = [1000, 4000];

export interface ContentWatchOptions {
  readonly server: ViteDevServer;
  readonly session: DevSession;
  /** The author's folder, absolute. */
  readonly contentDir: string;
  readonly startFiles: StartFiles;
  readonly logger: AstroIntegrationLogger;
  /** Invalidates what the modules of an environment have made from the content. @param changes null = any file. */
  readonly forget: (environment: DevEnvironment, changes: Changes | null) => void;
}

/**
 * Reads the blog again after each change and has browsers reload what is no longer as they show it.
 *
 * A page names the state that it shows (`dev-state.ts`). The state changes after the blog has been read again, while no
 * page is in the making: a page of the newest state shows the newest content, and one of another state is reloaded.
 */
export class ContentWatch {
  readonly gate = new PageGate();
  readonly #options: ContentWatchOptions;
  readonly #start = Date.now();
  readonly #reload = debounced(() => this.#update());
  #loads = 0;
  /** Since the last reading; null = no watcher events yet, scan everything. */
  #changes: Changes | null = null;
  #firstLoad: Promise<void> = Promise.resolve();
  #lastNotes = "";
  #restart: NodeJS.Timeout | null = null;

  constructor(options: ContentWatchOptions) {
    this.#options = options;
  }

  /** Watches, and reads the blog for the first time. */
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

  /** Version of the content. Its number alone could be one of the server before a restart. */
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

  /** Before the watcher is ready, it reports no changes. */
  #onReady(): void {
    if (!changedSince(this.#options.contentDir, this.#start)) return;
    this.#changes = null;
    this.#reload();
  }

  async #update(): Promise<void> {
    // A page that is reloaded while Astro restarts may find no server; Vite's client waits for the new one.
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
    // The browser's modules, too: Vite may have made a component's style from what it was before the change.
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

  /** Logs errors each time, and notes when they differ from the last ones. */
  #report(): void {
    const { session, logger } = this.#options;
    if (session.errors !== null) return logger.error(`\n${session.errors.message}\n`);
    const notes = session.notes.join("\n");
    if (notes !== "" && notes !== this.#lastNotes) logger.info(notes);
    this.#lastNotes = notes;
  }
}
