// What belongs to configurations that the reader left out steps back: rows and cards vanish, marks of a drawing fade.
export function startNarrowing(selection) {
  const marked = [...document.querySelectorAll("[data-of]")].map((element) => [element, element.dataset.of.split(" ").map(Number)]);
  selection.follow(() => marked.forEach(([element, configurations]) => {
    const keep = configurations.some((index) => selection.keeps(index));
    if (element instanceof SVGElement) element.classList.toggle("left-out", !keep);
    else element.hidden = !keep;
  }));
}

// Leaves those options of a choice that belong to kept configurations; true where the chosen one had to go.
export function narrowOptions(select, keeps) {
  for (const option of select.options) option.hidden = option.disabled = option.value !== "" && !keeps(option.value);
  if (!select.selectedOptions[0]?.disabled) return false;
  const first = [...select.options].find((option) => !option.disabled);
  if (first) select.value = first.value;
  return first !== undefined;
}
