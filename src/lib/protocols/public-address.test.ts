import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FetchError } from "./fetch-error.ts";
import { isPublicAddress } from "./public-address.ts";
import { validateUrl } from "./validate-url.ts";

/** Hosts that must never be requested, by the attack that they would serve. */
const refusedHosts: Readonly<Record<string, readonly string[]>> = {
  "loopback, IPv4": ["127.0.0.1", "127.0.0.2", "127.255.255.255", "127.1", "127.0.1", "127.0.0.1."],
  "loopback in other number systems": [
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.0.0.0x1",
  ],
  "loopback in other scripts": [
    "①②⑦.⓪.⓪.①",
    "１２７.０.０.１",
    "127。0。0。1",
    "127%2e0%2e0%2e1",
    "%31%32%37.0.0.1",
  ],
  "this host": ["0.0.0.0", "0", "0x0", "0.1.2.3", "[::]", "[::0]"],
  "loopback, IPv6": ["[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]"],
  "IPv4 inside IPv6: mapped": [
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:10.0.0.1]",
    "[::ffff:169.254.169.254]",
  ],
  "IPv4 inside IPv6: translated (::ffff:0:0:0/96)": ["[::ffff:0:127.0.0.1]", "[::ffff:0:a00:1]"],
  "IPv4 inside IPv6: compatible (::/96)": ["[::127.0.0.1]", "[::7f00:1]", "[::8.8.8.8]"],
  "IPv4 inside IPv6: NAT64": ["[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::10.0.0.1]"],
  "IPv4 inside IPv6: 6to4 and Teredo": [
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
  ],
  "private networks": [
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "0xc0a80001",
    "012.1.1.1",
  ],
  "carrier-grade NAT": ["100.64.0.1", "100.127.255.255"],
  "link-local and cloud metadata": [
    "169.254.169.254",
    "169.254.0.1",
    "0xA9FEA9FE",
    "2852039166",
    "[fe80::1]",
    "[febf::1]",
  ],
  "unique local and site-local": ["[fc00::1]", "[fd00:ec2::254]", "[fdff::1]", "[fec0::1]"],
  "IETF protocol assignments": ["192.0.0.1", "192.0.0.192", "[2001:1::1]", "[2001:10::1]", "[2001:20::1]"],
  documentation: ["192.0.2.1", "198.51.100.1", "203.0.113.1", "[2001:db8::1]", "[3fff::1]"],
  benchmarking: ["198.18.0.1", "198.19.255.255", "[2001:2::1]"],
  multicast: ["224.0.0.1", "239.255.255.255", "[ff02::1]", "[ff0e::1]"],
  "reserved and broadcast": [
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "[100::1]",
    "[4000::1]",
    "[5f00::1]",
  ],
  "local names": [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ｌocalhost",
    "a.localhost",
    "printer.local",
    "metadata.google.internal",
    "router.home.arpa",
    "localhost.localdomain",
  ],
};

const neverAsked = () => Promise.reject(new Error("A literal or local name must not be resolved"));

describe("addresses that a page must not make the blog's machine request", () => {
  for (const [reason, hosts] of Object.entries(refusedHosts)) {
    it.each(hosts)(`${reason}: %s is refused`, async (host) => {
      await expect(validateUrl(`http://${host}/`, neverAsked, false)).rejects.toMatchObject({
        code: "blocked-address",
      });
    });
  }

  it("the list has at least 60 spellings", () => {
    expect(Object.values(refusedHosts).flat().length).toBeGreaterThanOrEqual(60);
  });

  it.each([
    ["ftp://example.org/", "bad-scheme"],
    ["file:///etc/passwd", "bad-scheme"],
    ["gopher://example.org/_", "bad-scheme"],
    ["data:text/html,x", "bad-scheme"],
    ["javascript:alert(1)", "bad-scheme"],
    ["//example.org/", "bad-url"],
    ["/relative", "bad-url"],
    ["", "bad-url"],
    ["http://", "bad-url"],
    ["http://256.256.256.256/", "bad-url"],
    ["http://[fe80::1%25eth0]/", "bad-url"],
    ["http://user@example.org/", "credentials"],
    ["http://user:secret@example.org/", "credentials"],
    ["http://:secret@example.org/", "credentials"],
    ["http://example.org@127.0.0.1/", "credentials"],
    ["http://example.org:22/", "blocked-port"],
    ["http://example.org:8080/", "blocked-port"],
    ["https://1.1.1.1:6379/", "blocked-port"],
    ["http://example.org:0/", "blocked-port"],
  ])("%s is refused as %s", async (url, code) => {
    await expect(validateUrl(url, neverAsked, false)).rejects.toMatchObject({ code });
  });

  it("doesn't repeat a password in the error", async () => {
    const error = await validateUrl("http://me:secret@example.org/", neverAsked, false).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(FetchError);
    expect(JSON.stringify(error) + String(error)).not.toContain("secret");
  });

  it.each([
    ["127.0.0.1.nip.io", ["127.0.0.1"]],
    ["mixed.example", ["93.184.215.14", "10.0.0.1"]],
    ["six.example", ["::1"]],
  ])("%s is refused for what it resolves to", async (host, addresses) => {
    const resolve = () => Promise.resolve(addresses);
    await expect(validateUrl(`http://${host}/`, resolve, false)).rejects.toMatchObject({
      code: "blocked-address",
    });
  });

  it("refuses every address of the private IPv4 blocks in any number base", async () => {
    const block = fc.constantFrom([10, 8], [127, 8], [0xa9fe, 16], [0xc0a8, 16], [0xac1, 12], [0x191, 10]);
    await fc.assert(
      fc.asyncProperty(
        block,
        fc.nat(),
        fc.constantFrom(8, 10, 16),
        async ([prefix = 0, bits = 8], low, radix) => {
          const value = prefix * 2 ** (32 - bits) + (low % 2 ** (32 - bits));
          const digits = value.toString(radix);
          const host = radix === 16 ? `0x${digits}` : radix === 8 ? `0${digits}` : digits;
          await expect(validateUrl(`http://${host}/`, neverAsked, false)).rejects.toMatchObject({
            code: "blocked-address",
          });
        },
      ),
    );
  });
});

describe("addresses that may be requested", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
  ])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it("resolves a name once and returns its addresses for the connection", async () => {
    let asked = 0;
    const resolve = () => Promise.resolve([`1.1.1.${++asked}`]);
    const vetted = await validateUrl("https://example.org/page", resolve, false);
    expect(vetted.addresses).toEqual(["1.1.1.1"]);
    expect(asked).toBe(1);
  });

  it("with `allowLoopback`, loopback on any port is allowed, but not private networks or other ports", async () => {
    expect((await validateUrl("http://127.0.0.1:8080/", neverAsked, true)).addresses).toEqual(["127.0.0.1"]);
    expect((await validateUrl("http://a.localhost:8080/", neverAsked, true)).addresses).toEqual([
      "127.0.0.1",
      "::1",
    ]);
    for (const url of ["http://10.0.0.1/", "http://169.254.169.254/", "http://[::ffff:127.0.0.1]:8080/"]) {
      await expect(validateUrl(url, neverAsked, true)).rejects.toMatchObject({ code: "blocked-address" });
    }
    const resolve = () => Promise.resolve(["93.184.215.14"]);
    await expect(validateUrl("http://example.org:8080/", resolve, true)).rejects.toMatchObject({
      code: "blocked-port",
    });
  });
});
