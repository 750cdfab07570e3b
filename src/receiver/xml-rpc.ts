/** The part of XML-RPC that pingback needs: calls with string parameters, and their responses. */
import { readXml, XmlError } from "../lib/protocols/xml.ts";
import { escapeXml } from "../lib/escape.ts";

export interface XmlRpcCall {
  readonly method: string;
  /** Values of string parameters; null for a parameter of another type. */
  readonly parameters: readonly (string | null)[];
}

/** Maximum length of a call; pingbacks are shorter. */
const MAX_XML = 8 * 1024;
const MOST_ELEMENTS = 100;

/**
 * Parses a call. A value without a type is a string.
 * @returns null when the XML isn't a call.
 */
export function parseCall(xml: string): XmlRpcCall | null {
  if (xml.length > MAX_XML) return null;
  const path: string[] = [];
  let elements = 0;
  let method = "";
  let text = "";
  let isOther = false;
  const parameters: (string | null)[] = [];
  try {
    readXml(xml, {
      open: ({ name }) => {
        if (++elements > MOST_ELEMENTS) throw new XmlError("Too many elements");
        path.push(name);
        if (isAt("methodCall", "params", "param")) isOther = false;
        if (isAt("methodCall", "params", "param", "value") || isAt("methodCall", "methodName")) text = "";
        if (path.length === 5 && path[3] === "value") {
          text = "";
          if (name !== "string") isOther = true;
        }
        if (path.length > 5) isOther = true;
      },
      text: (part) => {
        text += part;
      },
      close: () => {
        if (isAt("methodCall", "methodName")) method = text.trim();
        if (isAt("methodCall", "params", "param", "value")) parameters.push(isOther ? null : text.trim());
        // Whitespace after `</string>` isn't part of the value.
        const value = text;
        path.pop();
        text = path.length === 4 ? value : "";
      },
    });
  } catch (error) {
    if (error instanceof XmlError) return null;
    throw error;
  }
  return method === "" ? null : { method, parameters };

  function isAt(...names: readonly string[]): boolean {
    return path.length === names.length && names.every((name, index) => path[index] === name);
  }
}

/** A successful response with a string. */
export function stringAnswer(text: string): string {
  return document(`<params><param><value><string>${escapeXml(text)}</string></value></param></params>`);
}

/** A fault response. @param code see https://www.hixie.ch/specs/pingback/pingback#TOC3 */
export function faultAnswer(code: number, message: string): string {
  const member = (name: string, value: string) =>
    `<member><name>${name}</name><value>${value}</value></member>`;
  const fault = `${member("faultCode", `<int>${code}</int>`)}${member("faultString", `<string>${escapeXml(message)}</string>`)}`;
  return document(`<fault><value><struct>${fault}</struct></value></fault>`);
}

function document(inside: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<methodResponse>${inside}</methodResponse>\n`;
}
