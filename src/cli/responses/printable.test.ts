import { expect, test } from "vitest";
import { printable, printableLine } from "./printable.ts";
import { table } from "./table.ts";

test("C1 control characters and bidi overrides in answers don't reach the terminal", () => {
  expect(printable("a\u009B31mb\u202Ec")).toBe("a\\u009b31mb\\u202ec");
  expect(JSON.parse(printable(JSON.stringify({ name: "a\u009Bb" })))).toEqual({ name: "a\u009Bb" });
});

test("escape sequences and line breaks in a table cell are escaped", () => {
  expect(printableLine("a\u001B[2Kb\nc")).toBe("a\\u001b[2Kb\\u000ac");
  expect(table(["who"], [["x\n::error::y"]]).split("\n")).toHaveLength(3);
});
