import { expect, test } from "vitest";
import { printable, printableLine } from "./printable.ts";
import { table } from "./table.ts";

test("a C1 control character or a bidi override in an answer can't reach the terminal", () => {
  expect(printable("a\u009B31mb\u202Ec")).toBe("a\\u009b31mb\\u202ec");
  expect(JSON.parse(printable(JSON.stringify({ name: "a\u009Bb" })))).toEqual({ name: "a\u009Bb" });
});

test("an escape sequence or a line break can't leave its cell", () => {
  expect(printableLine("a\u001B[2Kb\nc")).toBe("a\\u001b[2Kb\\u000ac");
  expect(table(["who"], [["x\n::error::y"]]).split("\n")).toHaveLength(3);
});
