"""Os arquivos da rede: dos concentradores às conexões e aos equipamentos emprestados."""

from atendimento.importacao import conversores
from atendimento.importacao.descricao import Coluna, Conferencia, Tabela
from contratos.models import (
    Concentrador,
    Condominio,
    Conexao,
    Equipamento,
    Olt,
    PontoDeAcesso,
    Splitter,
)

SENHA = "Em claro; é cifrada ao entrar e nunca mostrada. Vazia não muda a que já existe."
LOGIN = conversores.codigo(
    r"[a-z0-9._@-]{3,64}", "login inválido: use de 3 a 64 caracteres: a–z, 0–9 e . _ @ -",
    ajustar=conversores.minusculas,
)  # fmt: skip

CONCENTRADORES = Tabela(
    nome="concentradores",
    modelo=Concentrador,
    chave=("nome",),
    colunas=(
        Coluna("nome"),
        Coluna("ip"),
        Coluna("fabricante"),
        Coluna("modelo"),
        Coluna("porta_coa"),
        Coluna("segredo", ajuda=SENHA),
        Coluna("ativo"),
    ),
)

PONTOS_DE_ACESSO = Tabela(
    nome="pontos_de_acesso",
    modelo=PontoDeAcesso,
    chave=("codigo",),
    colunas=(
        Coluna("codigo"),
        Coluna("titulo"),
        Coluna("concentrador", liga_por="nome"),
        Coluna("fora_do_ar"),
    ),
)

OLTS = Tabela(
    nome="olts",
    modelo=Olt,
    chave=("nome",),
    colunas=(
        Coluna("nome"),
        Coluna("fabricante"),
        Coluna("modelo"),
        Coluna("ponto_de_acesso", liga_por="codigo"),
        Coluna("slots"),
        Coluna("portas_por_slot"),
    ),
)

SPLITTERS = Tabela(
    nome="splitters",
    modelo=Splitter,
    chave=("nome",),
    colunas=(
        Coluna("nome"),
        Coluna("razao", ajuda="1:8 ou só 8."),
        Coluna("olt", liga_por="nome"),
        Coluna("slot"),
        Coluna("porta"),
        Coluna("endereco"),
    ),
)

CONDOMINIOS = Tabela(
    nome="condominios",
    modelo=Condominio,
    chave=("nome",),
    colunas=(Coluna("nome"), Coluna("endereco"), Coluna("sindico"), Coluna("regras")),
)

CONEXOES = Tabela(
    nome="conexoes",
    modelo=Conexao,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("etiqueta", liga_por="codigo_externo"),
        Coluna("servico", liga_por="codigo_externo", ajuda="Do mesmo contrato."),
        Coluna("ativa"),
        Coluna("login", LOGIN),
        Coluna("senha", ajuda=SENHA),
        Coluna("tipo_ip"),
        Coluna("ip", ajuda="Se, e só se, o tipo é Fixo."),
        Coluna("cgnat"),
        Coluna("mac", conversores.mac),
        Coluna("tipo_equipamento"),
        Coluna("concentrador", liga_por="nome"),
        Coluna("ponto_de_acesso", liga_por="codigo"),
        Coluna("splitter", liga_por="nome"),
        Coluna("olt", liga_por="nome"),
        Coluna("slot_olt"),
        Coluna("porta_olt"),
        Coluna("porta_splitter"),
        Coluna("condominio", liga_por="nome"),
        Coluna("unidade"),
        Coluna("serial", conversores.serial),
        Coluna("endereco", liga_por="codigo_externo"),
        Coluna("usuario_equipamento"),
        Coluna("senha_equipamento", ajuda=SENHA),
        Coluna("status"),
    ),
    conferencias=(
        Conferencia(
            "endereco",
            "o endereço é de outro cliente.",
            "(SELECT c.cliente_id FROM contratos_etiqueta e JOIN contratos_contrato c ON c.id = e.contrato_id"
            " WHERE e.id = s.etiqueta_id)"
            " <> (SELECT e.cliente_id FROM clientes_endereco e WHERE e.id = s.endereco_id)",
        ),
    ),
)

EQUIPAMENTOS = Tabela(
    nome="equipamentos",
    modelo=Equipamento,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("etiqueta", liga_por="codigo_externo"),
        Coluna("patrimonio"),
        Coluna("tipo"),
        Coluna("modelo"),
        Coluna("serial", conversores.serial),
        Coluna("mac", conversores.mac),
        Coluna("entregue_em"),
        Coluna("devolvido_em"),
    ),
)
