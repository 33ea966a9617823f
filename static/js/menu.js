/* Menus em <details>: um aberto por vez, fecham ao clicar fora e com Esc, que devolve o foco. */

function fechar(menu) {
  menu.open = false;
}

document.addEventListener("click", (evento) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(evento.target)) fechar(menu);
  }
});

document.addEventListener("keydown", (evento) => {
  if (evento.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const comFoco = menu.contains(document.activeElement);
    fechar(menu);
    if (comFoco) menu.querySelector("summary").focus();
  }
});
