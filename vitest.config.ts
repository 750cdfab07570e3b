import { defineConfig } from "vitest/config";

const shared = { testTimeout: 180_000, hookTimeout: 900_000, maxWorkers: 2 };

/** `unit` needs nothing; `site` builds the demo blog once and looks at it, in a browser too. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["src/**/*.test.ts", "bench/**/*.test.ts", "tests/*.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "site",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/support/global-setup.ts"],
        },
      },
    ],
  },
});
