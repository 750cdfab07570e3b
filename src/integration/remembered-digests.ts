const MODULE = /\/astro\/dist\/core\/encryption\.js$/;
const DECLARATION = "async function generateCspDigest(";

/**
 * Vite plugin that has Astro work out each digest for the Content Security Policy once. Astro asks for those of a
 * route's scripts and styles anew for every page, each a task for the thread pool: a fifth of a large build.
 */
export function rememberedDigests(): {
  name: string;
  transform: {
    filter: { id: RegExp };
    handler(code: string, id: string): { code: string; map: null };
  };
} {
  return {
    name: "backfence:remembered-digests",
    transform: {
      filter: { id: MODULE },
      handler(code, id) {
        if (!code.includes(DECLARATION)) throw new Error(`${id} has changed: see ${import.meta.filename}`);
        return { code: code.replace(DECLARATION, "async function digestNow(") + REMEMBERED, map: null };
      },
    },
  };
}

const REMEMBERED = `
const digests = new Map();
function generateCspDigest(data, algorithm) {
  const key = algorithm + data;
  const digest = digests.get(key) ?? digestNow(data, algorithm);
  digests.set(key, digest);
  return digest;
}
`;
