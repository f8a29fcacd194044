import { narrowOptions } from "./narrowing.js";

// The models that are kept, or any two of them side by side.
export function startModels(data, selection) {
  const box = document.getElementById("model-cards");
  if (!box) return;
  const cards = [...box.querySelectorAll("[data-model]")];
  const indexOf = new Map(data.configurations.map((configuration, index) => [configuration.id, index]));
  const keeps = (id) => selection.keeps(indexOf.get(id));
  const selects = ["left-model", "right-model"].map((id) => document.getElementById(id)).filter(Boolean);
  selects.forEach((select) => select.addEventListener("change", () => selection.change({ pair: selects.map(({ value }) => value) })));
  selection.follow(({ pair }) => {
    selects.forEach((select, i) => {
      select.value = pair[i];
      if (select.value && !keeps(select.value)) select.value = "";
      narrowOptions(select, keeps);
    });
    const chosen = selects.map(({ value }) => value).filter(Boolean);
    box.classList.toggle("side-by-side", chosen.length > 0);
    cards.forEach((card) => {
      const { model } = card.dataset;
      card.hidden = chosen.length > 0 ? !chosen.includes(model) : !keeps(model);
      card.style.order = selects[1]?.value === model && selects[0].value !== model ? "1" : "0";
    });
  });
}
