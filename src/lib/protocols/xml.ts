import type { SaxesTagNS } from "saxes";
import { SaxesParser } from "saxes";

/** Callbacks for `readXml`. Tags have a namespace and a local name. */
export interface XmlListener {
  readonly open?: (tag: XmlTag) => void;
  readonly close?: (tag: XmlTag) => void;
  readonly text?: (text: string) => void;
}

export interface XmlTag {
  /** Empty if the element has no namespace. */
  readonly namespace: string;
  readonly name: string;
  /** The value of an attribute, or null. */
  attribute(namespace: string, name: string): string | null;
}

/** Thrown for XML that isn't well-formed or has a DOCTYPE. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}

/**
 * Parses untrusted XML. Refuses any DOCTYPE, and so all entities except the predefined ones.
 *
 * @throws XmlError
 */
export function readXml(xml: string, listener: XmlListener): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on("doctype", () => {
    throw new XmlError("A DOCTYPE isn't allowed");
  });
  parser.on("error", (error) => {
    throw new XmlError(error.message, { cause: error });
  });
  parser.on("opentag", (tag) => listener.open?.(asXmlTag(tag)));
  parser.on("closetag", (tag) => listener.close?.(asXmlTag(tag)));
  parser.on("text", (text) => listener.text?.(text));
  parser.on("cdata", (text) => listener.text?.(text));
  parser.write(xml).close();
}

function asXmlTag(tag: SaxesTagNS): XmlTag {
  return {
    namespace: tag.uri,
    name: tag.local,
    attribute: (namespace, name) =>
      Object.values(tag.attributes).find(({ uri, local }) => uri === namespace && local === name)?.value ??
      null,
  };
}
