/** Lists the example operations; choosing one puts it into the editor. */
export function fillExamples({ list, operations, onChoose }) {
  const buttons = operations.map((operation, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = operation.title;
    button.setAttribute("aria-current", String(index === 0));
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-current", String(other === button));
      onChoose(operation);
    });
    return button;
  });
  list.append(
    ...buttons.map((button) => {
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
}
