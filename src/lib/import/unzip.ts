import { createReadStream, createWriteStream, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { openPromise } from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { AuthorError } from "../author-error.ts";

export interface ZipLimits {
  /** Limit for all unpacked files together. */
  readonly maxBytes: number;
  readonly maxFiles: number;
}

const LIMITS: ZipLimits = { maxBytes: 8 * 1024 ** 3, maxFiles: 500_000 };
/** Maximum compression ratio: texts and pictures stay below it, zip bombs exceed it. */
const MAX_RATIO = 200;
const SMALL_BYTES = 64 * 1024 ** 2;

/** Remaining amount to unpack, shared by several zips. */
export interface ZipBudget {
  bytes: number;
  files: number;
}

export function zipBudget({ maxBytes, maxFiles }: ZipLimits = LIMITS): ZipBudget {
  return { bytes: maxBytes, files: maxFiles };
}

class ZipError extends Error {
  override readonly name = "ZipError";
}

/**
 * Unpacks a zip into a folder. The library rejects names that point outside it; symbolic links are skipped.
 * @param budget shared with other zips of the same export.
 * @throws AuthorError if the zip is damaged or exceeds the limits.
 */
export async function unzipInto(
  zip: string,
  folder: string,
  limits: ZipLimits = LIMITS,
  budget: ZipBudget = zipBudget(limits),
): Promise<void> {
  try {
    const file = await openPromise(zip, { autoClose: false });
    try {
      for await (const entry of file.eachEntry()) {
        if (!entry.fileName.endsWith("/") && !isLink(entry)) await unpack(file, entry, folder, budget);
      }
    } finally {
      file.close();
    }
  } catch (error) {
    if (!(error instanceof Error) || isFaultOfDisk(error)) throw error;
    const hint = "Download the export again. A zip made on purpose to fill the disk isn't unpacked.";
    throw new AuthorError([{ file: zip, message: `The zip can't be read: ${error.message}`, hint }]);
  }
}

/**
 * Unpacks a gzip file.
 * @throws AuthorError if it's damaged or exceeds the limit.
 */
export async function gunzipInto(gzip: string, target: string, maxBytes = LIMITS.maxBytes): Promise<void> {
  const most = Math.min(maxBytes, Math.max(SMALL_BYTES, statSync(gzip).size * MAX_RATIO));
  let bytes = 0;
  const counter = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      done(bytes > most ? new ZipError(`${path.basename(target)} is too large when unpacked`) : null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(gzip), createGunzip(), counter, createWriteStream(target));
  } catch (error) {
    if (!(error instanceof Error) || isFaultOfDisk(error)) throw error;
    const hint = "Download the export again. A file made on purpose to fill the disk isn't unpacked.";
    throw new AuthorError([{ file: gzip, message: `The file can't be unpacked: ${error.message}`, hint }]);
  }
}

/** Errors caused by names in the zip: invalid, too long, or used for both a file and a folder. */
const FAULTS_OF_NAMES = new Set(["ENAMETOOLONG", "ENOTDIR", "EISDIR", "EEXIST", "EINVAL", "EILSEQ"]);

function isFaultOfDisk(error: Error): boolean {
  return "syscall" in error && !("code" in error && FAULTS_OF_NAMES.has(String(error.code)));
}

async function unpack(file: ZipFile, entry: Entry, folder: string, budget: ZipBudget): Promise<void> {
  budget.files -= 1;
  if (budget.files < 0) throw new ZipError("it contains too many files");
  const most = Math.max(SMALL_BYTES, entry.compressedSize * MAX_RATIO);
  let bytes = 0;
  const counter = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      budget.bytes -= chunk.length;
      const isTooMuch = bytes > most || budget.bytes < 0;
      done(isTooMuch ? new ZipError(`${entry.fileName} is too large when unpacked`) : null, chunk);
    },
  });
  const target = path.resolve(folder, entry.fileName);
  if (!target.startsWith(folder + path.sep))
    throw new ZipError(`${entry.fileName} points outside the folder`);
  mkdirSync(path.dirname(target), { recursive: true });
  const stream = await file.openReadStreamPromise(entry);
  await pipeline(stream, counter, createWriteStream(target));
}

/** The upper 16 bits are the Unix mode. */
function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0xf000) === 0xa000;
}
