// A real OpenID provider (the certified "oidc-provider") with accounts of our choosing, on loopback.
// Reads one line of JSON from its arguments: {port, redirect, accounts: {login: {email, …}}}.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const told = JSON.parse(process.argv[2]);
const require = createRequire(told.modules);
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

const provider = new Provider(`http://127.0.0.1:${told.port}`, {
  clients: [{ client_id: "paraph", client_secret: "not-a-secret", redirect_uris: [told.redirect] }],
  claims: { email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
  pkce: { required: () => true },
  findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...told.accounts[id] }) }),
});
provider.listen(told.port, "127.0.0.1", () => console.log("ready"));
