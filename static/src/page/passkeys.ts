/**
 * Forms that a passkey or security key answers: `data-passkey` is "get" or "create". What is asked stands in the form as
 * JSON, or is fetched from its address where nothing may be asked before somebody wants it; the answer goes into the
 * field `credential`, and the form is sent.
 */
export function startPasskeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    if (!("PublicKeyCredential" in window)) {
      complain(form, "This browser, or this address without TLS, cannot use passkeys.");
      continue;
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form).then(
        () => form.submit(),
        (error: unknown) => complain(form, words(error)),
      );
    });
  }
}

async function answer(form: HTMLFormElement): Promise<void> {
  const { publicKey } = (await asked(form)) as { publicKey: Json };
  const credential =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: creation(publicKey, wantsPasskey(form)) })
      : await navigator.credentials.get({ publicKey: request(publicKey) });
  const field = form.querySelector<HTMLInputElement>("[name=credential]");
  if (!field || !(credential instanceof PublicKeyCredential)) throw new Error("no credential");
  field.value = JSON.stringify(spelt(credential));
}

async function asked(form: HTMLFormElement): Promise<unknown> {
  const given = form.querySelector("#passkey-options")?.textContent;
  if (given) return JSON.parse(given);
  const response = await fetch(form.action, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!response.ok) throw new Error("refused");
  return ((await response.json()) as { request_options: unknown }).request_options;
}

/** The server's JSON; WebAuthn gives its shape, and the browser refuses what is not of it. */
type Json = any;

const wantsPasskey = (form: HTMLFormElement) =>
  form.querySelector<HTMLInputElement>("[name=passwordless]")?.checked ?? false;

/** What `navigator.credentials.create` takes; a passkey must stay on the key and ask who holds it. */
export function creation(json: Json, passkey: boolean): PublicKeyCredentialCreationOptions {
  const chosen = json.authenticatorSelection ?? {};
  return {
    ...json,
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: named(json.excludeCredentials),
    authenticatorSelection: passkey
      ? { ...chosen, residentKey: "required", requireResidentKey: true, userVerification: "required" }
      : chosen,
  };
}

/** What `navigator.credentials.get` takes. */
export function request(json: Json): PublicKeyCredentialRequestOptions {
  return { ...json, challenge: bytes(json.challenge), allowCredentials: named(json.allowCredentials) };
}

const named = (list: Json[] | undefined) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** A credential as WebAuthn spells it in JSON. */
function spelt(credential: PublicKeyCredential): Json {
  const response = credential.response;
  const parts: Json = { clientDataJSON: base64(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    parts.attestationObject = base64(response.attestationObject);
    parts.transports = response.getTransports?.() ?? [];
  } else if (response instanceof AuthenticatorAssertionResponse) {
    parts.authenticatorData = base64(response.authenticatorData);
    parts.signature = base64(response.signature);
    parts.userHandle = response.userHandle ? base64(response.userHandle) : null;
  }
  return {
    id: credential.id,
    rawId: base64(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

/** base64url without padding, both ways. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}

export function base64(buffer: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function words(error: unknown): string {
  if (error instanceof DOMException && error.name === "InvalidStateError") return "This key is on your account already.";
  if (error instanceof DOMException) return "The browser got no answer from a key, or you stopped it. Try again.";
  return "The server did not say what to ask the key for. Reload the page and try again.";
}

function complain(form: HTMLFormElement, text: string): void {
  const place = form.querySelector<HTMLElement>("[data-passkey-error]");
  if (!place) return;
  place.textContent = text;
  place.hidden = false;
}
