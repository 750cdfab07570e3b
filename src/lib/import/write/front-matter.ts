import { Document, visit } from "yaml";

/** Keys with empty, false or undefined values are left out. */
export type FrontMatter = Readonly<Record<string, unknown>>;

/** A post or page with its front matter. */
export function withFrontMatter(head: FrontMatter, body: string): string {
  return `---\n${yamlText(head)}---\n\n${body === "" || body.endsWith("\n") ? body : `${body}\n`}`;
}

/** Data as YAML: short lists on one line, strings never wrapped. */
export function yamlText(data: FrontMatter): string {
  const present = Object.entries(data).filter(([, value]) => !isEmpty(value));
  const document = new Document(Object.fromEntries(present));
  visit(document, {
    Seq: (_key, node) => {
      node.flow = JSON.stringify(node.toJSON()).length < 80;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}
