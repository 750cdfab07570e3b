import { buffer } from "node:stream/consumers";
import { openPromise } from "yauzl";

/** Returns the files in a zip by name, in their original order. */
export async function filesOfZip(file: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const zip = await openPromise(file, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry())
      files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  } finally {
    zip.close();
  }
  return files;
}
