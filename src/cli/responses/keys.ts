import type { Readable } from "node:stream";

/** Reads single keys from a terminal. */
export interface Keys {
  /** Resolves to the next key as a lower-case character; `null` at the end of the input. */
  next(): Promise<string | null>;
  close(): void;
}

/** `process.stdin`, or another stream without a terminal. */
export type KeyInput = Readable & {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
};

const NAMES: Readonly<Record<string, string>> = {
  "\u0003": "q",
  "\u0004": "q",
  "\u001B": "q",
  "\u001B[A": "p",
  "\u001B[D": "p",
  "\u001B[B": "n",
  "\u001B[C": "n",
  " ": "n",
  "\r": "n",
  "\n": "n",
};

/**
 * Reads keys one by one, without waiting for Enter. Arrows, space and Enter move (`n`, `p`); Escape, Ctrl+C and Ctrl+D
 * quit (`q`).
 */
export function openKeys(input: KeyInput): Keys {
  const waiting: ((key: string | null) => void)[] = [];
  const typed: (string | null)[] = [];
  const give = (key: string | null) => {
    const taker = waiting.shift();
    if (taker === undefined) typed.push(key);
    else taker(key);
  };
  const onData = (chunk: string) => {
    const named = NAMES[chunk];
    for (const key of named === undefined ? Array.from(chunk) : [named])
      give(NAMES[key] ?? key.toLowerCase());
  };
  const onEnd = () => give(null);
  input.setEncoding("utf8");
  if (input.isTTY === true) input.setRawMode?.(true);
  input.on("data", onData);
  input.on("end", onEnd);
  input.resume();
  return {
    next: () => {
      const key = typed.shift();
      return key === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(key);
    },
    close: () => {
      input.off("data", onData);
      input.off("end", onEnd);
      if (input.isTTY === true) input.setRawMode?.(false);
      input.pause();
    },
  };
}
