/* Diálogos em <dialog>.

   data-abre-dialogo="#id"   abre um que já está na página
   data-fecha-dialogo        fecha o que contém o botão
   hx-target="#dialogo-corpo" o conteúdo que chega abre o diálogo comum da página
   O servidor fecha com o cabeçalho HX-Trigger: fechar-dialogo. */

document.addEventListener("click", (evento) => {
  const abre = evento.target.closest("[data-abre-dialogo]");
  if (abre) {
    evento.preventDefault();
    document.querySelector(abre.dataset.abreDialogo)?.showModal();
  }
  if (evento.target.closest("[data-fecha-dialogo]")) {
    evento.preventDefault();
    evento.target.closest("dialog")?.close();
  }
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const dialogo = detail.target.closest?.("dialog");
  if (dialogo && !dialogo.open) dialogo.showModal();
});

document.addEventListener("fechar-dialogo", () => {
  document.querySelectorAll("dialog[open]").forEach((dialogo) => dialogo.close());
});
