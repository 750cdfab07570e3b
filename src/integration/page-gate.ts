import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds that a change waits for pages being rendered; a response that streams forever must not block it. */
const PATIENCE_MS = 2000;

/** Polling interval in milliseconds: a response whose client has disconnected emits no event when it ends. */
const LOOK_MS = 10;

type Answer = Pick<ServerResponse, "writableEnded">;

/**
 * Keeps page rendering and content changes from overlapping. A page that is rendered while its modules are invalidated
 * can fail or stay empty, and then has no script to reload it.
 */
export class PageGate {
  readonly #inTheMaking = new Set<Answer>();
  #opening: PromiseWithResolvers<void> | null = null;

  /** Resolves once no change is pending. The response then counts as being rendered until it ends. */
  async enter(response: Answer): Promise<void> {
    while (this.#opening !== null) await this.#opening.promise;
    this.#dropEnded();
    this.#inTheMaking.add(response);
  }

  /** Marks a change as pending: new requests wait. */
  close(): void {
    this.#opening ??= Promise.withResolvers();
  }

  open(): void {
    this.#opening?.resolve();
    this.#opening = null;
  }

  /** Resolves once no page is being rendered, or after the timeout. */
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
