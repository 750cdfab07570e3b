import { didYouMean } from "../did-you-mean.ts";

/** Renamed cities, countries, abbreviations, and common Windows names of time zones. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  z: "UTC",
  kolkata: "Asia/Kolkata",
  kyiv: "Europe/Kyiv",
  mez: "Europe/Berlin",
  mesz: "Europe/Berlin",
  germany: "Europe/Berlin",
  deutschland: "Europe/Berlin",
  france: "Europe/Paris",
  italy: "Europe/Rome",
  india: "Asia/Kolkata",
  china: "Asia/Shanghai",
  uk: "Europe/London",
  "w._europe_standard_time": "Europe/Berlin",
  romance_standard_time: "Europe/Paris",
  gmt_standard_time: "Europe/London",
  eastern_standard_time: "America/New_York",
  central_standard_time: "America/Chicago",
  mountain_standard_time: "America/Denver",
  pacific_standard_time: "America/Los_Angeles",
  india_standard_time: "Asia/Kolkata",
  china_standard_time: "Asia/Shanghai",
  tokyo_standard_time: "Asia/Tokyo",
};

/** The IANA time zone meant by a text such as `Berlin`, `europe/berlin` or `Europe/Berlyn`; null if unknown. */
export function timeZoneMeant(value: string): string | null {
  const wanted = value.trim().replaceAll(/\s+/g, "_").toLowerCase();
  const known = OTHER_NAMES[wanted];
  if (known !== undefined) return known;
  const zones = Intl.supportedValuesOf("timeZone");
  const cities = new Map(zones.map((zone) => [zone.slice(zone.lastIndexOf("/") + 1).toLowerCase(), zone]));
  const offset = /^(?:gmt|utc)?([+-])0?(\d{1,2})(?::?00)?$/.exec(wanted);
  if (offset !== null) return `Etc/GMT${offset[1] === "+" ? "-" : "+"}${offset[2] ?? "0"}`;
  const city = cities.get(wanted);
  if (city !== undefined) return city;
  const near = didYouMean(wanted, zones);
  return near ?? cities.get(didYouMean(wanted, cities.keys()) ?? "") ?? null;
}
