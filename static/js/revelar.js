/* Um valor revelado some depois do prazo e dá lugar ao mascarado.

   <span data-esconder-em="30" data-mascarado="•••">valor</span>; um .segredo__tempo no mesmo
   .segredo mostra quanto falta. O valor também some quando se deixa a página. */

const agendados = new WeakSet();

function esconder(elemento) {
  elemento.textContent = elemento.dataset.mascarado ?? "••••••••";
  elemento.closest(".segredo")?.querySelectorAll(".segredo__tempo").forEach((tempo) => tempo.remove());
  delete elemento.dataset.esconderEm;
}

function contar(elemento, segundos) {
  const tempo = elemento.closest(".segredo")?.querySelector(".segredo__tempo");
  if (tempo) tempo.textContent = `oculta-se em ${segundos} s`;
  setTimeout(() => (segundos > 1 ? contar(elemento, segundos - 1) : esconder(elemento)), 1000);
}

function agendar() {
  for (const elemento of document.querySelectorAll("[data-esconder-em]")) {
    if (agendados.has(elemento)) continue;
    agendados.add(elemento);
    contar(elemento, Number(elemento.dataset.esconderEm));
  }
}

agendar();
document.addEventListener("htmx:afterSwap", agendar);
window.addEventListener("pagehide", () => {
  document.querySelectorAll("[data-esconder-em]").forEach(esconder);
});
