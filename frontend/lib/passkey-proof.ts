// <passkey-proof>: a button that has the browser ask for a passkey, and sends the answer with its form.
import { Island } from "./element";

interface Wanted {
  publicKey: { challenge: string; rpId: string; timeout?: number; userVerification?: UserVerificationRequirement; allowCredentials?: { id: string }[] };
}

export class PasskeyProof extends Island {
  protected override start(): void {
    this.on("click", (event) => {
      event.preventDefault();
      void this.#prove();
    }, this.querySelector("button")!);
  }

  get #form(): HTMLFormElement {
    return this.closest("form")!;
  }

  async #prove(): Promise<void> {
    const others = [...this.#form.querySelectorAll<HTMLInputElement>("[required]:not([name=digits])")];
    if (!others.every((input) => input.reportValidity())) return;
    this.#tell("");
    try {
      this.#send(await answered(await asked(this.dataset["ask"]!)));
    } catch {
      this.#tell(this.dataset["failed"]!);
    }
  }

  #tell(problem: string): void {
    const words = this.querySelector<HTMLElement>(".field__error")!;
    words.textContent = problem;
    words.hidden = !problem;
  }

  #send(answer: string): void {
    for (const input of this.#form.querySelectorAll<HTMLInputElement>("[name=digits], [name=proof]")) input.disabled = true;
    this.#form.append(hidden("digits", answer), hidden("proof", "passkey"));
    this.#form.submit();
  }
}

function hidden(name: string, value: string): HTMLInputElement {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

async function asked(address: string): Promise<Wanted> {
  const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
  const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token, "X-Requested-With": "island" } });
  if (!answer.ok || answer.redirected) throw new Error("refused");
  return (await answer.json()) as Wanted;
}

/** Ask the browser, and write its answer as the server reads it. */
async function answered({ publicKey }: Wanted): Promise<string> {
  const allowCredentials = (publicKey.allowCredentials ?? []).map(({ id }) => ({ id: bytes(id), type: "public-key" as const }));
  const key = (await navigator.credentials.get({ publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials } })) as PublicKeyCredential;
  const { clientDataJSON, authenticatorData, signature, userHandle } = key.response as AuthenticatorAssertionResponse;
  const response = { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle && text(userHandle) };
  return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} });
}

function bytes(websafe: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(websafe.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function text(content: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(content))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
