import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FileCache } from "../cache/file-cache.ts";
import type { DrawnPicture, PictureText } from "./draw-og-image.ts";
import type { DrawOrder, DrawAnswer } from "./draw-worker.ts";
import { TypeCase } from "./fonts/type-case.ts";

/** Draws one picture. The same text gives the same bytes, wherever it is drawn. */
export type Drawer = (text: PictureText) => Promise<DrawnPicture>;

/** A thread costs about as much to start, fonts included, as it costs to draw so many pictures. */
const WORTH_THREADS = 100;

/** Threads that have had nothing to do for so long end. */
const IDLE_MS = 300;

/** Draws the first pictures here, and when there are many the others in threads that end with the work. */
export function openDrawer(cache: FileCache, worthThreads: number = WORTH_THREADS): Drawer {
  const typeCase = new TypeCase(cache);
  const threads = new Set<DrawThread>();
  let asked = 0;
  const least = (): DrawThread => {
    const free = [...threads].sort((a, b) => a.waiting - b.waiting)[0];
    if (free !== undefined && (free.waiting === 0 || threads.size >= availableParallelism())) return free;
    const started = new DrawThread(cache.folder, () => threads.delete(started));
    threads.add(started);
    return started;
  };
  return async (text) => {
    asked += 1;
    if (asked > worthThreads) return least().draw(text);
    const { drawPicture } = await import("./draw-og-image.ts");
    return drawPicture(text, typeCase);
  };
}

interface Waiting {
  resolve(picture: DrawnPicture): void;
  reject(reason: Error): void;
}

/** A thread that draws one picture after the other. */
class DrawThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEnd: () => void;
  #count = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(fontsDir: string, onEnd: () => void) {
    this.#onEnd = onEnd;
    this.#worker = new Worker(new URL("./draw-worker.ts", import.meta.url), { workerData: { fontsDir } });
    this.#worker.on("message", (answer: DrawAnswer) => this.#hear(answer));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("A drawing thread ended too early")));
  }

  /** Pictures that aren't drawn yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  draw(text: PictureText): Promise<DrawnPicture> {
    clearTimeout(this.#idle);
    this.#count += 1;
    const order: DrawOrder = { number: this.#count, text };
    this.#worker.postMessage(order);
    return new Promise((resolve, reject) => void this.#waiting.set(order.number, { resolve, reject }));
  }

  #hear({ number, drawn, failure }: DrawAnswer): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (this.waiting === 0) this.#idle = setTimeout(() => this.#end(null), IDLE_MS);
    if (drawn !== null) waiting?.resolve(drawn);
    else waiting?.reject(new Error(failure));
  }

  #end(reason: Error | null): void {
    this.#onEnd();
    clearTimeout(this.#idle);
    if (reason !== null) for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    void this.#worker.terminate();
  }
}
