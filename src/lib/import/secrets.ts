/** E-mail and IP addresses of an export: known in memory, masked in texts, looked for in what is written. */
import ipaddr from "ipaddr.js";

/** Stands where an address stood. */
export const MASK = "address-removed";

const AT = /@|%40/gi;
/** RFC 5321: 64 signs before the @, 255 after it. */
const LONGEST_NAME = 64;
const LONGEST_HOST = 255;
const IP = /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}(?::[\da-f]{0,4}){2,7})(?![\w:]|\.\d)/gi;

/** A place in a text that may be an e-mail address. */
interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly host: string;
  /** The text before it. */
  readonly before: string;
}

export class Secrets {
  readonly #emails = new Set<string>();
  readonly #ips = new Set<string>();

  /** Notes an e-mail address that the export names. */
  addEmail(raw: string | null | undefined): void {
    const email = (raw ?? "").trim().toLowerCase();
    if (/^[^\s@]+@[^\s@]+$/.test(email)) this.#emails.add(email);
  }

  /** Notes an IP address that the export names; those of no person (loopback, private, documentation) are none. */
  addIp(raw: string | null | undefined): void {
    const ip = (raw ?? "").trim().toLowerCase();
    if (ipaddr.isValid(ip) && ipaddr.process(ip).range() === "unicast") this.#ips.add(ip);
  }

  /** How many addresses the export named. */
  get count(): number {
    return this.#emails.size + this.#ips.size;
  }

  /** The text with every e-mail address and every IP address of the export replaced by {@link MASK}. */
  mask(text: string): string {
    let masked = "";
    let done = 0;
    for (const candidate of candidatesIn(text)) {
      const known = this.#knownLength(candidate);
      if (candidate.start < done || (known === null && !isEmail(candidate))) continue;
      const start = known === null ? candidate.start : candidate.start + candidate.name.length - known;
      masked += text.slice(done, start) + MASK;
      done = candidate.end;
    }
    const rest = masked + text.slice(done);
    if (this.#ips.size === 0) return rest;
    return rest.replace(IP, (ip) => (this.#ips.has(ip.toLowerCase()) ? MASK : ip));
  }

  /** How many addresses of the export the text holds. */
  leaksIn(text: string): number {
    let leaks = 0;
    // Markdown and HTML have other ways to write the sign.
    const plain = text.replaceAll("\\@", "@").replaceAll(/&#(?:64|x40);/gi, "@");
    for (const candidate of candidatesIn(plain)) if (this.#knownLength(candidate) !== null) leaks += 1;
    if (this.#ips.size === 0) return leaks;
    for (const [ip] of text.matchAll(IP)) if (this.#ips.has(ip.toLowerCase())) leaks += 1;
    return leaks;
  }

  /** Length of the name of a known address that the candidate ends with: signs before it may belong to the text. */
  #knownLength({ name, host }: Candidate): number | null {
    for (let length = name.length; length > 0; length--) {
      const email = `${name.slice(-length)}@${host}`.toLowerCase();
      if (this.#emails.has(email)) return length;
    }
    return null;
  }
}

/** Whether it is an address beyond doubt: no handle (`@ann@social.example`), no part of an address on the web. */
function isEmail({ before, host }: Candidate): boolean {
  if (/mailto:$/i.test(before)) return true;
  return !/[@/:%=&?]$/.test(before) && /^[^.]+(?:\.[^.]+)*\.\p{L}{2,}$/u.test(host);
}

function* candidatesIn(text: string): Generator<Candidate> {
  for (const { 0: at, index } of text.matchAll(AT)) {
    const name =
      /[\w.+!#$&'*?^`{|}~-]+$/.exec(text.slice(Math.max(0, index - LONGEST_NAME), index))?.[0] ?? "";
    const after = text.slice(index + at.length, index + at.length + LONGEST_HOST);
    const host = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?/u.exec(after)?.[0] ?? "";
    if (name === "" || host === "") continue;
    const start = index - name.length;
    const before = text.slice(Math.max(0, start - 8), start);
    yield { start, end: index + at.length + host.length, name, host, before };
  }
}
