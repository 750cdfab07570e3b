import { defineConfig } from "astro/config";
import backfence from "backfence";

// Title, address, language and everything else about the blog: content/site.yaml.
export default defineConfig({
  integrations: [backfence()],
});
