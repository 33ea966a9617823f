/* A caixa que o select2 põe no lugar de um campo não herda o rótulo dele: sem nome, o leitor de tela cala. */
"use strict";

function rotular(selecao) {
  const campo = selecao.closest(".select2-container")?.previousElementSibling;
  const rotulo = campo?.labels?.[0];
  if (!rotulo) return;
  rotulo.id ||= `rotulo-de-${campo.id}`;
  const valor = selecao.querySelector(".select2-selection__rendered");
  selecao.setAttribute("aria-labelledby", `${rotulo.id} ${valor?.id ?? ""}`.trim());
  valor?.setAttribute("aria-labelledby", rotulo.id);
}

const vigia = new MutationObserver((mudancas) => {
  for (const mudanca of mudancas) {
    for (const no of mudanca.addedNodes) {
      if (no.nodeType === Node.ELEMENT_NODE && no.matches(".select2-container")) {
        no.querySelectorAll(".select2-selection").forEach(rotular);
      }
    }
  }
});

document.querySelectorAll(".select2-selection").forEach(rotular);
vigia.observe(document.body, { childList: true, subtree: true });

// O ícone de ajuda do seletor duplo tem rótulo, e um <span> sem papel não pode ter.
window.addEventListener("load", () => {
  document.querySelectorAll("span.help-tooltip[aria-label]").forEach((icone) => icone.setAttribute("role", "img"));
});
