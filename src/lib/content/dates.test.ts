import { spawnSync } from "node:child_process";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import {
  dayInZone,
  exactOffset,
  isoInZone,
  parseDate,
  partsInZone,
} from "./dates.ts";

function instantOf(text: string, zone: string | null): string {
  const parsed = parseDate(text, zone);
  return parsed.isValid ? parsed.instant : parsed.problem;
}

describe("a date that an author wrote", () => {
  test("with a zone, it means the same instant whatever the site's zone", () => {
    for (const zone of ["Europe/Berlin", "Pacific/Auckland", null]) {
      expect(instantOf("2011-11-10T09:30:00-05:00", zone)).toBe("2011-11-10T14:30:00.000Z");
      expect(instantOf("2011-11-10 09:30 +0530", zone)).toBe("2011-11-10T04:00:00.000Z");
      expect(instantOf("2011-11-10T09:30Z", zone)).toBe("2011-11-10T09:30:00.000Z");
      expect(instantOf("2011-11-10t09:30:15.25z", zone)).toBe("2011-11-10T09:30:15.250Z");
    }
  });

  test("without a zone it's in the site's zone, summer and winter", () => {
    expect(instantOf("2011-11-10", "Europe/Berlin")).toBe("2011-11-09T23:00:00.000Z");
    expect(instantOf("2011-07-10", "Europe/Berlin")).toBe("2011-07-09T22:00:00.000Z");
    expect(instantOf("2011-11-10 09:30", "America/New_York")).toBe("2011-11-10T14:30:00.000Z");
    expect(instantOf("2011-11-10T09:30:00", "Asia/Kathmandu")).toBe("2011-11-10T03:45:00.000Z");
  });

  test("a time skipped by a clock change is moved forward by the length of the gap", () => {
    expect(instantOf("2024-03-31 02:30", "Europe/Berlin")).toBe("2024-03-31T01:30:00.000Z");
    expect(instantOf("2024-10-06 02:15", "Australia/Lord_Howe")).toBe("2024-10-05T15:45:00.000Z");
  });

  test("a time that occurs twice means the first occurrence", () => {
    expect(instantOf("2024-10-27 02:30", "Europe/Berlin")).toBe("2024-10-27T00:30:00.000Z");
    expect(instantOf("2024-11-03 01:30", "America/New_York")).toBe("2024-11-03T05:30:00.000Z");
  });

  test("a day whose midnight is skipped, or that is skipped entirely, begins at the first instant after the gap", () => {
    expect(instantOf("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z");
    expect(instantOf("2011-12-30", "Pacific/Apia")).toBe("2011-12-30T10:00:00.000Z");
  });

  test("each kind of invalid date is recognized: format, calendar, missing zone", () => {
    for (const text of [
      "",
      "soon",
      "45678",
      "03-05",
      "1320884400",
    ]) {
      expect(instantOf(text, "UTC"), text).toBe("format");
    }
    for (const text of [
      "2023-02-29",
      "2011-13-01",
      "2011-00-10",
      "2011-04-31",
      "2011-11-10 24:00",
      "0000-01-01",
    ]) {
      expect(instantOf(text, "UTC"), text).toBe("calendar");
    }
    expect(instantOf("10.11.11", "UTC")).toBe("short-year");
    expect(instantOf("2011-11-10", null)).toBe("zone");
  });

  test("any instant written with its offset parses to itself, in every zone", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    const moments = fc.date({
      min: new Date("1975-01-01"),
      max: new Date("2037-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const instant = new Date(Math.floor(moment.getTime() / 1000) * 1000).toISOString();
        expect(instantOf(isoInZone(instant, zone), null)).toBe(instant);
      }),
    );
  });

  test("cached offsets are right in every zone", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    const moments = fc.date({
      min: new Date("1900-01-01"),
      max: new Date("2037-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const wall = new Date(moment.getTime() + exactOffset(moment.getTime(), zone)).toISOString();
        const { year, month, day, hour, minute } = partsInZone(moment.toISOString(), zone);
        expect(`${year}-${month}-${day}T${hour}:${minute}`).toBe(wall.slice(0, 16));
      }),
      propertyRuns(300),
    );
  });
});

describe("a date that a reader sees", () => {
  test("the day is in the site's zone, not in UTC", () => {
    expect(dayInZone("2011-11-09T23:30:00.000Z", "Europe/Berlin")).toBe("2011-11-10");
    expect(dayInZone("2011-11-09T23:30:00.000Z", null)).toBe("2011-11-09");
    expect(isoInZone("2011-11-09T23:30:00.000Z", "Europe/Berlin")).toBe("2011-11-10T00:30:00+01:00");
    expect(isoInZone("2011-11-09T23:30:00.000Z", "America/St_Johns")).toBe("2011-11-09T20:00:00-03:30");
    expect(isoInZone("2011-11-09T23:30:00.000Z", null)).toBe("2011-11-09T23:30:00Z");
  });
});

test("the machine's zone and language have no effect", () => {
  const script = `
    import { dayInZone, isoInZone, parseDate } from ${JSON.stringify(path.join(import.meta.dirname, "dates.ts"))};
    const { instant } = parseDate("2024-03-31 02:30", "Europe/Berlin");
    console.log(JSON.stringify([instant, dayInZone(instant, "Asia/Tokyo"), isoInZone(instant, null)]));
  `;
  const outputs = ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"].map((zone) => {
    const env = { ...process.env, TZ: zone, LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", script], {
      env,
      encoding: "utf8",
    });
    return stdout + stderr;
  });
  expect(new Set(outputs)).toEqual(
    new Set(['["2024-03-31T01:30:00.000Z","2024-03-31","2024-03-31T01:30:00Z"]\n']),
  );
});
