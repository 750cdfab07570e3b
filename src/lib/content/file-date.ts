/** Dates in the names of files and their folders, as used by Jekyll, Hugo, Hexo and Eleventy. */

const DATE_IN_PATH = /(?:^|\/)(\d{4})[-_/](\d{1,2})[-_/](\d{1,2})(?=[-_/. ]|$)/;
const DATE_BEFORE_NAME = /^\d{4}[-_]\d{1,2}[-_]\d{1,2}[-_ ]+(?=.*\p{L})/u;

/**
 * The day in a path such as `2024-01-01-title.md` or `2024/01/01/title.md`; null if there is none.
 * @param file path from the project's root.
 */
export function dateInPath(file: string): string | null {
  const path = file.replace(/^.*?\/(?:posts|notes|pages)\//, "");
  return dateInAddress(path);
}

/** The day in an address such as `/2024/01/01/title/`; null if there is none. */
export function dateInAddress(address: string): string | null {
  const [, year, month, day] = DATE_IN_PATH.exec(address) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return isDay ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : null;
}

/** Guesses a day from any part of a file's name (`20240101-title.md`), or of its folder's for `index.md`. */
export function dayInName(file: string): string | null {
  const name = file.replace(/\/index\.\w+$/, "").split("/").at(-1) ?? "";
  const [, year = "", month = "", day = ""] = /(?<!\d)((?:19|20)\d{2})([01]\d)([0-3]\d)(?!\d{3})/.exec(name) ?? [];
  return dateInAddress(year === "" ? name.replace(/^.*?(?=(?:19|20)\d{2}[-_.]\d)/, "") : `${year}-${month}-${day}`);
}

/** Removes the date at the start of a name. A name that is only a date stays unchanged. */
export function withoutDate(name: string): string {
  return name.replace(DATE_BEFORE_NAME, "");
}
