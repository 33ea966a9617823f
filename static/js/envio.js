/* <form data-uma-vez>: um segundo clique no botão de enviar não envia outra vez. */

document.addEventListener("submit", (evento) => {
  const form = evento.target;
  if (!form.matches("[data-uma-vez]")) return;
  if (form.dataset.enviado) evento.preventDefault();
  form.dataset.enviado = "1";
});

// O botão voltar pode trazer a página como estava.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-enviado]").forEach((form) => delete form.dataset.enviado);
});
