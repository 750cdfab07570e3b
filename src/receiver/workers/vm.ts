/** Stands for `node:vm` on Workers, which end a function that takes too long by themselves. */
interface Work {
  readonly work: () => unknown;
}

export default { runInNewContext: (_code: string, { work }: Work): unknown => work() };
