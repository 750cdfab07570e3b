const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

/** Formats a number for a language; as a percentage if the unit is `%`. */
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
 * Formats a date with the precision it was written in: `2011` is a year, `2011-07` a month, and a timestamp the day in
 * its own time zone. Doesn't depend on the machine's time zone.
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

/** Whether a text is an existing year, month or day, or a timestamp with a time zone. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [, month, day] = text.slice(0, 10).split("-");
  const instant = new Date(text.length <= 10 ? text : text.slice(0, 10));
  if (Number.isNaN(instant.getTime())) return false;
  if (text.length > 10 && Number.isNaN(new Date(text).getTime())) return false;
  if (day !== undefined && instant.getUTCDate() !== Number(day)) return false;
  return month === undefined || instant.getUTCMonth() === Number(month) - 1;
}
