/* O tema escolhido vale na hora; o servidor guarda a escolha pelo mesmo formulário. */

document.addEventListener("click", (evento) => {
  const escolha = evento.target.closest("button[name='tema']");
  if (!escolha) return;
  document.documentElement.dataset.tema = escolha.value;
  document.querySelectorAll("button[name='tema']").forEach((botao) => {
    botao.setAttribute("aria-pressed", String(botao.value === escolha.value));
  });
});
