"""contratos.csv, etiquetas.csv, servicos.csv, tipos_de_evento.csv e eventos.csv."""

from atendimento.importacao import conversores
from atendimento.importacao.descricao import Coluna, Conferencia, Tabela
from contratos.models import Contrato, Etiqueta, EventoDeContrato, ServicoContratado, TipoDeEvento

CODIGO_DE_ETIQUETA = conversores.codigo(
    r"[A-Z0-9./-]{1,20}", "código inválido: use até 20 letras sem acento, algarismos e . / -"
)
CODIGO_DE_TIPO = conversores.codigo(
    r"[a-z0-9_-]{1,60}", "código inválido: use até 60 letras minúsculas sem acento, algarismos, - e _",
    ajustar=conversores.minusculas,
)  # fmt: skip
ENDERECO_DE_OUTRO = "o endereço é de outro cliente."

CONTRATOS = Tabela(
    nome="contratos",
    modelo=Contrato,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("numero"),
        Coluna("empresa", liga_por="codigo_externo"),
        Coluna("cliente", liga_por="codigo_externo"),
        Coluna("situacao"),
        Coluna("estagio"),
        Coluna("tipo_de_contrato"),
        Coluna("tipo_de_faturamento"),
        Coluna("tipo_de_cobranca"),
        Coluna("vigencia_inicio"),
        Coluna("vigencia_fim"),
        Coluna("valor", ajuda="Reais por mês."),
        Coluna("dia_vencimento"),
        Coluna("dia_corte"),
        Coluna("bloqueio_automatico"),
        Coluna("fidelidade_inicio"),
        Coluna("fidelidade_meses"),
        Coluna("fidelidade_beneficio"),
        Coluna("ativado_em"),
        Coluna("vendedor"),
        Coluna("endereco", liga_por="codigo_externo", ajuda="De cobrança."),
        Coluna("cancelado_em"),
        Coluna("motivo_do_cancelamento"),
        Coluna("observacao"),
        Coluna("demo"),
    ),
    conferencias=(
        Conferencia(
            "endereco",
            ENDERECO_DE_OUTRO,
            "s.cliente_id <> (SELECT e.cliente_id FROM clientes_endereco e WHERE e.id = s.endereco_id)",
        ),
    ),
)

ETIQUETAS = Tabela(
    nome="etiquetas",
    modelo=Etiqueta,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("contrato", liga_por="codigo_externo"),
        Coluna("codigo", CODIGO_DE_ETIQUETA),
        Coluna("descricao"),
        Coluna("ativa"),
        Coluna("endereco", liga_por="codigo_externo", ajuda="De instalação."),
    ),
    derivados={"empresa_id": "(SELECT c.empresa_id FROM contratos_contrato c WHERE c.id = l_contrato.id)"},
    conferencias=(
        Conferencia(
            "endereco",
            ENDERECO_DE_OUTRO,
            "(SELECT c.cliente_id FROM contratos_contrato c WHERE c.id = s.contrato_id)"
            " <> (SELECT e.cliente_id FROM clientes_endereco e WHERE e.id = s.endereco_id)",
        ),
    ),
)

SERVICOS = Tabela(
    nome="servicos",
    modelo=ServicoContratado,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("contrato", liga_por="codigo_externo"),
        Coluna("etiqueta", liga_por="codigo_externo", ajuda="Do mesmo contrato."),
        Coluna("plano", liga_por="codigo"),
        Coluna("codigo", ajuda="O que se lê na lista de serviços do contrato."),
        Coluna("descricao"),
        Coluna("quantidade"),
        Coluna("valor", ajuda="Reais por mês e por unidade."),
        Coluna("desconto", ajuda="Reais por mês, no total."),
        Coluna("inicio"),
        Coluna("fim"),
    ),
)

TIPOS_DE_EVENTO = Tabela(
    nome="tipos_de_evento",
    modelo=TipoDeEvento,
    chave=("codigo",),
    colunas=(Coluna("codigo", CODIGO_DE_TIPO), Coluna("nome"), Coluna("objetivo")),
)

EVENTOS = Tabela(
    nome="eventos",
    modelo=EventoDeContrato,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("contrato", liga_por="codigo_externo"),
        Coluna("tipo", liga_por="codigo", ajuda="Código do tipo de evento."),
        Coluna("descricao"),
        Coluna("ocorrido_em", obrigatoria=True),
        Coluna("protocolo"),
    ),
    so_acrescenta=True,
)
