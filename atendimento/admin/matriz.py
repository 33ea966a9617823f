"""O formulário de um perfil: campos próprios, capacidades, cadastros e tudo o que se concede por objeto."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import sha256

from django import forms
from django.contrib.auth import get_permission_codename
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.utils import timezone

from perfis.capacidades import EXPLICACOES
from perfis.dominio.diferencas import CAMPOS_DO_PERFIL
from perfis.dominio.matriz import (
    OPERACOES,
    Matriz,
    cadastros_concediveis,
    campos_da_concessao,
    modelo_do_objeto,
)
from perfis.models import Acao, Perfil
from perfis.models.concessao import ATUALIZA_NO_MAXIMO, ATUALIZA_NO_MINIMO
from perfis.permissoes import modelos_de_concessao
from perfis.regras import EXECUTAR_ACAO, VER_WIDGET

CONTROLES = {"csrfmiddlewaretoken", "revisado", "_revisar", "_salvar", "_marcar"}
MAIOR_LIMITE = 9_999_999
MAIOR_ORDEM = 32767  # smallint
SECOES = (EXECUTAR_ACAO, VER_WIDGET)


@dataclass(slots=True)
class Linha:
    """Uma linha da matriz: a caixa e os campos que só valem com ela marcada, por nome de controle."""

    form: forms.Form
    rotulo: str
    caixa: str
    detalhe: str = ""
    avisos: list[str] = field(default_factory=list)
    campos: dict[str, str] = field(default_factory=dict)
    limites: dict[str, dict] = field(default_factory=dict)
    da_casa: dict = field(default_factory=dict)

    @property
    def marca(self):
        """A caixa, para o template."""
        return self.form[self.caixa]

    @property
    def controles(self) -> list:
        """Os campos, na ordem das colunas."""
        return [self.form[nome] for nome in self.campos.values()]

    @property
    def controles_de_limite(self) -> list:
        """Cada limite com o que a ação declara dele."""
        return [(self.form[nome], declarado) for nome, declarado in self.limites.items()]


@dataclass(slots=True)
class Grupo:
    """Linhas sob um título, com um botão que marca todas."""

    nome: str
    codigo: str
    linhas: list[Linha] = field(default_factory=list)


class FormularioDoPerfil(forms.ModelForm):
    """Recebe o perfil (novo ou gravado) e o que ele concede hoje.

    O nome de cada controle é `<modelo>-<id>` e `<modelo>-<id>-<campo>`; o de uma permissão sem objeto,
    `permissao-<aplicativo>.<código>`.
    """

    versao = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = Perfil
        fields = CAMPOS_DO_PERFIL

    def __init__(self, *args, atual: Matriz, **kwargs):
        super().__init__(*args, **kwargs)
        self.atual = atual
        self.fields["versao"].initial = self.instance.versao
        self.capacidades = [self._grupo_de_capacidades(nome, itens) for nome, itens in EXPLICACOES.items()]
        self.cadastros = list(self._linhas_de_cadastros())
        self.secoes = {permissao: self._secao(permissao) for permissao in _permissoes_em_ordem()}

    def recusar_campos_a_mais(self) -> None:
        """Levanta `SuspiciousOperation` para um POST com um nome que a página não tem."""
        if estranhos := self.data.keys() - self.fields.keys() - CONTROLES:
            raise SuspiciousOperation(f"Campos que a página não tem: {', '.join(sorted(estranhos))}.")

    def grupos(self) -> Iterator[Grupo]:
        """Todos os grupos que se marcam de uma vez."""
        yield from self.capacidades
        for secao in self.secoes.values():
            yield from secao["grupos"]

    # As caixas e seus campos

    def _grupo_de_capacidades(self, nome: str, itens: dict) -> Grupo:
        grupo = Grupo(nome, f"capacidade|{nome}")
        for capacidade, explicacao in itens.items():
            caixa = self._caixa_de_permissao(f"perfis.{capacidade.value}", capacidade.label)
            grupo.linhas.append(Linha(self, capacidade.label, caixa, explicacao))
        return grupo

    def _linhas_de_cadastros(self) -> Iterator[Linha]:
        for modelo, operacoes in sorted(
            cadastros_concediveis().items(), key=lambda par: str(par[0]._meta.verbose_name_plural)
        ):
            nome = str(modelo._meta.verbose_name_plural)
            linha = Linha(self, nome[:1].upper() + nome[1:], "")
            for operacao in OPERACOES:
                if operacao not in operacoes:
                    continue
                codigo = f"{modelo._meta.app_label}.{get_permission_codename(operacao, modelo._meta)}"
                linha.campos[operacao] = self._caixa_de_permissao(codigo, f"{OPERACOES[operacao]} {nome}")
            yield linha

    def _caixa_de_permissao(self, codigo: str, rotulo: str) -> str:
        nome = f"permissao-{codigo}"
        self.fields[nome] = forms.BooleanField(
            required=False, label=rotulo, initial=codigo in self.atual.permissoes
        )
        return nome

    def _secao(self, permissao: str) -> dict:
        modelo = modelo_do_objeto(permissao)
        marcados = self.atual.objetos.get(permissao, {})
        grupos: dict[str, Grupo] = {}
        for objeto in _objetos(modelo, marcados):
            nome = _nome_do_grupo(objeto)
            grupo = grupos.setdefault(nome, Grupo(nome, f"{modelo._meta.model_name}|{nome}"))
            grupo.linhas.append(self._linha(permissao, objeto, marcados.get(objeto.pk)))
        colunas = [(c.name, _titulo(c)) for c in campos_da_concessao(permissao) if c.name != "limites"]
        return {
            "nome": str(modelo._meta.verbose_name_plural),
            "codigo": modelo._meta.model_name,
            "colunas": colunas,
            "com_limites": permissao == EXECUTAR_ACAO,
            "grupos": list(grupos.values()),
        }

    def _linha(self, permissao: str, objeto, marca: dict | None) -> Linha:
        caixa = f"{objeto._meta.model_name}-{objeto.pk}"
        self.fields[caixa] = forms.BooleanField(required=False, label=str(objeto), initial=marca is not None)
        linha = Linha(self, str(objeto), caixa, getattr(objeto, "alvo", ""), _avisos(objeto, marca))
        for campo in campos_da_concessao(permissao):
            if campo.name == "limites":
                continue
            nome = linha.campos[campo.name] = f"{caixa}-{campo.name}"
            inicial = (marca or {}).get(campo.name, getattr(objeto, "ordem", None) or campo.get_default())
            if campo.name != "ordem" and marca is None:
                inicial = campo.get_default()
            self.fields[nome] = _campo_de(campo, inicial)
        linha.da_casa = getattr(getattr(objeto, "configuracao", None), "limites", {})
        for declarado in getattr(objeto, "limites_declarados", []):
            self._campo_de_limite(linha, declarado, (marca or {}).get("limites", {}))
        return linha

    def _campo_de_limite(self, linha: Linha, declarado: dict, limites: dict) -> None:
        nome = f"{linha.caixa}-limite-{declarado['nome']}"
        self.fields[nome] = forms.DecimalField(
            required=False,
            min_value=0,
            max_value=MAIOR_LIMITE,
            decimal_places=2,
            label=declarado["rotulo"],
            initial=limites.get(declarado["nome"], linha.da_casa.get(declarado["nome"], declarado["padrao"])),
            widget=forms.NumberInput(attrs={"min": 0, "step": "any"}),
        )
        linha.limites[nome] = declarado

    # O que se marcou

    def clean(self):
        """Os erros de uma linha desmarcada não importam: ela não vale."""
        dados = super().clean()
        for secao in self.secoes.values():
            for grupo in secao["grupos"]:
                for linha in grupo.linhas:
                    if not dados.get(linha.caixa):
                        for nome in (*linha.campos.values(), *linha.limites):
                            self.errors.pop(nome, None)
                        continue
                    if "valido_ate" in linha.campos:
                        self._conferir_prazo(linha.campos["valido_ate"], dados)
                    if "atualiza_segundos" in linha.campos:
                        self._conferir_atualizacao(linha.campos["atualiza_segundos"], dados)
        return dados

    def _conferir_atualizacao(self, nome: str, dados: dict) -> None:
        segundos = dados.get(nome) or 0
        if segundos and not ATUALIZA_NO_MINIMO <= segundos <= ATUALIZA_NO_MAXIMO:
            self.add_error(nome, f"Zero, ou de {ATUALIZA_NO_MINIMO} a {ATUALIZA_NO_MAXIMO} segundos.")

    def _conferir_prazo(self, nome: str, dados: dict) -> None:
        fim = dados.get(nome)
        if fim and nome in self.changed_data and fim < timezone.localdate():
            self.add_error(nome, "Esta data já passou.")

    def matriz(self) -> Matriz:
        """O que ficou marcado, pronto para o domínio. Só depois de `is_valid`."""
        marcadas = {
            nome.removeprefix("permissao-")
            for nome, marcada in self.cleaned_data.items()
            if nome.startswith("permissao-") and marcada
        }
        oferecidas = {n.removeprefix("permissao-") for n in self.fields if n.startswith("permissao-")}
        # O que a página não oferece não se marca nem se desmarca por ela.
        permissoes = frozenset(marcadas | (self.atual.permissoes - oferecidas))
        return Matriz(permissoes, {permissao: self._marcas(permissao) for permissao in self.secoes})

    def _marcas(self, permissao: str) -> dict[int, dict]:
        return {
            int(linha.caixa.rpartition("-")[2]): self._campos_da_marca(permissao, linha)
            for grupo in self.secoes[permissao]["grupos"]
            for linha in grupo.linhas
            if self.cleaned_data[linha.caixa]
        }

    def _campos_da_marca(self, permissao: str, linha: Linha) -> dict:
        era = self.atual.objetos.get(permissao, {}).get(int(linha.caixa.rpartition("-")[2]), {})
        marca = dict(era)
        for campo, nome in linha.campos.items():
            valor = self.cleaned_data[nome]
            if campo == "valido_ate":
                valor = _fim_do_dia(valor, era.get(campo))
            if valor not in (None, "") or campo == "valido_ate":
                marca[campo] = valor
        if permissao == EXECUTAR_ACAO:
            marca["limites"] = {
                declarado["nome"]: _numero(self.cleaned_data[nome])
                for nome, declarado in linha.limites.items()
                if self.cleaned_data[nome] is not None
            }
        return marca


def assinatura(frases: list[str], versao: int) -> str:
    """Liga o Salvar à revisão que a pessoa leu: se as marcas mudaram depois, revisa-se de novo."""
    return sha256("\n".join([str(versao), *frases]).encode()).hexdigest()


def _permissoes_em_ordem() -> list[str]:
    outras = [permissao for permissao in modelos_de_concessao() if permissao not in SECOES]
    return [*SECOES, *outras]


def _objetos(modelo, marcados):
    """O que se oferece: tudo o que existe no código, e o que já foi concedido."""
    nomes = {campo.name for campo in modelo._meta.fields}
    ordem = [nome for nome in ("grupo", "regiao", *modelo._meta.ordering) if nome.lstrip("-") in nomes]
    todos = modelo._default_manager.order_by(*ordem)
    for objeto in todos.select_related("configuracao") if modelo is Acao else todos:
        if getattr(objeto, "no_codigo", True) or objeto.pk in marcados:
            yield objeto


def _nome_do_grupo(objeto) -> str:
    return getattr(objeto, "grupo", "") or getattr(objeto, "regiao", "") or "todas"


def _avisos(objeto, marca: dict | None) -> list[str]:
    avisos = []
    if not getattr(objeto, "no_codigo", True):
        avisos.append("não existe mais no sistema")
    if getattr(objeto, "ativo", getattr(objeto, "ativa", True)) is False:
        avisos.append("desligada")
    fim = (marca or {}).get("valido_ate")
    if fim and fim <= timezone.now():
        avisos.append("concessão vencida")
    return avisos


def _titulo(campo) -> str:
    titulo = str(campo.verbose_name)
    return titulo[:1].upper() + titulo[1:]


def _campo_de(campo, inicial) -> forms.Field:
    """O controle de um campo da concessão."""
    rotulo = _titulo(campo)
    if campo.name == "valido_ate":
        dia = timezone.localtime(inicial - timedelta(microseconds=1)).date() if inicial else None
        return forms.DateField(
            required=False,
            initial=dia,
            label=rotulo,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        )
    opcoes = {"max_value": MAIOR_ORDEM} if isinstance(campo, models.PositiveSmallIntegerField) else {}
    return campo.formfield(required=False, initial=inicial, label=rotulo, **opcoes)


def _fim_do_dia(dia, era: datetime | None) -> datetime | None:
    """O instante em que a concessão vence: o fim do dia marcado. O mesmo dia de antes não muda a hora."""
    if dia is None:
        return None
    if era and timezone.localtime(era - timedelta(microseconds=1)).date() == dia:
        return era
    return timezone.make_aware(datetime.combine(dia + timedelta(days=1), time()))


def _numero(valor) -> int | float:
    return int(valor) if valor == valor.to_integral_value() else float(valor)
