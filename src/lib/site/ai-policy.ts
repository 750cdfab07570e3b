import type { Settings } from "./settings.ts";

/** Crawlers that collect texts for training, by the names that their operators publish for robots.txt. */
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

/** Crawlers that fetch texts for answers. */
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

/** The value of `Content-Signal` (https://contentsignals.org), null when the author states nothing. */
export function contentSignal(ai: Settings["ai"]): string | null {
  if (ai === null) return null;
  const input = ai === "disallow" ? "no" : "yes";
  const training = ai === "allow" ? "yes" : "no";
  return `search=yes, ai-input=${input}, ai-train=${training}`;
}

/** The crawlers that robots.txt asks to stay away. */
export function refusedCrawlers(ai: Settings["ai"]): readonly string[] {
  if (ai === "disallow") return [...TRAINING_CRAWLERS, ...ANSWER_CRAWLERS];
  return ai === "no-training" ? TRAINING_CRAWLERS : [];
}
