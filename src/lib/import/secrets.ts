/** E-mail and IP addresses of an export: kept in memory, masked in texts, and searched for in written files. */
import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";

/** Replacement for a masked address. */
export const MASK = "address-removed";

/** A character escaped in Markdown or HTML. */
const WRITTEN = String.raw`&#\d{1,4};|&#x[\da-f]{1,4};|&(?:commat|period|lowbar);|\\[!-/:-@[-\x60{-~]`;
const AT = /@|%40|\\@|&#0*64;|&#x0*40;|&commat;/gi;
const NAME = new RegExp(String.raw`(?:[\w.+!#$&'*?^\x60{|}~-]|${WRITTEN})+$`, "i");
const HOST = new RegExp(String.raw`^[\p{L}\p{N}](?:(?:[\p{L}\p{N}.-]|${WRITTEN})*[\p{L}\p{N}])?`, "iu");
/** RFC 5321: 64 characters before the @ and 255 after it; escaped characters take more. */
const LONGEST_NAME = 200;
const LONGEST_HOST = 255;
/** An IPv4 address may adjoin any character except a digit: `IP:93.184.216.34:`, `_93.184.216.34_`. */
const IP =
  /(?<!\d|\d\.)\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)|(?<![\da-f:])[\da-f]{0,4}(?::[\da-f]{0,4}){1,6}:[\da-f]{1,4}(?![\da-f]|\.\d)/gi;

/** MD5 and SHA-256 as hexadecimal digits. */
const HASH = /(?<![\da-f])(?:[\da-f]{64}|[\da-f]{32})(?![\da-f])/gi;

/** A part of a text that may be an e-mail address. */
interface Candidate {
  readonly start: number;
  readonly end: number;
  /** Both with escapes decoded. */
  readonly name: string;
  readonly host: string;
  /** Whether name and host are written without escapes. */
  readonly isPlain: boolean;
  /** Up to 8 characters of text before it. */
  readonly before: string;
}

export class Secrets {
  readonly #emails = new Set<string>();
  readonly #ips = new Set<string>();
  /** Hashes of the addresses, as avatar services use them; computed when a text first contains a hash. */
  #hashes: { readonly of: number; readonly known: ReadonlySet<string> } = { of: 0, known: new Set() };

  /** Adds an e-mail address found in the export. */
  addEmail(raw: string | null | undefined): void {
    const email = (raw ?? "").trim().toLowerCase();
    if (/^[^\s@]+@[^\s@]+$/.test(email)) this.#emails.add(email);
  }

  /** Adds an IP address found in the export; non-public ones (loopback, private, documentation) are skipped. */
  addIp(raw: string | null | undefined): void {
    const ip = (raw ?? "").trim().toLowerCase();
    // The library is slow to reject invalid addresses.
    if (ip === "" || this.#ips.has(ip)) return;
    if (!ipaddr.isValid(ip)) return;
    const address = ipaddr.process(ip);
    if (address.range() === "unicast") this.#ips.add(address.toNormalizedString());
  }

  /** Number of addresses found in the export. */
  get count(): number {
    return this.#emails.size + this.#ips.size;
  }

  /** The text with every e-mail address and every IP address of the export replaced by {@link MASK}. */
  mask(text: string): string {
    let masked = "";
    let done = 0;
    for (const candidate of candidatesIn(text)) {
      const known = this.#knownPart(candidate);
      if (candidate.start < done || (known === null && !isEmail(candidate))) continue;
      const { isPlain, name, host, start, end } = candidate;
      const exact = isPlain ? known : null;
      masked += text.slice(done, exact === null ? start : start + name.length - exact.name) + MASK;
      done = exact === null ? end : end - host.length + exact.host;
    }
    const rest = (masked + text.slice(done)).replace(HASH, (hash) => (this.#isHash(hash) ? MASK : hash));
    if (this.#ips.size === 0) return rest;
    return rest.replace(IP, (ip) => (this.#ips.has(ipKey(ip)) ? MASK : ip));
  }

  /** Number of the export's addresses in the text. */
  leaksIn(text: string): number {
    let leaks = 0;
    for (const candidate of candidatesIn(text)) if (this.#knownPart(candidate) !== null) leaks += 1;
    for (const [hash] of text.matchAll(HASH)) if (this.#isHash(hash)) leaks += 1;
    if (this.#ips.size === 0) return leaks;
    for (const [ip] of text.matchAll(IP)) if (this.#ips.has(ipKey(ip))) leaks += 1;
    return leaks;
  }

  #isHash(hash: string): boolean {
    if (this.#hashes.of !== this.#emails.size) {
      const known = [...this.#emails].flatMap((email) =>
        ["md5", "sha256"].map((name) => createHash(name).update(email).digest("hex")),
      );
      this.#hashes = { of: this.#emails.size, known: new Set(known) };
    }
    return this.#hashes.known.has(hash.toLowerCase());
  }

  /** Lengths of a known address within the candidate, which may have extra characters before and a suffix after it. */
  #knownPart({ name, host }: Candidate): { readonly name: number; readonly host: number } | null {
    for (let end = host.length; end > 0; end = host.lastIndexOf(".", end - 1))
      for (let length = name.length; length > 0; length--) {
        const email = `${name.slice(-length)}@${host.slice(0, end)}`.toLowerCase();
        if (this.#emails.has(email)) return { name: length, host: end };
      }
    return null;
  }
}

/** Normalizes IPv6 addresses, which can be written in several ways. */
function ipKey(ip: string): string {
  return ip.includes(":") && ipaddr.isValid(ip) ? ipaddr.process(ip).toNormalizedString() : ip;
}

/** Whether it's certainly an e-mail address: not a handle (`@ann@social.example`), not part of a URL. */
function isEmail({ before, host }: Candidate): boolean {
  if (/mailto:$/i.test(before)) return true;
  return !/[@/:%=&?]$/.test(before) && /^[^.]+(?:\.[^.]+)*\.\p{L}{2,}$/u.test(host);
}

function* candidatesIn(text: string): Generator<Candidate> {
  for (const { 0: at, index } of text.matchAll(AT)) {
    const name = NAME.exec(text.slice(Math.max(0, index - LONGEST_NAME), index))?.[0] ?? "";
    const after = text.slice(index + at.length, index + at.length + LONGEST_HOST);
    const host = HOST.exec(after)?.[0] ?? "";
    if (name === "" || host === "") continue;
    const start = index - name.length;
    const before = text.slice(Math.max(0, start - 8), start);
    const meant = plainSigns(name);
    const end = index + at.length + host.length;
    yield {
      start,
      end,
      name: meant,
      host: plainSigns(host),
      isPlain: meant === name && !/[&\\]/.test(host),
      before,
    };
  }
}

const EACH_WRITTEN = new RegExp(WRITTEN, "gi");
const NAMED: Readonly<Record<string, string>> = { "&commat;": "@", "&period;": ".", "&lowbar;": "_" };

function plainSigns(text: string): string {
  if (!/[&\\]/.test(text)) return text;
  return text.replace(EACH_WRITTEN, (sign) => {
    if (sign.startsWith("\\")) return sign.slice(1);
    const [, hex, decimal = "0"] = /^&#(?:x([\da-f]+)|(\d+));$/i.exec(sign) ?? [];
    return (
      NAMED[sign.toLowerCase()] ??
      String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16))
    );
  });
}
