/** Names of new files. */
import { isReservedName } from "../site/reserved-name.ts";
import { slugOf } from "../site/slug.ts";
import { partsInZone } from "./dates.ts";

/** Bytes of a name made from a title; mail and chat programs cut longer addresses. */
const MAX_BYTES = 100;

/**
 * Name of a text with this title, cut between words or, where there is no such place, between characters; with a number
 * behind it where Windows has no such file, or where it would name the list of all texts.
 */
export function nameFromTitle(title: string): string {
  let cut = slugOf(title);
  while (Buffer.byteLength(cut) > MAX_BYTES) {
    const place = cut.lastIndexOf("-");
    cut = place > 0 ? cut.slice(0, place) : [...cut].slice(0, -1).join("");
  }
  return isReservedName(cut) || cut === "index" ? `${cut}-1` : cut;
}

/** Id of a new author, which is the name of the file: Latin letters without their accents, since it ends up in addresses. */
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
