import { commentSafe, escapeXml } from "../escape.ts";

/**
 * The RDF block in which a TrackBack client finds the ping address of a post, in an HTML comment
 * (TrackBack 1.2, "AutoDiscovery of TrackBack Ping URLs").
 */
export function trackbackRdf(post: {
  readonly title: string;
  readonly url: string;
  readonly address: string;
}): string {
  return [
    "<!--",
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"',
    '  xmlns:dc="http://purl.org/dc/elements/1.1/"',
    '  xmlns:trackback="http://madskills.com/public/xml/rss/module/trackback/">',
    `<rdf:Description rdf:about="${attribute(post.url)}" dc:identifier="${attribute(post.url)}"`,
    `  dc:title="${attribute(post.title)}" trackback:ping="${attribute(post.address)}" />`,
    "</rdf:RDF>",
    "-->",
  ].join("\n");
}

/** Escapes a value for an XML attribute inside an HTML comment. */
function attribute(value: string): string {
  return commentSafe(escapeXml(value));
}
