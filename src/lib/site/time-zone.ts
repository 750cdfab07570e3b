import { didYouMean } from "../did-you-mean.ts";

/** The IANA zone that a text such as `Berlin`, `europe/berlin` or `Europe/Berlyn` means; null when there's no telling. */
export function timeZoneMeant(value: string): string | null {
  const wanted = value.trim().replaceAll(/\s+/g, "_").toLowerCase();
  const zones = Intl.supportedValuesOf("timeZone");
  const cities = new Map(zones.map((zone) => [zone.slice(zone.lastIndexOf("/") + 1).toLowerCase(), zone]));
  const offset = /^(?:gmt|utc)?([+-])0?(\d{1,2})(?::?00)?$/.exec(wanted);
  if (offset !== null) return `Etc/GMT${offset[1] === "+" ? "-" : "+"}${offset[2] ?? "0"}`;
  const city = cities.get(wanted);
  if (city !== undefined) return city;
  const near = didYouMean(wanted, zones);
  return near ?? cities.get(didYouMean(wanted, cities.keys()) ?? "") ?? null;
}
