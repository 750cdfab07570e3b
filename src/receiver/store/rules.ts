/** The operator's rules for domains. A rule also applies to all subdomains. */
import { statement, textIn, type Database } from "./database.ts";

/** `block`: refused. `approve`: published immediately unless it looks like spam. `hold`: always needs approval. */
export const RULE_ACTIONS = ["block", "approve", "hold"] as const;

export type RuleAction = (typeof RULE_ACTIONS)[number];

export async function rulesOf(database: Database): Promise<ReadonlyMap<string, RuleAction>> {
  const rows = await database.all("SELECT domain, action FROM rule ORDER BY domain");
  return new Map(
    rows.flatMap((row) => {
      const action = RULE_ACTIONS.find((known) => known === textIn(row, "action"));
      return action === undefined ? [] : [[textIn(row, "domain"), action] as const];
    }),
  );
}

/** Sets or removes a rule. @param domain from {@link domainFrom}. @param action null removes the rule. */
export async function setRule(database: Database, domain: string, action: RuleAction | null): Promise<void> {
  if (action === null) await database.all("DELETE FROM rule WHERE domain = ?", domain);
  else
    await database.batch([
      statement("INSERT OR REPLACE INTO rule (domain, action) VALUES (?, ?)", domain, action),
    ]);
}

const MAX_DOMAIN = 253;
const LABEL = "(?!-)[a-z\\d_-]{1,63}(?<!-)";
const DOMAIN = new RegExp(`^(?:\\[[\\da-f:]+\\]|${LABEL}(?:\\.${LABEL})*)$`);

/** Normalizes a domain for comparison with hosts of responses: ASCII, without `www.`; null when it's invalid. */
export function domainFrom(text: string): string | null {
  if (/[\s/\\?#@]|:\d*$/.test(text)) return null;
  const host = URL.parse(`http://${text.replace(/\.$/, "")}/`)?.hostname.replace(/^www\./, "") ?? "";
  return host.length <= MAX_DOMAIN && DOMAIN.test(host) ? host : null;
}

/** The rule of a host, or of its closest parent domain with a rule. */
export function ruleFor(rules: ReadonlyMap<string, RuleAction>, host: string): RuleAction | null {
  const labels = host.toLowerCase().replace(/\.$/, "").split(".");
  for (let from = 0; from < labels.length; from++) {
    const action = rules.get(labels.slice(from).join("."));
    if (action !== undefined) return action;
  }
  return null;
}
