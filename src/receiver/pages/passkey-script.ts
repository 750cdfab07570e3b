/**
 * Client script of pages with passkeys: shows their forms if the browser supports passkeys, and adds the credential to
 * the form before submitting it.
 */
export const PASSKEY_SCRIPT = `
const known = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;
for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[role=alert]");
    problem.textContent = "";
    const options = JSON.parse(form.dataset.passkey);
    try {
      const credential =
        form.dataset.use === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      problem.textContent = error.name === "InvalidStateError" ? form.dataset.known : form.dataset.unused;
    }
  });
}
`;
