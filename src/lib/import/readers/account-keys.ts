import type { ArchiveBuilder } from "../archive-builder.ts";
import type { RecordId } from "../ledger.ts";

export interface KeyRules {
  /** Keys that the reader uses. */
  readonly used: ReadonlySet<string>;
  /** Why other keys are left out. */
  readonly ignored?: Readonly<Record<string, string>>;
  /** Keys with personal addresses or secrets, which are never written. */
  readonly private?: ReadonlySet<string>;
}

export interface AccountedKeys {
  /** Keys that share the fate of the entry. */
  readonly parts: RecordId[];
  /** Records of unknown keys. */
  readonly stored: RecordId[];
  /** Values of the unknown keys, stored unchanged. */
  readonly raw: Record<string, string>;
}

/** Registers every key of a record that has a value in the ledger, and classifies the keys. */
export function accountKeys(
  record: Readonly<Record<string, unknown>>,
  { used, ignored = {}, private: secret }: KeyRules,
  { ledger }: ArchiveBuilder,
): AccountedKeys {
  const parts: RecordId[] = [];
  const stored: RecordId[] = [];
  const raw: Record<string, string> = {};
  for (const [key, value] of Object.entries(record)) {
    if (isEmpty(value)) continue;
    const reason = Object.hasOwn(ignored, key) ? ignored[key] : undefined;
    if (reason !== undefined) ledger.ignore("metadata key", reason);
    else if (secret?.has(key) === true) ledger.settle(ledger.read("metadata key"), "private");
    else if (used.has(key)) parts.push(ledger.read("metadata key"));
    else {
      stored.push(ledger.read("metadata key"));
      raw[key] = typeof value === "string" ? value : JSON.stringify(value);
    }
  }
  return { parts, stored, raw };
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
