import { expect, test } from "vitest";
import { authorIdFromName } from "./new-name.ts";

test.each([
  ["Élise Brandt", "elise-brandt"],
  ["Tomás Ibarra", "tomas-ibarra"],
  ["김민수", "김민수"],
  ["मीरा राव", "मीरा-राव"],
  ["مريم", "مريم"],
])("the file of the author %s is %s", (name, id) => {
  expect(authorIdFromName(name)).toBe(id);
});
