/**
 * Number of runs of a property test. The test suite uses the same few values every time (see `setup.ts`), so that
 * results are reproducible; `npm run bench -- properties` uses other and more values.
 */
export function propertyRuns(count: number): { readonly numRuns: number } {
  return { numRuns: count * Number(process.env["PROPERTY_TIMES"] ?? 1) };
}
