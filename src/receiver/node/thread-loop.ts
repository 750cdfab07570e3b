import { Worker } from "node:worker_threads";
import type { WorkLoop } from "./work-loop.ts";
import type { FromThread, ToThread, WorkThreadData } from "./work-thread.ts";

const RESTART_MS = 1000;

/** Runs the work loop in a thread, which is restarted after a crash. */
export function startThreadLoop(data: WorkThreadData, log: (line: string) => void): WorkLoop {
  let isStopped = false;
  let restart: NodeJS.Timeout | undefined;
  /** Null between a crash and the restart. */
  let thread: Worker | null = start();
  function start(): Worker {
    const worker = new Worker(new URL("./work-thread.ts", import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
    });
    worker.on("message", (message: FromThread) => log(message.log));
    worker.on("error", (error) => log(`The work thread failed: ${error.message}`));
    worker.on("exit", () => {
      thread = null;
      if (!isStopped) restart = setTimeout(() => (thread = start()), RESTART_MS);
    });
    return worker;
  }
  const send = (message: ToThread) => thread?.postMessage(message);
  return {
    wake: () => send("wake"),
    stop: async (deadline) => {
      isStopped = true;
      clearTimeout(restart);
      const running = thread;
      if (running === null) return;
      const ended = new Promise((resolve) => running.once("exit", resolve));
      send("stop");
      const cut = () => void running.terminate();
      if (deadline?.aborted === true) cut();
      deadline?.addEventListener("abort", cut);
      await ended;
    },
  };
}
