"""O contrato de uma ação e o registro em que ela entra.

Uma ação tem começo, meio e fim: diz se pode agora (`impedimento`), pergunta em 1 a 4 passos, mostra o que
vai mudar (`previa`) e muda (`efetivar`). Permissão, trava, nova conferência dos passos, limites,
aprovação, auditoria e idempotência são de `atendimento/execucao.py`: nenhuma ação as escreve, e por isso
nenhuma as esquece.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models.utils import get_blank_choice_label

from atendimento.acoes.campos import comprimento_ilimitado
from atendimento.eixo import ALVOS, Eixo
from atendimento.models.configuracao import ConfiguracaoDeAcao
from atendimento.models.solicitacao import Solicitacao
from atendimento.registro import Registro
from perfis.capacidades import Capacidade


@dataclass(frozen=True, slots=True)
class Limite:
    """Um limite que a concessão fixa por perfil; acima dele a execução pede aprovação.

    `padrao` vale quando a concessão não diz nada. Sem `aprovavel`, acima do limite é recusa.
    """

    nome: str
    padrao: int | Decimal
    unidade: str = ""
    aprovavel: bool = True

    def declaracao(self, chave: str) -> dict[str, Any]:
        """Como o catálogo do banco guarda o limite `chave`, para a página do perfil."""
        padrao = int(self.padrao) if self.padrao == int(self.padrao) else float(self.padrao)
        return {"nome": chave, "rotulo": self.nome, "unidade": self.unidade, "padrao": padrao}


@dataclass(frozen=True, slots=True)
class Mudanca:
    """Um dado que a ação muda, em palavras de quem atende."""

    rotulo: str
    de: str
    para: str


@dataclass(frozen=True, slots=True)
class Previa:
    """O que vai mudar, quanto custa e o que dizer ao cliente, antes de confirmar.

    `conta` é o cálculo por extenso, uma linha por parcela; `avisos`, o que pede atenção.
    """

    mudancas: tuple[Mudanca, ...] = ()
    custo: str = ""
    dizer: str = ""
    conta: tuple[str, ...] = ()
    avisos: tuple[str, ...] = ()
    rotulo_da_conta: str = "Como se calcula"


@dataclass(frozen=True, slots=True)
class Evento:
    """O evento que a ação deixa no contrato; `tipo` é o código de um `TipoDeEvento`."""

    tipo: str
    descricao: str


@dataclass(frozen=True, slots=True)
class Entrega:
    """Algo para o agente passar ao cliente: um texto que se copia, um endereço que se abre, uma imagem."""

    rotulo: str
    texto: str = ""
    url: str = ""
    imagem: str = ""


@dataclass(frozen=True, slots=True)
class Resultado:
    """O que a ação fez. O executor grava `relato` e `evento` com o protocolo, na mesma transação.

    `destino` é para onde a página segue; vazio, para o resultado da própria execução. `solicitacao` é a que
    a ação abriu. `entregas` é o que a página dá ao agente para copiar, abrir ou mostrar.
    """

    mensagem: str
    relato: str = ""
    evento: Evento | None = None
    dizer: str = ""
    destino: str = ""
    solicitacao: Solicitacao | None = None
    entregas: tuple["Entrega", ...] = ()


@dataclass(frozen=True, slots=True)
class Contexto:
    """O que uma ação sabe: quem age, sobre o quê, em que equipes, e os limites que a concessão lhe dá.

    `versao` é a do alvo quando o formulário foi desenhado; os verbos do domínio a conferem. `configuracao`
    é como o provedor ajustou a ação.
    """

    usuario: Any
    eixo: Eixo
    limites: Mapping[str, int | Decimal] = field(default_factory=dict)
    equipes: frozenset[int] = frozenset()
    versao: int | None = None
    configuracao: ConfiguracaoDeAcao | None = None

    @property
    def objeto(self):
        """O alvo da ação."""
        return self.eixo.objeto

    @property
    def solicitacao(self):
        """A solicitação em que a ação corre, ou `None` nas que a abrem."""
        return self.eixo.solicitacao


class Passo(forms.Form):
    """Um passo de uma ação. Recebe o contexto, para que as escolhas caibam no escopo do agente."""

    # Os templates recebem a classe, e não devem instanciá-la.
    do_not_call_in_templates: ClassVar[bool] = True
    titulo: ClassVar[str] = "Dados"
    ajuda: ClassVar[str] = ""
    use_required_attribute = True

    def __init__(self, *args, contexto: Contexto, anteriores: Mapping[str, Any] | None = None, **kwargs):
        self.contexto = contexto
        self.anteriores = anteriores or {}
        super().__init__(*args, **kwargs)
        self.preparar()
        self._nomear_vazios()
        self._preencher()

    def preparar(self) -> None:
        """Onde um passo ajusta as escolhas de seus campos ao contexto."""

    def _nomear_vazios(self) -> None:
        """A opção vazia em português, onde o campo não deu a sua."""
        for campo in self.fields.values():
            if isinstance(campo, forms.ModelChoiceField) and campo.empty_label == get_blank_choice_label():
                campo.empty_label = "Escolha…" if campo.required else "Nenhum"

    def _preencher(self) -> None:
        """O tipo, o prazo e a equipe da configuração, onde o passo os pergunta e não os traz."""
        for nome in ("tipo", "prazo", "equipe"):
            configurado = getattr(self.contexto.configuracao, f"{nome}_id", None)
            campo = self.fields.get(nome)
            if campo and configurado and not self.initial.get(nome) and not campo.initial:
                self.initial[nome] = configurado

    @classmethod
    def nomes(cls) -> set[str]:
        """Os nomes que o formulário pode enviar; qualquer outro é pedido forjado."""
        nomes = set()
        for nome, campo in cls.base_fields.items():
            partes = getattr(campo.widget, "widgets_names", [""])
            nomes |= {f"{nome}{parte}" for parte in partes}
        return nomes


class SemPerguntas(Passo):
    """O passo único das ações que só pedem confirmação."""

    titulo = "Confirmação"


class Acao(ABC):
    """Uma ação do catálogo. Uma instância vale para um contexto e não guarda estado.

    `trava` são as linhas que a transação final tranca além da solicitação, na ordem de `eixo`;
    `so_tranca_o_contrato` diz que o tranca para que ninguém o mude, e não o muda.
    Com `confirmacao = False` o único passo já confirma, sem prévia. `exige_equipe` pede que o agente esteja
    na equipe da solicitação, e `capacidade`, que o perfil a tenha além da própria ação. `avisa_abertas`
    mostra as que o cliente já tem, para que se continue nelas.
    `verificacao_de_identidade` pede que se confira quem fala; é o valor com que a configuração nasce.
    """

    do_not_call_in_templates: ClassVar[bool] = True
    slug: ClassVar[str]
    nome: ClassVar[str]
    grupo: ClassVar[str]
    alvo: ClassVar[str]
    ajuda: ClassVar[str]
    passos: ClassVar[tuple[type[Passo], ...]]
    icone: ClassVar[str] = "zap"
    ordem: ClassVar[int] = 100
    limites: ClassVar[Mapping[str, Limite]] = {}
    confirmacao: ClassVar[bool] = True
    confirmar: ClassVar[str] = "Confirmar"
    perigosa: ClassVar[bool] = False
    exige_protocolo: ClassVar[bool] = True
    exige_equipe: ClassVar[bool] = True
    capacidade: ClassVar[Capacidade | None] = None
    avisa_abertas: ClassVar[bool] = False
    verificacao_de_identidade: ClassVar[bool] = False
    trava: ClassVar[tuple[str, ...]] = ()
    so_tranca_o_contrato: ClassVar[bool] = False

    def __init__(self, contexto: Contexto):
        self.contexto = contexto

    @classmethod
    def travas(cls) -> tuple[str, ...]:
        """As linhas que a transação final tranca: o alvo, ou o contrato da etiqueta, e as de `trava`."""
        return (*cls.trava, "contrato" if cls.alvo == "etiqueta" else cls.alvo)

    def impedimento(self) -> str | None:
        """A frase de por que não agora, ou `None`. Lê só o que o eixo já trouxe, sempre que puder."""
        return None

    def previa(self, dados: Mapping[str, Any]) -> Previa:
        """O que `efetivar` faria com `dados`. Não escreve."""
        return Previa()

    def medidas(self, dados: Mapping[str, Any]) -> dict[str, int | Decimal]:
        """Quanto esta execução usa de cada limite declarado."""
        return {}

    def aprovacao_necessaria(self, dados: Mapping[str, Any]) -> str | None:
        """A frase de por que um supervisor precisa aprovar, além dos limites, ou `None`."""
        return None

    @abstractmethod
    def efetivar(self, dados: Mapping[str, Any]) -> Resultado:
        """Muda o que há para mudar, na transação e com as travas do executor."""


class RegistroDeAcoes(Registro[Acao]):
    """Recusa, na leitura do módulo, uma ação que o executor não saberia conduzir."""

    def registrar(self, classe: type[Acao]) -> type[Acao]:
        """Decorador de classe. Levanta `TypeError` para uma ação fora das regras."""
        falta = _fora_das_regras(classe)
        if falta:
            raise TypeError(f"{classe.__qualname__}: {falta}")
        return super().registrar(classe)


def _fora_das_regras(classe: type[Acao]) -> str | None:
    passos = getattr(classe, "passos", ())
    if por_escrever := sorted(classe.__abstractmethods__):
        return f"falta escrever {', '.join(por_escrever)}."
    if getattr(classe, "alvo", None) not in ALVOS:
        return f"alvo deve ser um de {', '.join(ALVOS)}."
    if not 1 <= len(passos) <= 4:
        return "uma ação tem de 1 a 4 passos."
    if not classe.confirmacao and len(passos) > 1:
        return "só uma ação de um passo dispensa a prévia."
    nomes = [nome for passo in passos for nome in passo.base_fields]
    if len(nomes) != len(set(nomes)):
        return "dois passos têm um campo de mesmo nome."
    campos = [item for passo in passos for item in passo.base_fields.items()]
    return next((frase for nome, campo in campos if (frase := _campo_recusado(nome, campo))), None)


def _campo_recusado(nome: str, campo: forms.Field) -> str | None:
    if comprimento_ilimitado(campo):
        return f"{nome} precisa de max_length."
    # O que se responde fica guardado até concluir, e um segredo não pode ficar.
    if isinstance(campo.widget, forms.PasswordInput) or isinstance(campo, forms.FileField):
        return f"{nome}: um passo não recebe senha nem arquivo."
    return None


ACOES = RegistroDeAcoes(("slug", "nome", "alvo", "grupo", "ajuda", "passos"))
