import { startLatentPoints } from "./charts/latent.js";
import { startExplorer } from "./explorer.js";
import { narrowOptions } from "./narrowing.js";

export function startLatent(data, selection) {
  const element = document.getElementById("report-latents");
  const choice = document.getElementById("latent-model");
  if (!element || !choice) return;
  const { models, sheets } = JSON.parse(element.textContent);
  startLatentPoints(models, sheets, choice);
  startExplorer(models, choice);
  const indexOf = new Map(data.configurations.map((configuration, index) => [configuration.id, index]));
  const changed = () => choice.dispatchEvent(new Event("change"));
  choice.addEventListener("change", (event) => { if (event.isTrusted) selection.change({ latent: choice.value }); });
  selection.follow(({ latent }) => {
    const wanted = models.some((model) => model.id === latent) && latent !== choice.value;
    if (wanted) choice.value = latent;
    if (narrowOptions(choice, (id) => selection.keeps(indexOf.get(id))) || wanted) changed();
  });
}
