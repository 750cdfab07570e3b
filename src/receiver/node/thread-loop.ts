import { Worker } from "node:worker_threads";
import type { WorkLoop } from "./work-loop.ts";
import type { FromThread, ToThread, WorkThreadData } from "./work-thread.ts";

/** The work loop in a thread. A thread that ends by a fault is replaced. */
export function startThreadLoop(data: WorkThreadData, log: (line: string) => void): WorkLoop {
  let isStopped = false;
  let thread = start();
  function start(): Worker {
    const worker = new Worker(new URL("./work-thread.ts", import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
    });
    worker.on("message", (message: FromThread) => log(message.log));
    worker.on("error", (error) => log(`The work thread failed: ${error.message}`));
    worker.on("exit", () => {
      if (!isStopped) setTimeout(() => (thread = start()), 1000);
    });
    return worker;
  }
  const send = (message: ToThread) => thread.postMessage(message);
  return {
    wake: () => send("wake"),
    stop: async () => {
      isStopped = true;
      const ended = new Promise((resolve) => thread.once("exit", resolve));
      send("stop");
      await ended;
    },
  };
}
