import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds that a change waits for pages in the making; a response that streams without end must not stop it. */
const PATIENCE_MS = 2000;

/** Milliseconds between two looks at responses: the end of one whose reader has left is no event. */
const LOOK_MS = 10;

type Answer = Pick<ServerResponse, "writableEnded">;

/**
 * Keeps the making of pages and changes of what they are made from apart. A page that is made while its modules are
 * invalidated can fail or stay empty, and then has no script that reloads it.
 */
export class PageGate {
  readonly #inTheMaking = new Set<Answer>();
  #opening: PromiseWithResolvers<void> | null = null;

  /** Resolves once no change is due. From then on until its end, the response counts as in the making. */
  async enter(response: Answer): Promise<void> {
    while (this.#opening !== null) await this.#opening.promise;
    this.#dropEnded();
    this.#inTheMaking.add(response);
  }

  /** A change is due: what comes now waits. */
  close(): void {
    this.#opening ??= Promise.withResolvers();
  }

  open(): void {
    this.#opening?.resolve();
    this.#opening = null;
  }

  /** Resolves once no page is in the making, or the time is up. */
  async emptied(patienceMs = PATIENCE_MS): Promise<void> {
    const end = performance.now() + patienceMs;
    this.#dropEnded();
    while (this.#inTheMaking.size > 0 && performance.now() < end) {
      await pause(LOOK_MS);
      this.#dropEnded();
    }
    this.#inTheMaking.clear();
  }

  #dropEnded(): void {
    for (const response of this.#inTheMaking) if (response.writableEnded) this.#inTheMaking.delete(response);
  }
}
