/* Textos prontos: o botão [data-inserir] põe o texto vizinho no relato do mesmo formulário, onde está o cursor. */

document.addEventListener("click", (evento) => {
  const botao = evento.target.closest?.("[data-inserir]");
  const relato = botao?.closest("form")?.querySelector("textarea[data-relato]");
  if (!relato) return;
  const texto = botao.parentElement.querySelector("[data-texto]").textContent;
  const junto = relato.value && relato.selectionStart === relato.value.length ? "\n" : "";
  relato.setRangeText(junto + texto, relato.selectionStart, relato.selectionEnd, "end");
  relato.focus();
  relato.dispatchEvent(new Event("input", { bubbles: true }));
});
