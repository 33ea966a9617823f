/* Avisos que flutuam: mostram-se por código, fecham-se pelo botão ou, os de sucesso, sozinhos. */

const DURACAO_MS = 8000;

function regiao() {
  return document.getElementById("mensagens");
}

function fecharDepois(aviso) {
  if (aviso.matches(".aviso--sucesso, .aviso--success, .aviso--info")) {
    setTimeout(() => aviso.matches(":hover, :focus-within") || aviso.remove(), DURACAO_MS);
  }
}

export function mostrar(texto, tipo = "perigo") {
  const aviso = document.createElement("div");
  aviso.className = `aviso aviso--${tipo}`;
  const corpo = document.createElement("div");
  corpo.textContent = texto;
  const fechar = document.createElement("button");
  fechar.type = "button";
  fechar.className = "botao botao--discreto botao--pequeno aviso__fechar";
  fechar.dataset.fechaAviso = "";
  fechar.textContent = "Fechar";
  aviso.append(corpo, fechar);
  regiao().append(aviso);
  fecharDepois(aviso);
}

document.addEventListener("click", (evento) => {
  evento.target.closest("[data-fecha-aviso]")?.closest(".aviso").remove();
});

document.querySelectorAll("#mensagens > .aviso").forEach(fecharDepois);
