import { expect, test } from "vitest";
import { Coverage, type Placement } from "./coverage.ts";
import { outlineOf } from "./outline.ts";
import { strokeOf } from "./stroke.ts";

const AS_IS: Placement = { x: 0, y: 0, scaleX: 1, scaleY: 1 };

function shares(...paths: readonly string[]): number[] {
  const coverage = new Coverage(4, 3);
  for (const path of paths) coverage.add(outlineOf(path), AS_IS);
  return drained(coverage);
}

function drained(coverage: Coverage): number[] {
  const result = Array.from({ length: 12 }, () => 0);
  coverage.drain((pixel, share) => (result[pixel] = Math.round(share * 1000) / 1000));
  return result;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

test("a pixel is covered by as much of it as lies within the outline", () => {
  expect(shares("M0.5 0.25L2 0.25L2 1L0.5 1Z")).toEqual([0.375, 0.75, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(sum(shares("M0 0L4 0L0 3Z"))).toBeCloseTo(6, 2);
});

test("letters that overlap don't cancel each other out", () => {
  const square = "M1 1L3 1L3 2L1 2Z";
  expect(shares(square, square)).toEqual(shares(square));
});

test("the inside of an O stays empty", () => {
  expect(shares("M0 0L4 0L4 3L0 3ZM1 1L1 2L3 2L3 1Z")).toEqual([1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1]);
});

test("what lies outside of the picture is cut off", () => {
  expect(shares("M-9 -9L9 -9L9 9L-9 9Z")).toEqual(Array.from({ length: 12 }, () => 1));
  expect(shares("M5 0L9 0L9 3L5 3Z")).toEqual(Array.from({ length: 12 }, () => 0));
});

test("curves cover the area under them", () => {
  expect(Math.abs(sum(shares("M0 3Q2 0 4 3Z")) - 4)).toBeLessThan(0.2);
  expect(Math.abs(sum(shares("M0 3C0 0 4 0 4 3Z")) - 7.2)).toBeLessThan(0.2);
});

test("each drawing begins with an empty sheet", () => {
  const coverage = new Coverage(4, 3);
  coverage.add(outlineOf("M0 0L4 0L4 3L0 3Z"), AS_IS);
  drained(coverage);
  expect(sum(drained(coverage))).toBe(0);
});

test("a pen line is as wide as the pen", () => {
  const coverage = new Coverage(4, 3);
  coverage.add(strokeOf(outlineOf("M0 1.5L4 1.5"), 1), AS_IS);
  expect(drained(coverage)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0]);
});
