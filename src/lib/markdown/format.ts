const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

/** A number as the language writes it; with unit `%` as a percentage. */
export function formatNumber(value: number, lang: string, unit = ""): string {
  const isPercent = unit === "%";
  const key = `${lang} ${isPercent}`;
  let format = numbers.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(lang, {
      style: isPercent ? "percent" : "decimal",
      maximumFractionDigits: isPercent ? 2 : 4,
    });
    numbers.set(key, format);
  }
  if (isPercent) return format.format(value / 100);
  return unit === "" ? format.format(value) : `${format.format(value)}\u00a0${unit}`;
}

/**
 * A date as precise as it was written: `2011` stays a year, `2011-07` a month, an instant becomes the day it was
 * where it was written. Never depends on the machine's zone.
 */
export function formatDate(date: string, lang: string): string {
  const [year = "", month, day] = date.slice(0, 10).split("-");
  const precision = day !== undefined ? "day" : month !== undefined ? "month" : "year";
  const key = `${lang} ${precision}`;
  let format = dates.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(lang, {
      timeZone: "UTC",
      calendar: "gregory",
      year: "numeric",
      ...(precision === "year" ? {} : { month: "long" }),
      ...(precision === "day" ? { day: "numeric" } : {}),
    });
    dates.set(key, format);
  }
  return format.format(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
}

const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;

/** Whether a text is a year, a month, a day or an instant with its zone, and exists in the calendar. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [, month, day] = text.slice(0, 10).split("-");
  const instant = new Date(text.length <= 10 ? text : text.slice(0, 10));
  if (Number.isNaN(instant.getTime())) return false;
  if (text.length > 10 && Number.isNaN(new Date(text).getTime())) return false;
  if (day !== undefined && instant.getUTCDate() !== Number(day)) return false;
  return month === undefined || instant.getUTCMonth() === Number(month) - 1;
}
