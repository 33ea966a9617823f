/* Um fragmento que falha diz o que houve, nunca nada: no próprio cartão quando ele se carrega sozinho
   (`data-erro-no-lugar` no elemento do hx-get), num aviso que flutua quando o alvo tem trabalho de alguém. */
import { mostrar } from "./mensagens.js";

const FRASES = {
  400: "O pedido não foi entendido. Atualize a página e tente de novo.",
  401: "A sessão terminou. Entre de novo para continuar.",
  403: "Seu perfil não permite esta operação.",
  404: "Isto não existe ou está fora do seu alcance.",
  413: "O que foi enviado passa do tamanho permitido.",
  429: "Muitas tentativas seguidas. Espere um pouco e tente de novo.",
};

function frase(status) {
  return FRASES[status] ?? "O servidor não conseguiu responder agora. Nada foi gravado; tente de novo.";
}

/* A frase do servidor, quando a resposta é um fragmento de erro nosso. */
function fraseDoServidor(xhr) {
  if (xhr.getResponseHeader("Fragmento-De-Erro") !== "1") return null;
  const documento = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return documento.querySelector("[data-frase]")?.textContent.trim() || null;
}

function erroNoLugar(origem, texto, endereco) {
  const aviso = document.createElement("div");
  aviso.className = "aviso aviso--perigo";
  aviso.setAttribute("role", "alert");
  const corpo = document.createElement("div");
  const deNovo = document.createElement("button");
  deNovo.type = "button";
  deNovo.className = "botao-ligacao";
  deNovo.textContent = "Tentar de novo";
  // O alvo e o modo de troca vêm, por herança, do elemento que se carregava.
  deNovo.setAttribute("hx-get", endereco);
  corpo.append(`${texto} `, deNovo);
  aviso.append(corpo);
  origem.replaceChildren(aviso);
  window.htmx.process(aviso);
}

/* O que se pede sozinho de tempos em tempos não interrompe ninguém: tenta de novo na vez seguinte. */
const DE_FUNDO = "[data-atualiza], [data-presenca]";

function avisar({ elt, requestConfig }, texto) {
  if (elt?.matches(DE_FUNDO)) {
    const estado = elt.querySelector("[data-estado]");
    if (estado) estado.textContent = "Sem resposta do servidor; a lista pode estar velha. Tento de novo.";
  } else if (elt?.matches("[data-erro-no-lugar]") && requestConfig?.verb === "get") {
    erroNoLugar(elt, texto, requestConfig.path);
  } else {
    mostrar(texto);
  }
}

document.addEventListener("htmx:responseError", ({ detail }) => {
  avisar(detail, fraseDoServidor(detail.xhr) ?? frase(detail.xhr.status));
});

document.addEventListener("htmx:sendError", ({ detail }) => {
  avisar(detail, "Sem resposta do servidor. Verifique a rede e tente de novo.");
});

document.addEventListener("htmx:timeout", ({ detail }) => {
  avisar(detail, "O servidor demorou demais para responder. Tente de novo.");
});
