import type * as z from "zod";

/**
 * Zod check for a string schema that suggests a corrected value.
 * @param expected completes "`key` should be …".
 * @param meant returns the value that was probably intended, or null if unknown.
 */
export function expectValue(
  isRight: (value: string) => boolean,
  expected: string,
  meant: (value: string) => string | null,
): (payload: z.core.ParsePayload<string>) => void {
  return ({ value, issues }) => {
    if (isRight(value)) return;
    const fix = meant(value);
    const params = fix === null || !isRight(fix) ? {} : { fix };
    issues.push({ code: "custom", input: value, message: expected, params });
  };
}
