import { UsageError, type CommandContext } from "./responses/command.ts";

/**
 * The date of `--now`, else the current time.
 * @throws UsageError when the text isn't an ISO date, or the day doesn't exist.
 */
export function nowOf(text: string | undefined, context: CommandContext): Date {
  return text === undefined ? context.now() : dateOf("now", text);
}

/**
 * Parses the date of an option.
 * @param option name without dashes, for the message.
 * @throws UsageError when the text isn't an ISO date, or the day doesn't exist.
 */
export function dateOf(option: string, text: string): Date {
  const date = new Date(text);
  const isDay = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const [day] = text.split("T");
  const isInCalendar = isDay && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(`${day}T`);
  if (!isInCalendar || Number.isNaN(date.getTime()))
    throw new UsageError(
      `--${option} can't be "${text}". Write a date such as 2026-05-01 or 2026-05-01T09:00:00Z`,
    );
  return date;
}
