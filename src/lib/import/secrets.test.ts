import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Secrets } from "./secrets.ts";

function known(): Secrets {
  const secrets = new Secrets();
  secrets.addEmail("Ned@Mail.example");
  secrets.addIp("93.184.216.34");
  secrets.addIp("2A01:4f8:0::1");
  return secrets;
}

const HIDDEN = [
  "93.184.216.34: hello",
  "IP:93.184.216.34",
  "_93.184.216.34_",
  "https://93.184.216.34:8080/",
  "::ffff:93.184.216.34",
  "from 2a01:4f8::1, and",
  "2a01:04F8:0000:0:0:0:0:0001 said",
  "2a01:4f8::1: hello",
  `https://www.gravatar.com/avatar/${createHash("md5").update("ned@mail.example").digest("hex")}?s=40`,
  createHash("sha256").update("ned@mail.example").digest("hex").toUpperCase(),
];

test.each(HIDDEN)("an address is found and masked in %s", (text) => {
  const secrets = known();
  expect(secrets.leaksIn(text)).toBe(1);
  const masked = secrets.mask(text);
  expect(masked).toContain("address-removed");
  expect(secrets.leaksIn(masked)).toBe(0);
});

const OTHER = [
  "193.184.216.34",
  "93.184.216.345",
  "1.93.184.216.34",
  "12:30:45",
  "2a01:4f8::12",
  createHash("md5").update("ned@mail.example").digest("hex") + "0",
  createHash("md5").update("ned").digest("hex"),
];

test.each(OTHER)("%s is no address of the export", (text) => {
  const secrets = known();
  expect(secrets.leaksIn(text)).toBe(0);
  expect(secrets.mask(text)).toBe(text);
});
