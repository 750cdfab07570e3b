import { expect, test } from "vitest";
import { HUES, hueOf } from "./face-hue.ts";

test("a person has the same hue everywhere, and all hues are used", () => {
  expect(hueOf("https://ada.example/")).toBe(hueOf("https://ada.example/"));
  const hues = Array.from({ length: 400 }, (_, at) => hueOf(`https://person-${at}.example/`));
  const counts = Array.from({ length: HUES }, (_, hue) => hues.filter((one) => one === hue).length);
  for (const count of counts) expect(count).toBeGreaterThan(20);
});

test("people with the same initials differ by who they are", () => {
  const people = ["Noor Haddad", "Nell Hartigan", "Nils Holm", "Nora Hahn", "Ned Hughes"];
  const hues = people.map((name) => hueOf(`https://${name.toLowerCase().replace(" ", "-")}.example/`));
  expect(new Set(hues).size).toBeGreaterThan(2);
});
