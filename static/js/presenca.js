/* A cada 15 s, enquanto a página está à vista, diz ao servidor que a pessoa está aqui.

   Um elemento data-presenca dá o sinal na sua solicitação e mostra quem mais está nela; sem nenhum, o sinal é só
   do console. Escrever num formulário com rascunho nos últimos 10 s conta como estar escrevendo. */

import { aoVencerASessao } from "./rascunho.js";

const INTERVALO_MS = 15_000;
const ESCREVENDO_MS = 10_000;

let ultimaTecla = -Infinity;

function darSinal() {
  if (document.hidden || !document.querySelector("[data-usuario]")) return;
  const marcadores = document.querySelectorAll("[data-presenca]");
  marcadores.forEach((marcador) => window.htmx.trigger(marcador, "sinal"));
  if (!marcadores.length) darSinalDoConsole();
}

async function darSinalDoConsole() {
  const cabecalhos = JSON.parse(document.body.getAttribute("hx-headers"));
  try {
    const resposta = await fetch("/presenca/", {
      method: "POST",
      headers: { ...cabecalhos, "HX-Request": "true", "HX-Current-URL": location.href },
    });
    if (resposta.status === 401) aoVencerASessao(resposta.headers.get("HX-Redirect"));
  } catch {
    // Sem rede: o próximo sinal dirá.
  }
}

document.addEventListener("input", ({ target }) => {
  if (target.closest?.("form[data-rascunho]")) ultimaTecla = performance.now();
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches("[data-presenca]")) return;
  detail.parameters.escrevendo = performance.now() - ultimaTecla < ESCREVENDO_MS ? "1" : "0";
  detail.parameters.marca = detail.elt.querySelector("[data-marca]")?.dataset.marca ?? "";
});

setInterval(darSinal, INTERVALO_MS);
document.addEventListener("visibilitychange", darSinal);
if (document.querySelector("[data-presenca]") === null) darSinal();
