import { expect, test } from "vitest";
import { withCompiledPaths } from "./compiled-paths.ts";

test.each([
  ['import { a } from "../lib/a.ts";', 'import { a } from "../lib/a.js";'],
  ['new URL("./read-worker.ts", import.meta.url)', 'new URL("./read-worker.js", import.meta.url)'],
  ['import.meta.glob("../i18n/??.ts")', 'import.meta.glob("../i18n/??.js")'],
  ["import url from './x.ts?url';", "import url from './x.js?url';"],
  ['<script src="./theme.ts"></script>', '<script src="./theme.js"></script>'],
])("%s points to compiled code in the package", (code, compiled) => {
  expect(withCompiledPaths(code)).toBe(compiled);
});

test.each(['/// <reference path="./virtual.d.ts" />', 'const name = "a.ts";', 'import "./look.css";'])(
  "%s isn't changed",
  (code) => {
    expect(withCompiledPaths(code)).toBe(code);
  },
);
