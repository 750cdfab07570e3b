/** State shared by the readers of an export: the archive that they fill, the ledger, secrets and doubts. */
import { createHash } from "node:crypto";
import { type Archive, emptyArchive } from "./archive.ts";
import { Ledger } from "./ledger.ts";
import type { RecordId, RecordKind } from "./ledger.ts";
import { Secrets } from "./secrets.ts";
import type { StoredText, TextSpool } from "../text-spool.ts";

/** Something that the author should check. */
export interface Doubt {
  /** Title or address of the record. */
  readonly where: string;
  /** One sentence without a full stop. */
  readonly message: string;
}

export class ArchiveBuilder {
  readonly archive: Archive = emptyArchive();
  readonly ledger = new Ledger();
  readonly secrets = new Secrets();
  readonly doubts: Doubt[] = [];
  readonly #spool: TextSpool;
  readonly #madeIds = new Set<string>();

  constructor(spool: TextSpool) {
    this.#spool = spool;
  }

  store(text: string): StoredText {
    return this.#spool.store(text);
  }

  load(text: StoredText): string {
    return this.#spool.load(text);
  }

  doubt(where: string, message: string): void {
    this.doubts.push({ where, message });
  }

  /** An id for an entry without one, hashed from its content: the same in every export that contains the entry. */
  madeId(...words: readonly string[]): string {
    const wanted = createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 16);
    let id = wanted;
    for (let number = 2; this.#madeIds.has(id); number++) id = `${wanted}-${number}`;
    this.#madeIds.add(id);
    return id;
  }

  /** Registers `count` records of one kind in the ledger. */
  readAll(kind: RecordKind, count: number): RecordId[] {
    return Array.from({ length: count }, () => this.ledger.read(kind));
  }
}
