import * as z from "zod";

/** Steps of a build, in their order. */
export type BuildStep = "content" | "bodies" | "pages listed" | "files" | "rendered" | "saved" | "published";

/** Options of `backfence()` in `astro.config.mjs`. */
export const optionsSchema = z.strictObject({
  /** Folder of the author's content, from the project's root. The default is `content`. */
  contentDir: z.string().default("content"),
  /** ISO 8601 date and time that decides what is published, instead of the time of the build. */
  now: z.iso.datetime({ offset: true }).optional(),
  /** Called after each step of a build, with its name; for tests that stop a build there. */
  onStep: z.custom<(step: BuildStep) => void>((value) => typeof value === "function").default(() => () => {}),
});
export type BackfenceOptions = z.input<typeof optionsSchema>;
export type ResolvedOptions = z.output<typeof optionsSchema>;
