// Signs a PDF invisibly with @signpdf/signpdf, again and again: node sign.mjs FILE.pdf KEYS.pem ROUNDS.
// Prints the milliseconds of each round; the first rounds, in which Node compiles, are left out.
// Its own signer knows RSA only, so the message is built with PKI.js, as its documentation
// proposes for other keys; its placeholder reads files with a plain cross-reference table only.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { plainAddPlaceholder } from "@signpdf/placeholder-plain";
import { SignPdf } from "@signpdf/signpdf";
import { Signer } from "@signpdf/utils";
import * as pkijs from "pkijs";

const [file, keys, rounds] = process.argv.slice(2);
const bytes = readFileSync(file);
const blocks = [...readFileSync(keys, "ascii").matchAll(/-----BEGIN [^-]+-----([^-]+)-----END/g)];
const [keyBytes, ...chain] = blocks.map(([, text]) => Buffer.from(text, "base64"));

pkijs.setEngine("node", new pkijs.CryptoEngine({ name: "node", crypto: webcrypto }));
const curve = { name: "ECDSA", namedCurve: "P-256" };
const key = await webcrypto.subtle.importKey("pkcs8", keyBytes, curve, false, ["sign"]);
const certificates = chain.map((der) => pkijs.Certificate.fromBER(der));

class KeySigner extends Signer {
  async sign(content) {
    const [{ issuer, serialNumber }] = certificates;
    const sid = new pkijs.IssuerAndSerialNumber({ issuer, serialNumber });
    const data = new pkijs.SignedData({
      version: 1,
      encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: pkijs.ContentInfo.DATA }),
      signerInfos: [new pkijs.SignerInfo({ version: 1, sid })],
      certificates,
    });
    await data.sign(key, 0, "SHA-256", content);
    const contentType = pkijs.ContentInfo.SIGNED_DATA;
    const message = new pkijs.ContentInfo({ contentType, content: data.toSchema(true) });
    return Buffer.from(message.toSchema().toBER());
  }
}

const signer = new KeySigner();
const words = { reason: "I agree", contactInfo: "", name: "Zoe", location: "" };

async function sign() {
  const begun = performance.now();
  await new SignPdf().sign(plainAddPlaceholder({ pdfBuffer: bytes, ...words }), signer);
  return performance.now() - begun;
}

const warmUp = 15;
const times = [];
for (let round = 0; round < warmUp + Number(rounds); round++) times.push(await sign());
console.log(JSON.stringify(times.slice(warmUp)));
