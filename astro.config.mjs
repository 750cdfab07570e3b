import { defineConfig } from "astro/config";
import backfence from "./src/index.ts";

export default defineConfig({
  integrations: [backfence()],
});
