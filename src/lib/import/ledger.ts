/** Accounts for every record of an import: each has one fate, and the fates must add up to the records read. */

export const RECORD_KINDS = [
  "entry",
  "section",
  "metadata key",
  "thread",
  "comment",
  "ping",
  "attachment",
  "author",
  "term",
  "other file",
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/**
 * - `written`: part of the blog that readers see.
 * - `kept`: in the repository, not published: drafts, and responses that await moderation.
 * - `private`: not written into the repository.
 * - `spam`: in the repository, marked as spam.
 * - `raw`: stored unchanged and not interpreted.
 * - `ignored`: left out, for the reason given.
 */
export const FATES = ["written", "kept", "private", "spam", "raw", "ignored"] as const;
export type Fate = (typeof FATES)[number];

/** Number of a record within one import. */
export type RecordId = number;

export type LedgerCounts = Readonly<
  Record<RecordKind, { readonly read: number } & Readonly<Record<Fate, number>>>
>;

/** Thrown if the sums don't match: a bug in the program, never a fault of the export. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
}

const UNSETTLED = 255;
const FIRST_SIZE = 1024;

export class Ledger {
  #kinds = new Uint8Array(FIRST_SIZE);
  #fates = new Uint8Array(FIRST_SIZE).fill(UNSETTLED);
  #count = 0;
  readonly #reasons = new Map<string, number>();

  /** Registers a record that was read. */
  read(kind: RecordKind): RecordId {
    if (this.#count === this.#kinds.length) this.#grow();
    this.#kinds[this.#count] = RECORD_KINDS.indexOf(kind);
    return this.#count++;
  }

  /**
   * Sets the fate of a record.
   * @param reason why it was ignored, in a few words.
   * @throws LedgerError if the record doesn't exist or already has a fate.
   */
  settle(record: RecordId, fate: Exclude<Fate, "ignored">): void;
  settle(record: RecordId, fate: "ignored", reason: string): void;
  settle(record: RecordId, fate: Fate, reason = ""): void {
    if (record >= this.#count) throw new LedgerError(`There is no record ${record}`);
    if (this.#fates[record] !== UNSETTLED) throw new LedgerError(`Record ${record} is counted twice`);
    this.#fates[record] = FATES.indexOf(fate);
    if (fate !== "ignored") return;
    const key = `${this.#kindOf(record)}: ${reason}`;
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + 1);
  }

  isSettled(record: RecordId): boolean {
    return this.#fates[record] !== UNSETTLED;
  }

  /** Registers a record as ignored. */
  ignore(kind: RecordKind, reason: string): void {
    this.settle(this.read(kind), "ignored", reason);
  }

  /** Sets the fate of all given records that have none yet. */
  settleAll(records: readonly RecordId[], fate: Exclude<Fate, "ignored">): void {
    for (const record of records) if (!this.isSettled(record)) this.settle(record, fate);
  }

  /**
   * Counts by kind and fate.
   * @throws LedgerError if the fates of a kind don't add up to the records read.
   */
  close(): LedgerCounts {
    const counts = Object.fromEntries(
      RECORD_KINDS.map((kind) => [
        kind,
        { read: 0, written: 0, kept: 0, private: 0, spam: 0, raw: 0, ignored: 0 },
      ]),
    ) as Record<RecordKind, { read: number } & Record<Fate, number>>;
    for (let record = 0; record < this.#count; record++) {
      const count = counts[this.#kindOf(record)];
      count.read += 1;
      const fate = FATES[this.#fates[record] ?? UNSETTLED];
      if (fate !== undefined) count[fate] += 1;
    }
    for (const kind of RECORD_KINDS) {
      const count = counts[kind];
      const sum = FATES.reduce((total, fate) => total + count[fate], 0);
      if (sum !== count.read)
        throw new LedgerError(`Of ${count.read} records of the kind "${kind}" only ${sum} are accounted for`);
    }
    return counts;
  }

  /** Why records were ignored, the most frequent first. */
  reasons(): readonly { readonly reason: string; readonly count: number }[] {
    const entries = [...this.#reasons].map(([reason, count]) => ({ reason, count }));
    return entries.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }

  #kindOf(record: RecordId): RecordKind {
    return RECORD_KINDS[this.#kinds[record] ?? 0] ?? "entry";
  }

  #grow(): void {
    const kinds = new Uint8Array(this.#kinds.length * 2);
    kinds.set(this.#kinds);
    const fates = new Uint8Array(this.#fates.length * 2).fill(UNSETTLED);
    fates.set(this.#fates);
    this.#kinds = kinds;
    this.#fates = fates;
  }
}
