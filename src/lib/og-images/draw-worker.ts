/** A thread that draws pictures until it is ended. */
import { parentPort, workerData } from "node:worker_threads";
import { FileCache } from "../cache/file-cache.ts";
import { drawPicture, type DrawnPicture, type PictureText } from "./draw-og-image.ts";
import { TypeCase } from "./fonts/type-case.ts";

/** What the thread is told. */
export interface DrawOrder {
  readonly number: number;
  readonly text: PictureText;
}

/** What it answers: a picture or why there is none. */
export interface DrawAnswer {
  readonly number: number;
  readonly drawn: DrawnPicture | null;
  readonly failure: string;
}

const typeCase = new TypeCase(new FileCache(workerData.fontsDir));
let before: Promise<unknown> = Promise.resolve();

parentPort?.on("message", (order: DrawOrder) => {
  before = before.then(() => answerTo(order)).then((answer) => parentPort?.postMessage(answer));
});

async function answerTo({ number, text }: DrawOrder): Promise<DrawAnswer> {
  try {
    return { number, drawn: await drawPicture(text, typeCase), failure: "" };
  } catch (error) {
    return {
      number,
      drawn: null,
      failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
