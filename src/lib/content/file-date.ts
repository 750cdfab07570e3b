/** The date in the name of a file or of the folders around it, as Jekyll, Hugo, Hexo and Eleventy have it. */

const DATE_IN_PATH = /(?:^|\/)(\d{4})[-_/](\d{1,2})[-_/](\d{1,2})(?=[-_/. ]|$)/;
const DATE_BEFORE_NAME = /^\d{4}[-_]\d{1,2}[-_]\d{1,2}[-_ ]+(?=.*\p{L})/u;

/**
 * The day that a path names: `2024-01-01-title.md`, `2024/01/01/title.md`. Null when there is none.
 * @param file path from the project's root.
 */
export function dateInPath(file: string): string | null {
  const path = file.replace(/^.*?\/(?:posts|notes|pages)\//, "");
  return dateInAddress(path);
}

/** The day in an address such as `/2024/01/01/title/`; null when there is none. */
export function dateInAddress(address: string): string | null {
  const [, year, month, day] = DATE_IN_PATH.exec(address) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return isDay ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : null;
}

/** A day anywhere in the name of a file or of its folder, such as `20240101-title.md`: a guess. */
export function dayInName(file: string): string | null {
  const name = file.replace(/\/index\.\w+$/, "").split("/").at(-1) ?? "";
  const [, year = "", month = "", day = ""] = /(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d{3})/.exec(name) ?? [];
  return dateInAddress(year === "" ? name.replace(/^.*?(?=(?:19|20)\d{2}[-_.]\d)/, "") : `${year}-${month}-${day}`);
}

/** A name without the date before it; a name that is only a date stays. */
export function withoutDate(name: string): string {
  return name.replace(DATE_BEFORE_NAME, "");
}
