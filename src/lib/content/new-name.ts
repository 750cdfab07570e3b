/** Names of new files. */
import { isReservedName } from "../site/reserved-name.ts";
import { slugOf } from "../site/slug.ts";
import { partsInZone } from "./dates.ts";

/** Maximum bytes of a name made from a title; mail and chat programs cut longer addresses. */
const MAX_BYTES = 100;

/**
 * Makes a file name from a title. Long names are cut between words, or between characters if there is only one word.
 * Names that are reserved on Windows, and `index`, which would name the list of all texts, get the suffix `-1`.
 */
export function nameFromTitle(title: string): string {
  let cut = slugOf(title);
  while (Buffer.byteLength(cut) > MAX_BYTES) {
    const place = cut.lastIndexOf("-");
    cut = place > 0 ? cut.slice(0, place) : [...cut].slice(0, -1).join("");
  }
  return isReservedName(cut) || cut === "index" ? `${cut}-1` : cut;
}

/** Makes an author's id (the file name) from a name. Removes accents of Latin letters, since ids occur in addresses. */
export function authorIdFromName(name: string): string {
  const plain = name
    .normalize("NFD")
    .replaceAll(/(?<=\p{sc=Latin})\p{M}+/gu, "")
    .normalize("NFC");
  return nameFromTitle(plain);
}

/** Name of a note without a title: `2026-05-01-0930`. */
export function nameFromMoment(instant: string, timeZone: string | null): string {
  const { year, month, day, hour, minute } = partsInZone(instant, timeZone);
  return `${year}-${month}-${day}-${hour}${minute}`;
}
