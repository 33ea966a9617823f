"""Objetos mínimos e válidos para os testes; cada função aceita qualquer campo do modelo.

Documentos, telefones e endereços são algorítmicos: nenhum pertence a alguém.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import count

from django.contrib.auth.models import Permission
from django.utils import timezone

from atendimento.dominio import identidade, solicitacoes
from atendimento.models import (
    Artigo,
    Calendario,
    Equipe,
    Massiva,
    MembroDaEquipe,
    Motivo,
    Prazo,
    Solicitacao,
    Solucao,
    TipoDeSolicitacao,
    TurnoDeCampo,
)
from clientes import documentos
from clientes.enums import TipoDeContato
from clientes.models import Cliente, Contato, Endereco
from contratos.enums import SituacaoDoContrato
from contratos.models import (
    Concentrador,
    ConcessaoDeEmpresa,
    Condominio,
    Conexao,
    Contrato,
    Empresa,
    Equipamento,
    Etiqueta,
    EventoDeContrato,
    Fatura,
    NotificacaoDeDebito,
    Olt,
    Plano,
    PontoDeAcesso,
    ServicoContratado,
    Splitter,
    TipoDeEvento,
)
from perfis.models import Acao, ConcessaoDeAcao, ConcessaoDeWidget, Perfil, Usuario, Widget

SENHA = "senha de teste comprida"

_sequencia = count(1)


def cpf(numero: int | None = None) -> str:
    """Um CPF com dígitos certos; sem `numero`, um que ainda não saiu."""
    base = f"{next(_sequencia) if numero is None else numero:09d}"
    return base + documentos.digitos_do_cpf(base)


def cnpj(numero: int | None = None, raiz: str = "IPE") -> str:
    """Um CNPJ alfanumérico com dígitos certos; sem `numero`, um que ainda não saiu."""
    base = f"{raiz}{next(_sequencia) if numero is None else numero:0{12 - len(raiz)}d}"
    return base + documentos.digitos_do_cnpj(base)


def criar_cliente(**campos) -> Cliente:
    """Uma pessoa física com CPF próprio."""
    numero = next(_sequencia)
    return Cliente.objects.create(**{"nome": f"Jacira Alecrim {numero}", "documento": cpf(numero)} | campos)


def criar_contato(cliente: Cliente | None = None, **campos) -> Contato:
    """Um telefone; para um e-mail, `tipo` e `valor`."""
    padrao = {"tipo": TipoDeContato.TELEFONE, "valor": f"+55549{next(_sequencia):08d}"}
    return Contato.objects.create(cliente=cliente or criar_cliente(), **padrao | campos)


def criar_endereco(cliente: Cliente | None = None, **campos) -> Endereco:
    """Um endereço em Vale do Ipê."""
    padrao = {
        "cep": "00000012",
        "logradouro": "Rua das Araucárias Azuis",
        "numero": "120",
        "bairro": "Horizonte",
        "cidade": "Vale do Ipê",
        "uf": "RS",
    }
    return Endereco.objects.create(cliente=cliente or criar_cliente(), **padrao | campos)


def criar_empresa(**campos) -> Empresa:
    """Uma empresa com CNPJ próprio."""
    numero = next(_sequencia)
    padrao = {"nome": f"Conecta Ipê {numero}", "razao_social": "Conecta Ipê Telecom SA", "cnpj": cnpj(numero)}
    return Empresa.objects.create(**padrao | campos)


def criar_contrato(
    cliente: Cliente | None = None,
    empresa: Empresa | None = None,
    *,
    com_etiqueta: bool = True,
    **campos,
) -> Contrato:
    """Um contrato normal e aprovado, com uma etiqueta ativa, que o banco exige até o COMMIT."""
    padrao = {
        "numero": f"C{next(_sequencia):07d}",
        "vigencia_inicio": date(2026, 1, 5),
        "valor": Decimal("99.90"),
        "dia_vencimento": 10,
    }
    contrato = Contrato.objects.create(
        cliente=cliente or criar_cliente(), empresa=empresa or criar_empresa(), **padrao | campos
    )
    if com_etiqueta:
        criar_etiqueta(contrato)
    return contrato


def criar_etiqueta(contrato: Contrato | None = None, **campos) -> Etiqueta:
    """Uma etiqueta ativa; sem `contrato`, a única de um contrato novo."""
    padrao = {"codigo": f"ET-{next(_sequencia):06d}", "descricao": "Ipê Fibra 400 Mega – residência"}
    return Etiqueta.objects.create(contrato=contrato or criar_contrato(com_etiqueta=False), **padrao | campos)


def criar_plano(**campos) -> Plano:
    """Um plano de internet."""
    padrao = {
        "codigo": f"FIB-{next(_sequencia)}",
        "nome": "Ipê Fibra 400 Mega",
        "download_mbps": 400,
        "upload_mbps": 200,
        "valor": Decimal("99.90"),
    }
    return Plano.objects.create(**padrao | campos)


def criar_servico(contrato: Contrato | None = None, **campos) -> ServicoContratado:
    """Um serviço do contrato, sem etiqueta se ela não for dada."""
    padrao = {
        "codigo": "FIB-400",
        "descricao": "Ipê Fibra 400 Mega",
        "valor": Decimal("99.90"),
        "inicio": date(2026, 1, 5),
    }
    return ServicoContratado.objects.create(contrato=contrato or criar_contrato(), **padrao | campos)


def criar_conexao(etiqueta: Etiqueta | None = None, **campos) -> Conexao:
    """Uma conexão ativa de IP por pool."""
    padrao = {"login": f"jacira.alecrim{next(_sequencia)}@ipe"}
    return Conexao.objects.create(etiqueta=etiqueta or criar_etiqueta(), **padrao | campos)


def criar_equipamento(etiqueta: Etiqueta | None = None, **campos) -> Equipamento:
    """Uma ONU emprestada."""
    padrao = {
        "patrimonio": f"P{next(_sequencia):05d}",
        "tipo": "onu",
        "modelo": "HG8310M",
        "entregue_em": date(2026, 1, 5),
    }
    return Equipamento.objects.create(etiqueta=etiqueta or criar_etiqueta(), **padrao | campos)


def criar_fatura(contrato: Contrato | None = None, **campos) -> Fatura:
    """Uma fatura aberta."""
    padrao = {
        "numero": f"F{next(_sequencia):08d}",
        "competencia": date(2026, 2, 1),
        "vencimento": date(2026, 2, 10),
        "valor": Decimal("99.90"),
    }
    return Fatura.objects.create(contrato=contrato or criar_contrato(), **padrao | campos)


def criar_debito(
    contrato: Contrato, *, vencida_ha: int = 40, avisada_ha: int | None = 30, **campos
) -> Fatura:
    """Uma fatura vencida há tantos dias, com o aviso entregue há tantos outros (`None`: sem aviso)."""
    vencimento = timezone.localdate() - timedelta(days=vencida_ha)
    fatura = criar_fatura(contrato, vencimento=vencimento, competencia=vencimento.replace(day=1), **campos)
    if avisada_ha is not None:
        em = timezone.now() - timedelta(days=avisada_ha)
        NotificacaoDeDebito.objects.create(
            fatura=fatura, canal="email", enviada_em=em, entregue_em=em, conteudo="Débito em aberto."
        )
    return fatura


def bloquear(contrato: Contrato) -> Contrato:
    """O contrato em Bloqueio Financeiro pelo débito que já tem; o banco recusa se o prazo não correu."""
    contrato.situacao = SituacaoDoContrato.BLOQUEIO_FINANCEIRO
    contrato.save(update_fields=["situacao"])
    contrato.refresh_from_db()
    return contrato


def criar_tipo_de_evento(**campos) -> TipoDeEvento:
    """Um tipo de evento comum."""
    numero = next(_sequencia)
    return TipoDeEvento.objects.create(
        **{"codigo": f"tipo-de-teste-{numero}", "nome": f"Tipo de teste {numero}"} | campos
    )


def criar_evento(contrato: Contrato | None = None, **campos) -> EventoDeContrato:
    """Um evento de um tipo próprio."""
    campos.setdefault("tipo", None)
    campos["tipo"] = campos["tipo"] or criar_tipo_de_evento()
    return EventoDeContrato.objects.create(
        contrato=contrato or criar_contrato(), **{"descricao": "Contrato ativado."} | campos
    )


def criar_concentrador(**campos) -> Concentrador:
    """Um concentrador na faixa de documentação."""
    numero = next(_sequencia)
    return Concentrador.objects.create(
        **{"nome": f"bras-ipe-{numero}", "ip": f"2001:db8::{numero:x}"} | campos
    )


def criar_ponto_de_acesso(concentrador: Concentrador | None = None, **campos) -> PontoDeAcesso:
    """Um ponto de acesso."""
    return PontoDeAcesso.objects.create(
        concentrador=concentrador or criar_concentrador(),
        **{"codigo": f"POP-{next(_sequencia)}", "titulo": "POP Centro"} | campos,
    )


def criar_olt(ponto_de_acesso: PontoDeAcesso | None = None, **campos) -> Olt:
    """Uma OLT de 7 slots."""
    return Olt.objects.create(
        ponto_de_acesso=ponto_de_acesso or criar_ponto_de_acesso(),
        **{"nome": f"OLT-{next(_sequencia)}"} | campos,
    )


def criar_splitter(olt: Olt | None = None, **campos) -> Splitter:
    """Um splitter 1:8 sem slot."""
    return Splitter.objects.create(
        olt=olt or criar_olt(), **{"nome": f"CTO-{next(_sequencia)}", "razao": 8} | campos
    )


def criar_condominio(**campos) -> Condominio:
    """Um condomínio."""
    return Condominio.objects.create(**{"nome": f"Residencial Manacá {next(_sequencia)}"} | campos)


def criar_perfil(
    *,
    capacidades: Iterable[str] = (),
    acoes: Iterable[str] | Mapping[str, dict] = (),
    widgets: Iterable[str] = (),
    empresas: Iterable[Empresa] = (),
    **campos,
) -> Perfil:
    """Um perfil com o que lhe for dado e nada mais.

    `acoes` e `widgets` são slugs do catálogo; `acoes` pode ser `{slug: limites}`. Um slug que não
    existe levanta `DoesNotExist`: o teste não passa por engano.
    """
    perfil = Perfil.objects.create(**{"name": f"Perfil de teste {next(_sequencia)}"} | campos)
    for capacidade in capacidades:
        perfil.permissions.add(_permissao("perfis", capacidade))
    limites = acoes if isinstance(acoes, Mapping) else {}
    for ordem, slug in enumerate(acoes):
        _conceder(
            ConcessaoDeAcao, perfil, "executar_acao", Acao.objects.get(slug=slug),
            ordem=ordem, limites=limites.get(slug, {}),
        )  # fmt: skip
    for ordem, slug in enumerate(widgets):
        _conceder(ConcessaoDeWidget, perfil, "ver_widget", Widget.objects.get(slug=slug), ordem=ordem)
    for empresa in empresas:
        conceder_empresa(perfil, empresa)
    return perfil


def conceder_empresa(perfil: Perfil, empresa: Empresa, **campos) -> ConcessaoDeEmpresa:
    """Deixa o perfil atender a empresa."""
    return _conceder(ConcessaoDeEmpresa, perfil, "atender_empresa", empresa, **campos)


def criar_usuario(perfil: Perfil | None = None, *, username: str | None = None, **campos) -> Usuario:
    """Um usuário com a senha `SENHA` num perfil: o dado ou um novo com o que `criar_perfil` aceita.

    `criar_usuario(capacidades=["atender"], empresas=[empresa])`; outros campos são do usuário.
    """
    concedido = {nome: campos.pop(nome, ()) for nome in ("capacidades", "acoes", "widgets", "empresas")}
    if perfil and any(concedido.values()):
        raise ValueError("Dê um perfil pronto ou o que o novo concede, não os dois.")
    usuario = Usuario.objects.create_user(username or f"pessoa{next(_sequencia)}", password=SENHA, **campos)
    usuario.groups.add(perfil or criar_perfil(**concedido))
    return usuario


def _permissao(aplicativo: str, codigo: str) -> Permission:
    return Permission.objects.get(content_type__app_label=aplicativo, codename=codigo)


def _conceder(concessao, perfil, codigo, objeto, **campos):
    permissao = _permissao(objeto._meta.app_label, codigo)
    return concessao.objects.create(group=perfil, permission=permissao, content_object=objeto, **campos)


def criar_calendario(**campos) -> Calendario:
    """Um calendário de 24 horas."""
    return Calendario.objects.create(**{"nome": f"24x7 {next(_sequencia)}", "sempre": True} | campos)


def criar_prazo(calendario: Calendario | None = None, **campos) -> Prazo:
    """Um prazo de 8 horas corridas."""
    padrao = {"nome": f"Prazo {next(_sequencia)}", "horas": 8}
    return Prazo.objects.create(calendario=calendario or criar_calendario(), **padrao | campos)


def criar_equipe(*membros: Usuario, encaminha_para: Iterable[Equipe] = (), **campos) -> Equipe:
    """Uma equipe com os membros dados, ativos."""
    numero = next(_sequencia)
    equipe = Equipe.objects.create(**{"nome": f"Equipe {numero}", "slug": f"equipe-{numero}"} | campos)
    for usuario in membros:
        MembroDaEquipe.objects.create(equipe=equipe, usuario=usuario)
    equipe.encaminha_para.set(encaminha_para)
    return equipe


def criar_turno_de_campo(equipe: Equipe | None = None, **campos) -> TurnoDeCampo:
    """Um turno da manhã, das 8 às 12, com duas visitas de duas horas."""
    padrao = {"periodo": "manha", "inicio": time(8), "fim": time(12), "minutos": 120, "vagas": 2}
    return TurnoDeCampo.objects.create(equipe=equipe or criar_equipe(), **padrao | campos)


def verificar_identidade(solicitacao: Solicitacao) -> None:
    """A conferência de quem fala, feita pelo responsável."""
    identidade.verificar(solicitacao, por=solicitacao.responsavel, fatores=["nome_completo", "nascimento"])


def criar_motivo(tipo: str = "pausa", **campos) -> Motivo:
    """Um motivo que nada exige."""
    return Motivo.objects.create(**{"tipo": tipo, "nome": f"Motivo {next(_sequencia)}"} | campos)


def criar_tipo_de_solicitacao(**campos) -> TipoDeSolicitacao:
    """Um tipo comum, que não vale para contratos bloqueados."""
    numero = next(_sequencia)
    return TipoDeSolicitacao.objects.create(**{"codigo": f"tipo-{numero}", "nome": f"Tipo {numero}"} | campos)


def criar_massiva(**campos) -> Massiva:
    """Uma massiva aberta há uma hora na caixa dada, ou numa nova."""
    padrao = {"titulo": f"Queda {next(_sequencia)}", "inicio": timezone.now() - timedelta(hours=1)}
    if not campos.keys() & {"splitter", "olt", "ponto_de_acesso", "cidade"}:
        campos["splitter"] = criar_splitter()
    if "splitter" in campos:
        padrao["escopo"] = "splitter"
    return Massiva.objects.create(**padrao | campos)


def criar_artigo(**campos) -> Artigo:
    """Um artigo que vale para qualquer problema."""
    padrao = {"titulo": f"Artigo {next(_sequencia)}", "texto": "Reinicie o roteador e espere dois minutos."}
    return Artigo.objects.create(**padrao | campos)


def criar_solucao(**campos) -> Solucao:
    """Uma solução."""
    return Solucao.objects.create(**{"nome": f"Solução {next(_sequencia)}"} | campos)


def criar_agente(
    *equipes: Equipe, empresas: Iterable[Empresa], supervisor: bool = False, **perfil
) -> Usuario:
    """Um atendente das empresas, membro das equipes; `perfil` são campos do seu perfil."""
    capacidades = ["atender", "supervisionar"] if supervisor else ["atender"]
    usuario = criar_usuario(criar_perfil(capacidades=capacidades, empresas=empresas, **perfil))
    for equipe in equipes:
        MembroDaEquipe.objects.create(equipe=equipe, usuario=usuario)
    return usuario


def criar_solicitacao(*, por: Usuario, etiqueta: Etiqueta, em_maos: bool = False, **campos) -> Solicitacao:
    """Uma solicitação na fila da equipe de `por` ou, com `em_maos`, em atendimento por ele."""
    padrao = {"canal": "telefone", "solicitante_nome": "Jacira Alecrim", "descricao": "Sem conexão."}
    verbo = solicitacoes.iniciar if em_maos else solicitacoes.abrir
    return verbo(por=por, etiqueta=etiqueta, **padrao | campos)
