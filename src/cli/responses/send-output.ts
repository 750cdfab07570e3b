import type { PlannedSend, SendPlan } from "../../lib/protocols/plan-sends.ts";
import type { SendReport } from "../../lib/protocols/run-sends.ts";
import { table } from "./table.ts";

/** The notifications that a run without `--dry-run` would send. */
export function planAsText({ sends, waiting }: SendPlan): string {
  const rows = sends.map(({ path, target, reason }) => [path, target, reason]);
  return `${table(["post", "target", "why"], rows)}${count(sends.length, "notification")} due${waitingText(waiting)}.\n`;
}

export function planAsJson({ sends, waiting }: SendPlan): string {
  return asJson({ due: sends.map(named), waiting });
}

/** Result of each notification, and the number left for the next run. */
export function reportsAsText(reports: readonly SendReport[], { waiting }: SendPlan, left: number): string {
  const rows = reports.map(({ send, outcome, protocol, message, next }) => [
    send.path,
    send.target,
    send.reason,
    outcome,
    protocol ?? "-",
    next === null ? message : `${message} (next try ${next.slice(0, 16).replace("T", " ")} UTC)`,
  ]);
  const accepted = reports.filter(({ outcome }) => outcome === "accepted").length;
  const more = left > 0 ? `, ${left} left for the next run` : "";
  return `${table(["post", "target", "why", "result", "protocol", ""], rows)}${count(accepted, "notification")} accepted, ${reports.length - accepted} not${more}${waitingText(waiting)}.\n`;
}

export function reportsAsJson(reports: readonly SendReport[], { waiting }: SendPlan, left: number): string {
  const results = reports.map(({ send, ...report }) => ({ ...named(send), ...report }));
  return asJson({ results, left, waiting });
}

function named({ source, target, reason }: PlannedSend) {
  return { source, target, reason };
}

function waitingText(waiting: number): string {
  return waiting > 0 ? `, ${waiting} waiting for their next try` : "";
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

function asJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
