"""O provedor fictício: suas empresas e o que ele vende (`dominio.md` §7)."""

from decimal import Decimal

from contratos.enums import TipoDePlano
from contratos.models import Empresa, Plano

# Na ordem em que `popular` as pesa: 60 %, 30 % e 10 % dos clientes. A última, o N1 não atende.
EMPRESAS = [
    ("Conecta Ipê – Matriz", "Conecta Ipê Telecom S/A (fictícia)", "C0NECTA1000117"),
    ("Conecta Ipê – Filial Aurora", "Conecta Ipê Telecom S/A, filial Aurora (fictícia)", "C0NECTA1000206"),
    ("Conecta Ipê – Porto Jacarandá", "Ipê do Porto Telecom Ltda (fictícia)", "C0NECTA2000161"),
]
MATRIZ, AURORA, PORTO = (nome for nome, _, _ in EMPRESAS)

INTERNET, SVA, TAXA = TipoDePlano.INTERNET, TipoDePlano.SVA, TipoDePlano.TAXA
PLANOS = [
    ("FIB-200", "Ipê Fibra 200 Mega", INTERNET, 200, 100, "79.90", 12),
    ("FIB-400", "Ipê Fibra 400 Mega", INTERNET, 400, 200, "99.90", 12),
    ("FIB-600", "Ipê Fibra 600 Mega + Wi-Fi 6", INTERNET, 600, 300, "119.90", 12),
    ("FIB-1G", "Ipê Giga", INTERNET, 1000, 500, "159.90", 12),
    ("EMP-300", "Ipê Empresas 300 + IP fixo", INTERNET, 300, 300, "249.90", 12),
    ("DED-100", "Link Dedicado 100", INTERNET, 100, 100, "890.00", 24),
    ("RAD-30", "Ipê Rural 30 (rádio)", INTERNET, 30, 10, "109.90", 12),
    ("SVA-MESH", "Ponto mesh", SVA, None, None, "19.90", 0),
    ("SVA-IP", "IP fixo", SVA, None, None, "30.00", 0),
    ("SVA-TV", "TV", SVA, None, None, "39.90", 0),
    ("SVA-FONE", "Telefone fixo", SVA, None, None, "29.90", 0),
    ("SVA-AV", "Antivírus", SVA, None, None, "9.90", 0),
    ("TX-INST", "Instalação (isenta com fidelidade)", TAXA, None, None, "150.00", 0),
    ("TX-MUDA", "Mudança de endereço", TAXA, None, None, "120.00", 0),
    ("TX-VISITA", "Visita improdutiva", TAXA, None, None, "60.00", 0),
]


def garantir_empresas() -> list[Empresa]:
    """As empresas do provedor, criadas se faltarem, na ordem de `EMPRESAS`."""
    return [
        Empresa.objects.get_or_create(
            cnpj=cnpj,
            defaults={
                "nome": nome,
                "razao_social": razao,
                "pix_chave": f"pix.{cnpj.lower()}@exemplo.net",
                "pix_nome": "Conecta Ipe (ficticia)",
                "pix_cidade": "Vale do Ipe",
                "demo": True,
            },
        )[0]
        for nome, razao, cnpj in EMPRESAS
    ]


def garantir_planos() -> dict[str, Plano]:
    """Os planos por código, criados se faltarem; os que já existem ficam como estão."""
    return {
        codigo: Plano.objects.get_or_create(
            codigo=codigo,
            defaults={
                "nome": nome,
                "tipo": tipo,
                "download_mbps": download,
                "upload_mbps": upload,
                "valor": Decimal(valor),
                "fidelidade_meses": fidelidade,
            },
        )[0]
        for codigo, nome, tipo, download, upload, valor, fidelidade in PLANOS
    }
