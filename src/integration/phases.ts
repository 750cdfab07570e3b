import { performance } from "node:perf_hooks";

/** Milliseconds spent in each named phase of a build, in the order of their first start. */
export class Phases {
  readonly #spentMs = new Map<string, number>();

  /** Runs one phase and adds its time. */
  async run<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#spentMs.set(name, (this.#spentMs.get(name) ?? 0) + performance.now() - start);
    }
  }

  get spentMs(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#spentMs);
  }
}
