import { expect, test } from "vitest";
import { distinctHues, HUES, hueOf } from "./face-hue.ts";

test("a person has the same hue everywhere, and all hues are used", () => {
  expect(hueOf("https://ada.example/")).toBe(hueOf("https://ada.example/"));
  const hues = Array.from({ length: 400 }, (_, at) => hueOf(`https://person-${at}.example/`));
  const counts = Array.from({ length: HUES }, (_, hue) => hues.filter((one) => one === hue).length);
  for (const count of counts) expect(count).toBeGreaterThan(20);
});

test("people with the same initials get hues by their identity", () => {
  const people = ["Noor Haddad", "Nell Hartigan", "Nils Holm", "Nora Hahn", "Ned Hughes"];
  const hues = people.map((name) => hueOf(`https://${name.toLowerCase().replace(" ", "-")}.example/`));
  expect(new Set(hues).size).toBeGreaterThan(2);
});

test("eight people with the same initials have different hues on a page, and each person always the same", () => {
  const people = Array.from({ length: 8 }, (_, at) => `https://nh-${at}.example/`);
  expect(new Set(people.map(hueOf)).size).toBeLessThan(8);
  const hueFor = distinctHues();
  const hues = people.map((person) => hueFor(person, "NH"));
  expect(new Set(hues).size).toBe(8);
  expect(people.map((person) => hueFor(person, "NH"))).toEqual(hues);
  expect(hueFor("https://ada.example/", "AL")).toBe(hueOf("https://ada.example/"));
});
