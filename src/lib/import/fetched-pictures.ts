/** Cache of fetched pictures by address; pictures fetched by an interrupted run are available to the next one. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readFileIfExists, writeFileAtomic } from "../responses/store.ts";
import type { AddressedPicture, PicturesByAddress } from "./picture-library.ts";

export class FetchedPictures implements PicturesByAddress {
  readonly #folder: string;
  readonly #reasons = new Map<string, string>();

  /** @param folder absolute; it may be deleted at any time. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  fileFor(address: string): AddressedPicture | null {
    const file = this.#fileOf(address);
    return existsSync(file) ? { file, name: null } : null;
  }

  save(address: string, bytes: Uint8Array): void {
    writeFileAtomic(this.#fileOf(address), bytes);
  }

  /**
   * Records why an address has no picture.
   * @param isFinal true for a permanent failure, so that later runs don't retry.
   */
  fail(address: string, reason: string, isFinal: boolean): void {
    this.#reasons.set(address, reason);
    if (isFinal) writeFileAtomic(`${this.#fileOf(address)}.txt`, reason);
  }

  /** Why an address has no picture; null if no request has failed. */
  failure(address: string): string | null {
    return this.#reasons.get(address) ?? readFileIfExists(`${this.#fileOf(address)}.txt`);
  }

  /** Stores a picture under a second address. */
  copy(from: string, to: string): void {
    if (from !== to) this.save(to, readFileSync(this.#fileOf(from)));
  }

  #fileOf(address: string): string {
    return path.join(this.#folder, createHash("sha256").update(address).digest("hex"));
  }
}
