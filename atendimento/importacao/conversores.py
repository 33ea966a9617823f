"""Do texto de uma célula ao valor de uma coluna; `ValorRecusado` traz a frase, nunca um dado pessoal."""

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone

from atendimento.importacao.leitura import nome_de_coluna
from clientes import telefones
from contratos import cifra, identificadores

type Conversor = Callable[[str], Any]

SIM = {"sim", "s", "1", "true", "verdadeiro", "x"}
NAO = {"nao", "n", "0", "false", "falso"}
ANOS = range(1900, 2101)
LIMITE_DO_SEGREDO = 128
CONTROLES = re.compile(r"[\x00-\x1f\x7f-\x9f]")
CONTROLES_SALVO_LINHAS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Uma planilha que um dia exporte este texto o executaria; ver OWASP, "CSV injection".
FORMULA = re.compile(r"[=@+]|-.*[=(|!]", re.DOTALL)
DATA = re.compile(r"(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{2})/([0-9]{2})/([0-9]{4}))", re.ASCII)
COMPETENCIA = re.compile(r"(?:([0-9]{4})-([0-9]{2})|([0-9]{2})/([0-9]{4}))", re.ASCII)
HORA = re.compile(r"[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:?[0-9]{2})?", re.ASCII)
DINHEIRO_COM_VIRGULA = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),[0-9]{1,2}", re.ASCII)
DINHEIRO_COM_PONTO = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?", re.ASCII)


class ValorRecusado(ValueError):
    """A célula não vira um valor; o texto é a frase do relatório."""


def citar(texto: str) -> str:
    """`texto` entre aspas e encurtado, para as frases sobre valores que não são dados pessoais."""
    limpo = CONTROLES.sub("�", texto)
    return f"“{limpo[:40]}…”" if len(limpo) > 40 else f"“{limpo}”"


def texto(limite: int | None, *, com_linhas: bool = False) -> Conversor:
    """Texto em NFC até `limite` caracteres, sem controles nem começo de fórmula."""
    controles = CONTROLES_SALVO_LINHAS if com_linhas else CONTROLES

    def converter(celula: str) -> str:
        if celula[0] in "\t\r":
            raise ValorRecusado("começa com tabulação, como uma fórmula de planilha: apague-a.")
        valor = unicodedata.normalize("NFC", celula.strip())
        if FORMULA.match(valor):
            raise ValorRecusado("parece uma fórmula de planilha: apague o sinal do começo.")
        if "\ufffd" in valor:
            raise ValorRecusado("tem o caractere �, de um texto convertido errado.")
        if controles.search(valor):
            raise ValorRecusado("tem quebra de linha ou caractere de controle.")
        if limite and len(valor) > limite:
            raise ValorRecusado(f"tem {len(valor)} caracteres; o limite é {limite}.")
        return valor

    return converter


def maiusculas(celula: str) -> str:
    """O texto em maiúsculas, sem espaços nas pontas."""
    return celula.strip().upper()


def codigo(padrao: str, frase: str, *, ajustar: Conversor = maiusculas) -> Conversor:
    """Um código que casa com `padrao`, depois de `ajustar`; senão, `frase`."""
    expressao = re.compile(padrao)

    def converter(celula: str) -> str:
        valor = ajustar(celula)
        if not expressao.fullmatch(valor):
            raise ValorRecusado(frase)
        return valor

    return converter


def minusculas(celula: str) -> str:
    """O texto em minúsculas, sem espaços nas pontas."""
    return celula.strip().lower()


def sem_pontuacao(celula: str) -> str:
    """O texto sem pontos, traços e espaços."""
    return re.sub(r"[.\-\s]", "", celula)


def booleano(celula: str) -> bool:
    """Sim ou não."""
    valor = nome_de_coluna(celula)
    if valor in SIM or valor in NAO:
        return valor in SIM
    raise ValorRecusado(f"{citar(celula)} não é sim nem não.")


def inteiro(minimo: int, maximo: int) -> Conversor:
    """Inteiro entre `minimo` e `maximo`, inclusive."""

    def converter(celula: str) -> int:
        limpa = celula.strip()
        if not re.fullmatch(r"[0-9]{1,9}", limpa) or not minimo <= int(limpa) <= maximo:
            raise ValorRecusado(f"{citar(celula)} não é um inteiro de {minimo} a {maximo}.")
        return int(limpa)

    return converter


def dinheiro(celula: str) -> Decimal:
    """Reais: `1.234,56`, `1234,56`, `1234.56` ou `1234`. O ambíguo `1.234` é recusado."""
    limpa = celula.strip().removeprefix("R$").strip()
    if DINHEIRO_COM_VIRGULA.fullmatch(limpa):
        valor = Decimal(limpa.replace(".", "").replace(",", "."))
    elif DINHEIRO_COM_PONTO.fullmatch(limpa):
        valor = Decimal(limpa)
    else:
        raise ValorRecusado(f"{citar(celula)} não é um valor em reais, como 1.234,56 ou 1234.56.")
    if valor >= Decimal(10) ** 10:
        raise ValorRecusado(f"{citar(celula)} passa de 9.999.999.999,99.")
    return valor


def data(celula: str) -> date:
    """Data que existe, como `2026-03-05` ou `05/03/2026`."""
    achada = DATA.fullmatch(celula.strip())
    if not achada:
        raise ValorRecusado(f"{citar(celula)} não é uma data: use AAAA-MM-DD ou DD/MM/AAAA.")
    return _data(achada, celula)


def _data(achada: re.Match[str], celula: str) -> date:
    ano, mes, dia, dia_br, mes_br, ano_br = achada.groups()[:6]
    try:
        valor = date(int(ano or ano_br), int(mes or mes_br), int(dia or dia_br))
    except ValueError as erro:
        raise ValorRecusado(f"{citar(celula)} é uma data que não existe.") from erro
    if valor.year not in ANOS:
        raise ValorRecusado(f"{citar(celula)} está fora de {ANOS[0]}–{ANOS[-1]}.")
    return valor


def competencia(celula: str) -> date:
    """Primeiro dia do mês: `02/2026`, `2026-02` ou a data do dia 1."""
    limpa = celula.strip()
    if achada := COMPETENCIA.fullmatch(limpa):
        ano, mes, mes_br, ano_br = achada.groups()
        limpa = f"{ano or ano_br}-{mes or mes_br}-01"
    valor = data(limpa)
    if valor.day != 1:
        raise ValorRecusado(f"{citar(celula)} não é um mês: use MM/AAAA.")
    return valor


def instante(celula: str) -> datetime:
    """Data com hora opcional; sem fuso, vale o do provedor, e sem hora, a meia-noite."""
    limpa = celula.strip()
    achada = DATA.match(limpa)
    hora = HORA.fullmatch(limpa, achada.end()) if achada else None
    if not achada or (achada.end() < len(limpa) and not hora):
        raise ValorRecusado(f"{citar(celula)} não é data e hora: use AAAA-MM-DD HH:MM ou DD/MM/AAAA HH:MM.")
    dia = _data(achada, celula)
    try:
        valor = datetime.fromisoformat(f"{dia.isoformat()}{hora.group() if hora else 'T00:00'}")
    except ValueError as erro:
        raise ValorRecusado(f"{citar(celula)} tem uma hora que não existe.") from erro
    return valor if timezone.is_aware(valor) else timezone.make_aware(valor)


def escolha(opcoes: list[tuple[Any, str]]) -> Conversor:
    """Um valor da enumeração, pelo código ou pelo nome, sem olhar acentos nem maiúsculas."""
    por_nome = {nome_de_coluna(str(rotulo)): valor for valor, rotulo in opcoes}
    por_nome |= {nome_de_coluna(str(valor)): valor for valor, _ in opcoes if valor != ""}

    def converter(celula: str) -> Any:
        try:
            return por_nome[nome_de_coluna(celula)]
        except KeyError:
            aceitos = ", ".join(str(rotulo) for _, rotulo in opcoes)
            raise ValorRecusado(f"{citar(celula)} não é um dos valores aceitos: {aceitos}.") from None

    return converter


def ip(celula: str) -> str:
    """Endereço IPv4 ou IPv6."""
    try:
        endereco = ipaddress.ip_address(celula.strip())
    except ValueError as erro:
        raise ValorRecusado("não é um endereço IPv4 nem IPv6.") from erro
    if isinstance(endereco, ipaddress.IPv6Address) and endereco.scope_id:
        raise ValorRecusado("um endereço com zona (%) não vale aqui.")
    return str(endereco)


def mac(celula: str) -> str:
    """MAC em qualquer das quatro notações."""
    try:
        return identificadores.normalizar_mac(celula)
    except identificadores.IdentificadorInvalido as erro:
        raise ValorRecusado(str(erro)) from erro


def serial(celula: str) -> str:
    """Serial de equipamento, nas duas notações de uma ONU."""
    try:
        return identificadores.normalizar_serial(texto(None)(celula))
    except identificadores.IdentificadorInvalido as erro:
        raise ValorRecusado(str(erro)) from erro


def telefone(celula: str) -> str:
    """Telefone em E.164."""
    try:
        return telefones.normalizar(celula)
    except telefones.TelefoneInvalido as erro:
        raise ValorRecusado(str(erro)) from erro


def email(celula: str) -> str:
    """E-mail em minúsculas."""
    valor = minusculas(celula)
    try:
        validate_email(valor)
    except ValidationError as erro:
        raise ValorRecusado("e-mail inválido.") from erro
    return valor


def segredo(celula: str) -> bytes:
    """A senha cifrada; espaços nas pontas fazem parte dela."""
    if len(celula) > LIMITE_DO_SEGREDO:
        raise ValorRecusado(f"tem mais de {LIMITE_DO_SEGREDO} caracteres.")
    if CONTROLES.search(celula):
        raise ValorRecusado("tem quebra de linha ou caractere de controle.")
    return cifra.cifrar(celula)


def do_campo(campo: models.Field) -> Conversor:
    """O conversor que um campo do modelo pede quando a coluna não diz outro."""
    if campo.choices:
        return escolha(campo.flatchoices)
    for tipo, criar in _POR_TIPO:
        if isinstance(campo, tipo):
            return criar(campo)
    raise TypeError(f"{campo}: não há conversor para {type(campo).__name__}.")


def _faixa(campo: models.Field) -> tuple[int, int]:
    minimos = [v.limit_value for v in campo.validators if v.code == "min_value"]
    maximos = [v.limit_value for v in campo.validators if v.code == "max_value"]
    return max(minimos), min(maximos)


_POR_TIPO: list[tuple[type[models.Field], Callable[[Any], Conversor]]] = [
    (cifra.CampoCifrado, lambda campo: segredo),
    (models.TextField, lambda campo: texto(campo.max_length, com_linhas=True)),
    (models.CharField, lambda campo: texto(campo.max_length)),
    (models.GenericIPAddressField, lambda campo: ip),
    (models.DateTimeField, lambda campo: instante),
    (models.DateField, lambda campo: data),
    (models.DecimalField, lambda campo: dinheiro),
    (models.BooleanField, lambda campo: booleano),
    (models.IntegerField, lambda campo: inteiro(*_faixa(campo))),
]
