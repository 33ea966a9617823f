"""Uns trezentos clientes além dos cenários, com as proporções de `dominio.md` §7 e casos de borda."""

from itertools import cycle

from atendimento.demonstracao.cadastros import PORTO
from atendimento.demonstracao.fichas import REDE_DA_CIDADE, Fichas
from atendimento.popular import ficticios, nomes
from atendimento.popular.mistura import repetir
from clientes.enums import Gravidade, TipoDePessoa
from clientes.models import Cliente
from contratos.enums import SituacaoDoContrato, TipoDeIp, TipoDePatrimonio
from contratos.models import Conexao, Contrato

Situacao = SituacaoDoContrato
TIPOS = repetir((267, "PF"), (14, "PJ numérico"), (16, "PJ alfanumérico"), (6, "EX"))
# 303 clientes: 36 com dois contratos ou mais, três sem nenhum; 346 contratos.
CONTRATOS_POR_CLIENTE = repetir((264, 1), (3, 0), (30, 2), (4, 3), (2, 5))
SITUACOES = repetir(
    (283, Situacao.NORMAL),
    (24, Situacao.BLOQUEIO_FINANCEIRO),
    (7, Situacao.SUSPENSO),
    (4, Situacao.CORTESIA),
    (4, Situacao.DEMONSTRACAO),
    (2, Situacao.BLOQUEIO_ADMINISTRATIVO),
    (17, Situacao.CANCELADO),
    (5, Situacao.ENCERRADO),
)
ETIQUETAS_A_MAIS = repetir((328, 0), (14, 1), (4, 2))
CONEXOES_POR_ETIQUETA = repetir((349, 1), (11, 0), (8, 2))
MEIOS = repetir((320, "cto"), (28, "olt"), (28, "rádio"))
PLANOS = repetir((90, "FIB-200"), (120, "FIB-400"), (90, "FIB-600"), (46, "FIB-1G"))
CIDADES = repetir((60, nomes.CIDADES[0]), (30, nomes.CIDADES[1]), (10, nomes.CIDADES[2]))
AVULSOS = ["SVA-MESH", "SVA-TV", "SVA-FONE", "SVA-AV"]
ESTRANGEIROS = ["Ingrid Lindblom Avenca", "Kofi Acácia Mensah", "Mirela Girassol", "Tadeo Bambu Quispe"]
NOME_COMPRIDO = (
    "Maria Antônia Francisca Generosa da Boa Esperança Quaresmeira de Araucária e Vale dos Jequitibás"
    " Guapuruvu Carnaúba Umbuzeiro"
)
RAZAO_COMPRIDA = (
    "Cooperativa Agropecuária, Florestal e de Energia Renovável dos Pequenos Produtores do Vale do Ipê e da"
    " Serra das Araucárias Azuis Ltda"
)
FATOS = [
    ("alteracao-de-vencimento", "vencimento: 10 → 20 · Justificativa: pedido do cliente"),
    ("alteracao-de-cobranca", "cobrança: Boleto por e-mail → Pix · Justificativa: pedido do cliente"),
    ("upgrade", "plano: Ipê Fibra 200 Mega → Ipê Fibra 400 Mega · Justificativa: oferta aceita"),
    ("servico-incluido", "Serviço Incluído: Antivírus · Total: 9,90"),
    ("eventual-lancado", "Desconto de R$ 12,40 na próxima fatura · Justificativa: indisponibilidade"),
    ("reajuste-anual", "Reajuste anual de 4,15 % pelo índice do contrato"),
    ("troca-de-equipamento", "Troca de ONT · Justificativa: porta queimada"),
    ("renegociacao", "Renegociação em 3 parcelas · termo aceito"),
]


class Multidao:
    """Sorteia, com a semente das fichas, quem tem o quê."""

    def __init__(self, fichas: Fichas):
        self.f, self.rng = fichas, fichas.rng
        self.situacoes = self._embaralhar(SITUACOES)
        self.etiquetas = self._embaralhar(ETIQUETAS_A_MAIS)
        self.conexoes = self._embaralhar(CONEXOES_POR_ETIQUETA)
        self.meios = self._embaralhar(MEIOS)
        self.planos = cycle(self._embaralhar(PLANOS))
        self.avulsos = cycle(AVULSOS)

    def _embaralhar(self, valores):
        return iter(self.rng.sample(valores, len(valores)))

    def criar(self) -> None:
        """Todos os clientes, com seus contratos."""
        tipos, quantos = self._embaralhar(TIPOS), self._embaralhar(CONTRATOS_POR_CLIENTE)
        pessoas = nomes.pessoas(self.rng, len(TIPOS), nomes.POUCOS_PRENOMES, nomes.POUCOS_SOBRENOMES)
        for posto, (nome, _) in enumerate(pessoas):
            cliente = self._cliente(next(tipos), nome, posto)
            for ordem in range(next(quantos)):
                self._contrato(cliente, ordem)
        self._clientes_de_borda()

    def _cliente(self, tipo: str, nome: str, posto: int) -> Cliente:
        campos = {"cidade": self.rng.choice(CIDADES)}
        if tipo == "PF":
            if posto % 40 == 7:
                campos["nome_social"] = f"{self.rng.choice(nomes.PRENOMES)} {nome.split()[-1]}"
            cliente = self.f.pessoa(nome, **campos)
        elif tipo == "EX":
            nome = ESTRANGEIROS[posto % len(ESTRANGEIROS)]
            cliente = self.f.pessoa(nome, tipo=TipoDePessoa.ESTRANGEIRO, documento=f"XD{posto:06d}", **campos)
        else:
            [(razao, fantasia, _)] = nomes.empresas(self.rng, 1, nomes.POUCOS_SOBRENOMES)
            if tipo == "PJ numérico":
                documento = ficticios.cnpj_errado(90_000_000 + posto, ficticios.DESVIO_DA_DEMONSTRACAO)
            else:
                documento = ficticios.cnpj_alfanumerico(f"IPE{posto:05d}")
            cliente = self.f.empresa_cliente(razao, fantasia, documento, **campos)
        if posto % 25 == 3:
            self.f.alerta(cliente, "Prefere contato por mensagem, à tarde.", Gravidade.INFORMACAO)
        return cliente

    def _contrato(self, cliente: Cliente, ordem: int) -> Contrato:
        f, situacao, ha = self.f, next(self.situacoes), self.rng.randrange(150, 1800)
        juridica = cliente.tipo == TipoDePessoa.JURIDICA
        plano = "EMP-300" if juridica and ordem == 0 else next(self.planos)
        outras = ["FIB-200"] * next(self.etiquetas)
        avulsos = [next(self.avulsos)] if self.rng.random() < 0.6 else []
        campos = {"ha": ha, "avulsos": avulsos, "situacao": situacao, "outras_etiquetas": outras} | self._fim(
            situacao, ha
        )
        if ordem:
            campos["endereco"] = f.endereco(cliente, self.rng.choice(CIDADES))
        vencida = f.vencimento_ha(self.rng.randrange(36, 90))
        if situacao == Situacao.BLOQUEIO_FINANCEIRO:
            campos["dia_vencimento"] = vencida.day
        contrato = f.contrato(cliente, plano, **campos)
        for etiqueta in f.etiquetas(contrato):
            for _ in range(next(self.conexoes)):
                self._conexao(etiqueta, fixo=plano == "EMP-300")
        self._historia(contrato, situacao, ha, vencida)
        return contrato

    def _fim(self, situacao: int, ha: int) -> dict:
        if situacao not in (Situacao.CANCELADO, Situacao.ENCERRADO):
            return {}
        fim = self.f.dia(self.rng.randrange(10, ha - 90))
        cancelado = {"cancelado_em": fim, "motivo_do_cancelamento": "Preço"}
        return {"vigencia_fim": fim} | (cancelado if situacao == Situacao.CANCELADO else {})

    def _conexao(self, etiqueta, *, fixo: bool) -> Conexao:
        f, meio = self.f, next(self.meios)
        campos = {"tipo_ip": TipoDeIp.FIXO, "ip": f.ip_fixo()} if fixo else {}
        if meio == "rádio":
            campos["ponto_de_acesso"] = f.rede.pontos["CEN-RD.1"]
        elif meio == "olt":
            olt = f.rede.olts[REDE_DA_CIDADE[etiqueta.endereco.cidade][1]]
            campos |= {"olt": olt, "slot_olt": self.rng.randrange(1, olt.slots + 1), "porta_olt": 4}
        elif self.rng.random() < 0.08:
            campos["condominio"] = self.rng.choice(f.rede.condominios)
            campos["unidade"] = f"Bloco A, apto {self.rng.randrange(101, 999)}"
        conexao = f.conectar(etiqueta, **campos)
        if meio == "rádio":
            f.equipamento(conexao, TipoDePatrimonio.RADIO, "LiteBeam 5AC")
        elif self.rng.random() < 0.7:
            f.equipamento(conexao, TipoDePatrimonio.ONT, "ONT Wi-Fi 6 HG8145X6")
        return conexao

    def _historia(self, contrato: Contrato, situacao: int, ha: int, vencida) -> None:
        f = self.f
        if situacao == Situacao.BLOQUEIO_FINANCEIRO:
            ha_quanto = (f.hoje - vencida).days
            f.bloquear_por_debito(contrato, vencida, notificada_ha=ha_quanto - 3, ha=ha_quanto - 19)
            return
        fim = (f.hoje - contrato.vigencia_fim).days if contrato.vigencia_fim else 1
        for _ in range(self.rng.randrange(1, 12)):
            tipo, descricao = self.rng.choice(FATOS)
            f.evento(contrato, tipo, self.rng.randrange(fim, ha), descricao)
        if situacao == Situacao.SUSPENSO:
            f.evento(
                contrato, "suspensao-inicio", 20, "Detalhes da suspensão: 90 dias · Justificativa: reforma"
            )
        elif situacao == Situacao.BLOQUEIO_ADMINISTRATIVO:
            f.evento(contrato, "bloqueio-administrativo", 5, "Justificativa: fraude documentada")
        elif situacao == Situacao.CANCELADO:
            f.evento(contrato, "cancelamento-preco", fim, "situação: Normal → Cancelado · pedido do titular")
        elif situacao == Situacao.ENCERRADO:
            f.evento(contrato, "encerramento", fim, "situação: Normal → Encerrado · fim da vigência")
        if situacao == Situacao.NORMAL and self.rng.random() < 0.08:
            f.dever(contrato, f.vencimento(contrato.dia_vencimento, 1))
        elif situacao not in (Situacao.CORTESIA, Situacao.DEMONSTRACAO):
            f.faturas_em_dia(contrato, self.rng.randrange(3, 7), desde=fim // 30 + 1 if fim > 1 else 0)

    def _clientes_de_borda(self) -> None:
        """Nome e razão social no limite, link dedicado, e um contrato com três etiquetas."""
        f = self.f
        comprida = f.pessoa(NOME_COMPRIDO, nome_social="Antônia Quaresmeira")
        f.conectar(f.etiqueta(f.contrato(comprida)))
        cooperativa = f.empresa_cliente(
            RAZAO_COMPRIDA, "Cooperativa do Vale", ficticios.cnpj_alfanumerico("C00PVALE")
        )
        dedicado = f.contrato(cooperativa, "DED-100", ha=300, empresa=PORTO, fidelidade_beneficio=900)
        f.conectar(f.etiqueta(dedicado), tipo_ip=TipoDeIp.FIXO, ip="2001:db8:ffff::d3d1:1")
        f.faturas_em_dia(dedicado)
        varios = f.contrato(comprida, "FIB-1G", ha=250, outras_etiquetas=["FIB-200", "FIB-200"])
        _, com_duas, _ = f.etiquetas(varios)
        f.conectar(com_duas)
        f.conectar(com_duas, tipo_ip=TipoDeIp.PELO_CE)
