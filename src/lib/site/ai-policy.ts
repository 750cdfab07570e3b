import type { Settings } from "./settings.ts";

/** User agents of crawlers that collect texts for training, as their operators publish them for robots.txt. */
const TRAINING_CRAWLERS = [
  "Amazonbot",
  "Applebot-Extended",
  "Bytespider",
  "CCBot",
  "ClaudeBot",
  "GPTBot",
  "Google-Extended",
  "cohere-training-data-crawler",
  "meta-externalagent",
];

/** User agents of crawlers that fetch texts for answers. */
const ANSWER_CRAWLERS = [
  "ChatGPT-User",
  "Claude-SearchBot",
  "Claude-User",
  "DuckAssistBot",
  "MistralAI-User",
  "OAI-SearchBot",
  "Perplexity-User",
  "PerplexityBot",
  "meta-externalfetcher",
];

/** The value of `Content-Signal` (https://contentsignals.org); null if the setting `ai` is unset. */
export function contentSignal(ai: Settings["ai"]): string | null {
  if (ai === null) return null;
  const input = ai === "disallow" ? "no" : "yes";
  const training = ai === "allow" ? "yes" : "no";
  return `search=yes, ai-input=${input}, ai-train=${training}`;
}

/** User agents of the crawlers that robots.txt disallows. */
export function refusedCrawlers(ai: Settings["ai"]): readonly string[] {
  if (ai === "disallow") return [...TRAINING_CRAWLERS, ...ANSWER_CRAWLERS];
  return ai === "no-training" ? TRAINING_CRAWLERS : [];
}
