import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuClock } from "../../../tests/support/cpu-clock.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { parseDate } from "./dates.ts";

const ZONE = "Europe/Berlin";

function read(text: string): string {
  const parsed = parseDate(text, ZONE);
  return parsed.isValid ? parsed.instant : parsed.problem;
}

describe("a date in another program's format is read as its author meant it", () => {
  test.each([
    ["2024/03/05", "2024-03-04T23:00:00.000Z"],
    ["2024.03.05", "2024-03-04T23:00:00.000Z"],
    ["20240305", "2024-03-04T23:00:00.000Z"],
    ["2019-12-2", "2019-12-01T23:00:00.000Z"],
    ["2015-12-2T14:10:00+03:00", "2015-12-02T11:10:00.000Z"],
    ["2024-03-05 9:05:00", "2024-03-05T08:05:00.000Z"],
    ["2024-03-05 9:05 PM", "2024-03-05T20:05:00.000Z"],
    ["2024-03-05 12:00 am", "2024-03-04T23:00:00.000Z"],
    ["2010-10-22 11:33:15 -0400", "2010-10-22T15:33:15.000Z"],
    ["2012-09-15 19:52:05 UTC", "2012-09-15T19:52:05.000Z"],
    ["2024-03-05T10:00:00.123456789Z", "2024-03-05T10:00:00.123Z"],
    ["2013-7-3 20:46:25", "2013-07-03T18:46:25.000Z"],
    ["Jul 08 2022", "2022-07-07T22:00:00.000Z"],
    ["July 8th, 2022", "2022-07-07T22:00:00.000Z"],
    ["08 July 2022", "2022-07-07T22:00:00.000Z"],
    ["15 Oct 2023", "2023-10-14T22:00:00.000Z"],
    ["8-Jul-2022", "2022-07-07T22:00:00.000Z"],
    ["March 5, 2026 10:30", "2026-03-05T09:30:00.000Z"],
    ["5. März 2024", "2024-03-04T23:00:00.000Z"],
    ["5 de marzo de 2024", "2024-03-04T23:00:00.000Z"],
    ["1er janvier 2024", "2023-12-31T23:00:00.000Z"],
    ["Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05T10:00:00.000Z"],
    ["Tue, 5 Mar 2024 10:00:00 -0500", "2024-03-05T15:00:00.000Z"],
    ["Tue, 05 Mar 2024 10:00 EST", "2024-03-05T15:00:00.000Z"],
    ["Sat Jul 08 2022 10:00:00 GMT+0200 (Central European Summer Time)", "2022-07-08T08:00:00.000Z"],
    ["Tue Mar  5 10:11:12 CET 2024", "2024-03-05T09:11:12.000Z"],
    ["05.03.2024", "2024-03-04T23:00:00.000Z"],
    ["2024–03–05", "2024-03-04T23:00:00.000Z"],
    ["2024\u201103\u201105 10:00", "2024-03-05T09:00:00.000Z"],
    ["\uFF12\uFF10\uFF12\uFF14/\uFF10\uFF13/\uFF10\uFF15", "2024-03-04T23:00:00.000Z"],
    ["[[2024-03-05]]", "2024-03-04T23:00:00.000Z"],
    ["2024-03-05;", "2024-03-04T23:00:00.000Z"],
    ["5. 3. 2024", "2024-03-04T23:00:00.000Z"],
    ["13/04/2024", "2024-04-12T22:00:00.000Z"],
    ["04/13/2024", "2024-04-12T22:00:00.000Z"],
    ["05/05/2024", "2024-05-04T22:00:00.000Z"],
    ["2024年3月5日", "2024-03-04T23:00:00.000Z"],
    ["2024년 3월 5일 10:30", "2024-03-05T09:30:00.000Z"],
    ["2024-W10-2", "2024-03-04T23:00:00.000Z"],
    ["2020-W53-5", "2020-12-31T23:00:00.000Z"],
    ["2024-03-05T10:00:00[America/New_York]", "2024-03-05T15:00:00.000Z"],
    ["2024-03-05T10:00:00+01:00[Europe/Berlin]", "2024-03-05T09:00:00.000Z"],
    ["2024-03-05 10:00 Asia/Tokyo", "2024-03-05T01:00:00.000Z"],
    ["20240305T101112Z", "2024-03-05T10:11:12.000Z"],
    ["20240305101112", "2024-03-05T09:11:12.000Z"],
    ["2024-065", "2024-03-04T23:00:00.000Z"],
    ["2024-03-05-10-11-12", "2024-03-05T09:11:12.000Z"],
    ["2024/03/05/", "2024-03-04T23:00:00.000Z"],
    ["10:30 2024-03-05", "2024-03-05T09:30:00.000Z"],
    ["5th of March 2024", "2024-03-04T23:00:00.000Z"],
    ["2024 Mar 5", "2024-03-04T23:00:00.000Z"],
    ["2024-Mar-05 10:00", "2024-03-05T09:00:00.000Z"],
    ["2024, March 5", "2024-03-04T23:00:00.000Z"],
    ["5 marca 2024", "2024-03-04T23:00:00.000Z"],
    ["5 марта 2024 г.", "2024-03-04T23:00:00.000Z"],
    ["5 mars 2024", "2024-03-04T23:00:00.000Z"],
    ["5. maaliskuuta 2024", "2024-03-04T23:00:00.000Z"],
    ["2024-03-05 22:00 PM", "2024-03-05T21:00:00.000Z"],
  ])("%s", (text, instant) => {
    expect(read(text)).toBe(instant);
  });
});

test("an ambiguous day and month are rejected with both readings", () => {
  expect(parseDate("03/04/2024", ZONE)).toEqual({
    isValid: false,
    problem: "ambiguous",
    readings: ["2024-04-03", "2024-03-04"],
  });
  expect(read("03-04-2024 10:00")).toBe("ambiguous");
});

test("a time zone that doesn't exist, or is given only in words, is never ignored", () => {
  expect(read("2024-03-05 10:00 [Europe/Berlyn]")).toBe("format");
  expect(read("2024-03-05 10:00 (Central European Time)")).toBe("format");
  expect(read("2024-03-05 10:00 +25:00")).toBe("calendar");
});

test.each([
  ["05.03.24", ["2024-03-05"]],
  ["03/05/98", ["1998-03-05", "1998-05-03"]],
  ["24-03-05", ["2024-03-05", "2005-03-24"]],
  ["3/25/24", ["2024-03-25"]],
])("a year of two digits is refused with the days that it can mean: %s", (text, readings) => {
  expect(parseDate(text, ZONE)).toEqual({ isValid: false, problem: "short-year", readings });
});

test("a month without a day is rejected, and a day that doesn't exist is rejected with the nearest one", () => {
  expect(parseDate("2024-03", ZONE)).toEqual({ isValid: false, problem: "partial", first: "2024-03-01" });
  expect(parseDate("March 2024", ZONE)).toEqual({ isValid: false, problem: "partial", first: "2024-03-01" });
  expect(parseDate("2026-02-30", ZONE)).toMatchObject({ problem: "calendar", nearest: "2026-02-28" });
  expect(parseDate("2026-13-05", ZONE)).toMatchObject({ problem: "calendar", nearest: "2026-05-13" });
  expect(read("30 Feb 2024")).toBe("calendar");
  expect(read("2023-366")).toBe("format");
  expect(read("2024-03-05 13:00 AM")).toBe("calendar");
  expect(read("5 Mumble 2024")).toBe("format");
});

test("any text is a date or a problem, and a parsed date parses to itself", () => {
  const sign = fc.constantFrom(..."0123456789-/.:TZ +,", "Jan", "May", "2024", "GMT", " am", "März");
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 14 }), (signs) => {
      const parsed = parseDate(signs.join(""), ZONE);
      if (parsed.isValid) expect(read(parsed.instant)).toBe(parsed.instant);
    }),
    propertyRuns(3000),
  );
});

test("even very long texts are rejected quickly", () => {
  const spentMs = cpuClock();
  for (const sign of ["1", "a", " ", "1-", "de ", "1:", "(", "1st "]) read(sign.repeat(20_000));
  expect(spentMs()).toBeLessThan(2000);
});
