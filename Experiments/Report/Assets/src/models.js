// Any two models side by side.
export function startModels(selection) {
  const left = document.getElementById("left-model");
  const right = document.getElementById("right-model");
  if (!left || !right) return;
  const box = document.getElementById("model-cards");
  const cards = [...box.querySelectorAll("[data-model]")];
  const choose = () => selection.change({ pair: [left.value, right.value] });
  left.addEventListener("change", choose);
  right.addEventListener("change", choose);
  selection.follow(({ pair }) => {
    left.value = pair[0];
    right.value = pair[1];
    const chosen = pair.filter(Boolean);
    box.classList.toggle("side-by-side", chosen.length > 0);
    cards.forEach((card) => {
      card.hidden = chosen.length > 0 && !chosen.includes(card.dataset.model);
      card.style.order = card.dataset.model === pair[1] && pair[0] !== pair[1] ? "1" : "0";
    });
  });
}
