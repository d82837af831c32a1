/** Who asks and why: the two pickers, and the tokens that go with them. */
export function createSession({ callers, elements }) {
  const { caller: callerPicker, purpose: purposePicker, about } = elements;
  const tokens = new Map();
  const listeners = [];
  const wanted = new URLSearchParams(location.hash.slice(1));
  const chosen = () => callers.find(({ name }) => name === callerPicker.value);

  fillCallers(callerPicker, callers);
  if (wanted.has("caller")) callerPicker.value = wanted.get("caller");
  if (callerPicker.selectedIndex < 0) callerPicker.selectedIndex = 0;
  settle(wanted.get("purpose"));

  callerPicker.addEventListener("change", () => {
    settle(null);
    tell();
  });
  purposePicker.addEventListener("change", () => {
    remember();
    tell();
  });

  function settle(purpose) {
    const caller = chosen();
    const purposes = caller?.purposes ?? [];
    purposePicker.replaceChildren(...purposes.map((one) => new Option(one, one)));
    purposePicker.disabled = purposes.length === 0;
    if (purpose !== null && purposes.includes(purpose)) purposePicker.value = purpose;
    about.replaceChildren(...descriptionOf(caller));
    remember();
  }

  function remember() {
    const state = new URLSearchParams({ caller: callerPicker.value, purpose: purposePicker.value });
    history.replaceState(null, "", `#${state}`);
  }

  const tell = () => listeners.forEach((listener) => listener());

  async function token() {
    const caller = chosen();
    if (caller === undefined) return "";
    if (!tokens.has(caller.name)) {
      const response = await fetch("/demo/token", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ caller: caller.name }),
      });
      tokens.set(caller.name, (await response.json()).token);
    }
    return tokens.get(caller.name);
  }

  return {
    token,
    onChange: (listener) => listeners.push(listener),
    headers: async () =>
      chosen() === undefined
        ? {}
        : { authorization: `Bearer ${await token()}`, "x-purpose": purposePicker.value },
  };
}

function fillCallers(picker, callers) {
  const organisations = Map.groupBy(callers, ({ organisation }) => organisation);
  for (const [organisation, members] of organisations) {
    const group = document.createElement("optgroup");
    group.label = organisation;
    group.append(...members.map(({ name }) => new Option(name, name)));
    picker.append(group);
  }
  picker.append(new Option("anonymous (no token)", ""));
}

function descriptionOf(caller) {
  if (caller === undefined) return ["Sends no token, and is answered UNAUTHENTICATED."];
  const name = document.createElement("b");
  name.textContent = caller.name;
  return [name, ` of ${caller.organisation} (${caller.roles.join(", ")}): ${caller.about}`];
}
