import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

/**
 * Writes a file piece by piece under a temporary name and renames it once it's complete.
 * @param work receives a function that appends a piece.
 */
export async function writeInPieces(
  file: string,
  work: (write: (piece: string | Uint8Array) => void) => Promise<void> | void,
): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    const handle = openSync(draft, "wx");
    try {
      await work((piece) => {
        append(handle, typeof piece === "string" ? Buffer.from(piece) : piece);
      });
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function append(handle: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
}
