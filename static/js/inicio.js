/* Liga as peças da página. Sem JavaScript tudo continua funcionando; com ele, fica mais rápido. */
import "./acoes.js";
import "./atalhos.js";
import "./busca.js";
import "./cartoes.js";
import "./copiar.js";
import "./dialogo.js";
import "./etiquetas.js";
import "./envio.js";
import "./falhas.js";
import "./filas.js";
import "./menu.js";
import "./macros.js";
import "./mensagens.js";
import "./presenca.js";
import "./rascunho.js";
import "./relogio.js";
import "./revelar.js";
import "./tema.js";

document.documentElement.dataset.js = "";
