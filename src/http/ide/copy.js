/** The same request for a shell. */
export function curlCommand({ headers, query }) {
  const all = { ...headers, "content-type": "application/json" };
  const lines = Object.entries(all).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return [
    `curl -s ${quoted(`${location.origin}/graphql`)}`,
    ...lines,
    `-d ${quoted(JSON.stringify({ query }))}`,
  ].join(" \\\n  ");
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Copies a text that may still be on its way, and says on the button itself whether it worked. */
export async function copyText({ button, text }) {
  const label = button.textContent;
  button.textContent = await Promise.resolve(text)
    .then((settled) => navigator.clipboard.writeText(settled))
    .then(
      () => "Copied",
      () => "Not allowed",
    );
  setTimeout(() => (button.textContent = label), 1_200);
}
