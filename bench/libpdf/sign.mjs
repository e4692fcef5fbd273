// Signs a PDF invisibly with @libpdf/core, again and again: node sign.mjs FILE.pdf KEY.p12 ROUNDS.
// Prints the milliseconds of each round; the first rounds, in which Node compiles, are left out.
import { readFileSync } from "node:fs";
import { P12Signer, PDF } from "@libpdf/core";

const [file, key, rounds] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(file));
const signer = await P12Signer.create(new Uint8Array(readFileSync(key)), "paraph");

async function sign() {
  const begun = performance.now();
  const pdf = await PDF.load(bytes);
  await pdf.sign({ signer, reason: "I agree" });
  return performance.now() - begun;
}

const warmUp = 15;
const times = [];
for (let round = 0; round < warmUp + Number(rounds); round++) times.push(await sign());
console.log(JSON.stringify(times.slice(warmUp)));
