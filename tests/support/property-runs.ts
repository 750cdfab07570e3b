/**
 * Number of runs of a property. The suite tries the same few values every time (see `setup.ts`), so that a test that
 * passes goes on passing; `npm run bench -- properties` tries others, and more of them.
 */
export function propertyRuns(count: number): { readonly numRuns: number } {
  return { numRuns: count * Number(process.env["PROPERTY_TIMES"] ?? 1) };
}
