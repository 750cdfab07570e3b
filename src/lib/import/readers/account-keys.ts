import type { ArchiveBuilder } from "../archive-builder.ts";
import type { RecordId } from "../ledger.ts";

export interface KeyRules {
  /** Keys that the reader uses. */
  readonly used: ReadonlySet<string>;
  /** Why other keys are left out. */
  readonly ignored?: Readonly<Record<string, string>>;
  /** Keys that hold addresses or secrets of people, and are never written. */
  readonly private?: ReadonlySet<string>;
}

export interface AccountedKeys {
  /** Keys that share the fate of the entry. */
  readonly parts: RecordId[];
  /** Keys without a meaning here. */
  readonly stored: RecordId[];
  /** Their values, stored as they are. */
  readonly raw: Record<string, string>;
}

/** Notes every key of a record that has a value, and sorts them by what they mean here. */
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
