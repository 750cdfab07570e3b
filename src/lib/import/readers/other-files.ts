import { closeSync, openSync, readSync } from "node:fs";
import path from "node:path";
import type { ArchiveBuilder } from "../archive-builder.ts";
import { readText } from "../decode.ts";
import type { SourceFiles } from "../source-files.ts";

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
const IP = /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[\da-f]{1,4}(?::[\da-f]{0,4}){2,7}\b/gi;

/** Registers a file with personal data. It's never written, and its addresses are masked in all written files. */
export function holdPrivate({ root }: SourceFiles, file: string, builder: ArchiveBuilder): void {
  builder.ledger.settle(builder.ledger.read("other file"), "private");
  if (isBinary(path.join(root, file))) return;
  for (const text of readText(path.join(root, file))) noteAddresses(text, builder);
}

/** Adds every e-mail and IP address in a text to the secrets. */
export function noteAddresses(text: string, { secrets }: ArchiveBuilder): void {
  for (const [email] of text.matchAll(EMAIL)) secrets.addEmail(email);
  for (const [ip] of text.matchAll(IP)) secrets.addIp(ip);
}

function isBinary(file: string): boolean {
  const handle = openSync(file, "r");
  try {
    const start = Buffer.alloc(1024);
    const count = readSync(handle, start, 0, start.length, 0);
    return start.subarray(0, count).includes(0);
  } finally {
    closeSync(handle);
  }
}

const PICTURE = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|heic|tiff?)$/i;
const MEDIA = /\.(?:mp4|mov|m4v|webm|mp3|m4a|ogg|wav|flac|pdf|docx?|xlsx?|pptx?|zip)$/i;

/** Adds pictures as attachments; registers videos and documents as left out. @returns all other files. */
export function accountMedia(files: readonly string[], { archive, ledger }: ArchiveBuilder): string[] {
  return files.filter((file) => {
    if (PICTURE.test(file)) {
      archive.attachments.push({
        record: ledger.read("attachment"),
        parts: [],
        id: file,
        url: `/${file.split("/").map(encodeURIComponent).join("/")}`,
        alt: "",
        caption: "",
      });
      return false;
    }
    if (!MEDIA.test(file)) return true;
    ledger.ignore("attachment", "a video, audio file or document");
    return false;
  });
}
