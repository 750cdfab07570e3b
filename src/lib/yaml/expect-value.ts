import type * as z from "zod";

/**
 * A check for a schema of text, with a correction of what was written.
 * @param expected completes "`key` should be …".
 * @param meant the value that was probably meant, or null when there's no telling.
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
