/**
 * Clients that are written only from the specifications: they are independent of the receiver and share no code with
 * Backfence.
 */

/** Result of a client: the endpoint it found, and the response. */
export interface Sent {
  readonly endpoint: string;
  readonly status: number;
  readonly answer: string;
}

/**
 * Sends a trackback (TrackBack 1.2) like Movable Type's client of 2004: finds the ping URL in the page's RDF, posts a
 * form in Latin-1 and reads one number from the response.
 * @throws Error with the receiver's message.
 */
export async function sendTrackback(
  target: string,
  ping: { readonly url: string; readonly title: string; readonly excerpt: string; readonly blog: string },
): Promise<Sent> {
  const page = await (await fetch(target)).text();
  const blocks = page.match(/<rdf:RDF[\s\S]*?<\/rdf:RDF>/g) ?? [];
  const block = blocks.find((each) => /dc:identifier="([^"]+)"/.exec(each)?.[1] === target);
  const endpoint = /trackback:ping="([^"]+)"/.exec(block ?? "")?.[1];
  if (endpoint === undefined) throw new Error("The page has no TrackBack URL");
  const latin1 = (text: string) =>
    [...text].map((char) =>
      /[\w.-]/.test(char) ? char : `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
    );
  const { url, title, excerpt, blog } = ping;
  const body = Object.entries({ title, url, excerpt, blog_name: blog })
    .map(([name, value]) => `${name}=${latin1(value).join("")}`)
    .join("&");
  const response = await fetch(endpoint, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded; charset=ISO-8859-1" },
  });
  const answer = await response.text();
  const error = /<error>(\d)<\/error>/.exec(answer)?.[1];
  if (error !== "0")
    throw new Error(/<message>([\s\S]*?)<\/message>/.exec(answer)?.[1] ?? "No answer in XML");
  return { endpoint, status: response.status, answer };
}

/**
 * Sends a pingback (Pingback 1.0): finds the endpoint in the header, or else with the regular expression in the
 * specification; then calls it by XML-RPC.
 * @param from where to look for the endpoint; clients try the header first.
 * @throws Error with the fault code.
 */
export async function sendPingback(
  target: string,
  source: string,
  from: "header" | "element",
): Promise<Sent> {
  const page = await fetch(target);
  const found =
    from === "header"
      ? page.headers.get("x-pingback")
      : /<link rel="pingback" href="([^"]+)" ?\/?>/.exec(await page.text())?.[1];
  if (found === null || found === undefined) throw new Error(`The page has no pingback ${from}`);
  const endpoint = found
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  const value = (text: string) => `<param><value><string>${text}</string></value></param>`;
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "text/xml" },
    body: `<?xml version="1.0"?>\n<methodCall><methodName>pingback.ping</methodName><params>${value(source)}${value(target)}</params></methodCall>`,
  });
  const answer = await response.text();
  const fault = /<name>faultCode<\/name>\s*<value><int>(\d+)<\/int>/.exec(answer)?.[1];
  if (fault !== undefined) throw new Error(`Fault ${fault}`);
  return { endpoint, status: response.status, answer };
}

/** Sends a webmention: finds the endpoint in the `Link` header or else in the first element; then posts a form. */
export async function sendWebmention(target: string, source: string): Promise<Sent> {
  const page = await fetch(target);
  const html = await page.text();
  const header = /<([^>]*)>;\s*rel="?webmention"?/.exec(page.headers.get("link") ?? "")?.[1];
  const element = /<(?:link|a)\b(?=[^>]*\brel="webmention")[^>]*\bhref="([^"]*)"/.exec(html)?.[1];
  const found = header ?? element;
  if (found === undefined) throw new Error("The page has no webmention endpoint");
  const endpoint = new URL(found, page.url).href;
  const response = await fetch(endpoint, { method: "POST", body: new URLSearchParams({ source, target }) });
  return { endpoint, status: response.status, answer: await response.text() };
}
