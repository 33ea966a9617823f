"""`manage.py importar`: o que entra, o que é recusado e o que nunca fica pela metade."""

from datetime import date
from decimal import Decimal

import psycopg
import pytest
from django.db import connection

from atendimento.importacao import importador
from atendimento.importacao.frases import FRASES
from atendimento.importacao.importador import importar
from atendimento.importacao.leitura import LIMITE_DA_CELULA
from atendimento.importacao.tabelas import TABELAS
from clientes.models import Cliente
from contratos import cifra
from contratos.models import Conexao, Contrato, Etiqueta, EventoDeContrato, Fatura, ServicoContratado
from tests.importacao.casos import LINHAS_RECUSADAS, cliente

pytestmark = pytest.mark.django_db


def quantidades() -> dict[str, int]:
    """Linhas de cada tabela que se importa."""
    return {tabela.nome: tabela.modelo.objects.count() for tabela in TABELAS}


def test_a_pasta_de_exemplo_entra_inteira_e_se_le(pasta, comando):
    saida = comando(pasta)
    assert saida.erro == ""
    assert saida.recusas == []
    assert all(lidas == criadas for lidas, criadas, *_ in saida.contas.values())
    assert len(saida.contas) == len(TABELAS)

    conexao = Conexao.objects.get(codigo_externo="CX-001")
    assert cifra.decifrar(conexao.senha) == "Cantiga-Azul-71"
    assert cifra.decifrar(conexao.senha_equipamento) == "Porta-Verde-01"
    assert conexao.slot_olt_exibido == 3
    assert conexao.mac == "00005E005301"
    sem_splitter = Conexao.objects.get(codigo_externo="CX-002")
    assert sem_splitter.slot_olt_exibido == 5
    assert sem_splitter.serial == "HWTC1A2B3C02"

    contrato = conexao.etiqueta.contrato
    assert contrato.valor == Decimal("99.90")
    assert contrato.vigencia_inicio == date(2026, 1, 5)
    assert contrato.cliente.nome == "Jacira Alecrim"
    assert contrato.empresa.codigo_externo == "EMP-1"
    assert contrato.endereco.cep == "00000012"
    assert contrato.faturas.get(numero="IMP-F-002").valor_pago == Decimal("102.10")
    assert [e.tipo.codigo for e in contrato.eventos.all()] == [
        "migracao-de-sistema", "ativado", "contrato-criado",
    ]  # fmt: skip
    assert set(contrato.cliente.contatos.values_list("valor", flat=True)) == {
        "+5554900000001", "jacira.alecrim@exemplo.net",
    }  # fmt: skip
    assert Etiqueta.objects.filter(empresa_id=contrato.empresa_id).count() == 7


def test_importar_de_novo_nao_muda_nada(pasta, comando):
    comando(pasta)
    antes = list(Cliente.objects.order_by("pk").values_list("pk", "versao", "atualizado_em"))
    senhas = list(Conexao.objects.order_by("pk").values_list("senha", flat=True))
    saida = comando(pasta)
    assert saida.erro == ""
    assert all(lidas == iguais for lidas, _, _, iguais, _ in saida.contas.values())
    assert list(Cliente.objects.order_by("pk").values_list("pk", "versao", "atualizado_em")) == antes
    assert list(Conexao.objects.order_by("pk").values_list("senha", flat=True)) == senhas


def test_uma_linha_mudada_e_atualizada_e_so_ela(pasta, comando):
    comando(pasta)
    pasta.trocar("clientes.csv", "Ubirajara Peroba", "Ubirajara Peroba Filho")
    pasta.trocar("conexoes.csv", "Cantiga-Azul-71", "Cantiga-Nova-71")
    contas = comando(pasta).contas
    assert contas["clientes.csv"] == [10, 0, 1, 9, 0]
    assert contas["conexoes.csv"] == [9, 0, 1, 8, 0]
    assert contas["contratos.csv"] == [9, 0, 0, 9, 0]
    assert Cliente.objects.get(codigo_externo="C-009").versao == 2
    assert cifra.decifrar(Conexao.objects.get(codigo_externo="CX-001").senha) == "Cantiga-Nova-71"


def test_uma_senha_vazia_nao_apaga_a_que_existe(pasta, comando):
    comando(pasta)
    pasta.trocar("conexoes.csv", "Cantiga-Azul-71", "")
    assert comando(pasta).contas["conexoes.csv"] == [9, 0, 0, 9, 0]
    assert cifra.decifrar(Conexao.objects.get(codigo_externo="CX-001").senha) == "Cantiga-Azul-71"


def test_colunas_que_o_arquivo_nao_traz_ficam_como_estao(pasta, comando):
    comando(pasta)
    (pasta.so("clientes.csv").caminho / "clientes.csv").write_text(
        "codigo_externo,tipo,nome,demo\nC-001,PF,Jacira Alecrim Nova,sim\n"
    )
    assert comando(pasta).contas == {"clientes.csv": [1, 0, 1, 0, 0]}
    cliente = Cliente.objects.get(codigo_externo="C-001")
    assert (cliente.nome, cliente.documento) == ("Jacira Alecrim Nova", "10000000100")


def test_o_ensaio_diz_o_mesmo_e_nada_grava(pasta, comando):
    antes = quantidades()
    ensaio = comando(pasta, ensaio=True)
    assert quantidades() == antes
    de_verdade = comando(pasta)
    assert ensaio.contas == de_verdade.contas
    assert ensaio.erro == de_verdade.erro == ""


def test_so_parte_dos_arquivos_se_liga_ao_que_ja_esta_no_banco(pasta, comando):
    comando(pasta)
    pasta.so("faturas.csv")
    pasta.acrescentar("faturas.csv", 'F-900,CT-002,IMP-F-900,04/2026,10/04/2026,"79,90",Aberta,,,,não')
    assert comando(pasta).contas == {"faturas.csv": [8, 1, 0, 7, 0]}
    assert Fatura.objects.get(codigo_externo="F-900").contrato.numero == "IMP-2026002"


def test_quem_libera_o_ip_e_quem_o_toma_podem_vir_em_qualquer_ordem(pasta, comando):
    comando(pasta)
    pasta.trocar(
        "conexoes.csv", "CX-002;ET-002;S-002;sim;otavio.manaca@ipe;Cantiga-Azul-72;Pelo CE;;",
        "CX-002;ET-002;S-002;sim;otavio.manaca@ipe;Cantiga-Azul-72;Fixo;203.0.113.10;",
    )  # fmt: skip
    pasta.trocar("conexoes.csv", "Fixo;203.0.113.10;não;0000.5e00.5303", "Pool de IP;;não;0000.5e00.5303")
    saida = comando(pasta)
    assert saida.erro == ""
    assert saida.contas["conexoes.csv"] == [9, 0, 2, 7, 0]


def test_cada_linha_ruim_e_dita_com_linha_e_coluna_e_nada_entra(pasta, comando):
    antes = quantidades()
    esperadas = []
    for numero, ((arquivo, linha), coluna, frase) in enumerate(LINHAS_RECUSADAS.values()):
        linha_fisica = (pasta.caminho / arquivo).read_bytes().count(b"\n") + 1
        pasta.acrescentar(arquivo, linha.replace("§", str(numero)))
        onde = f"{arquivo} linha {linha_fisica}" + (f", coluna {coluna}: " if coluna else ": ")
        esperadas.append((onde, frase))
    ensaio, de_verdade = comando(pasta, ensaio=True), comando(pasta)
    for onde, frase in esperadas:
        assert [frase in recusa for recusa in ensaio.recusas if recusa.startswith(onde)] == [True], onde
    assert len(ensaio.recusas) == len(esperadas)
    assert sum(conta[-1] for conta in ensaio.contas.values()) == len(esperadas)
    assert ensaio == de_verdade
    assert "nada foi gravado" in de_verdade.erro
    assert quantidades() == antes


def _latin1(pasta):
    pasta.acrescentar("clientes.csv", "C-900;PF;Conceição;;;;;;;não".encode("latin-1"))
    return "clientes.csv linha 13: o texto não está em UTF-8"


def _celula_de_dez_megabytes(pasta):
    pasta.acrescentar("clientes.csv", f"C-900;PF;{'a' * 10_000_000};;;;;;;não")
    return f"clientes.csv linha 13: célula com mais de {LIMITE_DA_CELULA} caracteres"


def _celula_logo_acima_do_limite(pasta):
    pasta.acrescentar("clientes.csv", f"C-900;PF;Jacira;;;;;;{'a' * (LIMITE_DA_CELULA + 1)};não")
    return f"clientes.csv linha 13: célula com mais de {LIMITE_DA_CELULA} caracteres"


def _aspas_que_nao_fecham(pasta):
    pasta.acrescentar("clientes.csv", 'C-900;PF;"Jacira;;;;;;;não')
    return "clientes.csv linha 13: aspas fora do lugar"


def _bytes_nulos(pasta):
    pasta.acrescentar("clientes.csv", b"C-900;PF;Ja\0cira;;;;;;;n")
    return "clientes.csv linha 13: há bytes nulos"


def _coluna_desconhecida(pasta):
    pasta.trocar("clientes.csv", "Nome fantasia", "Apelido")
    return "clientes.csv: colunas desconhecidas: apelido"


def _coluna_que_falta(pasta):
    pasta.trocar("planos.csv", "codigo,nome", "codigo,tipo")
    pasta.trocar("planos.csv", "codigo,tipo,tipo,", "codigo,ativo,tipo,")
    pasta.trocar("planos.csv", "fidelidade_meses,ativo", "fidelidade_meses,upload_mbps")
    pasta.trocar("planos.csv", "download_mbps,upload_mbps,valor", "download_mbps,fidelidade_meses,valor")
    pasta.trocar("planos.csv", "valor,fidelidade_meses,", "valor,upload_mbps,")
    pasta.trocar("planos.csv", "upload_mbps,upload_mbps", "upload_mbps")
    return "planos.csv: faltam colunas obrigatórias: nome"


def _coluna_repetida(pasta):
    pasta.trocar("clientes.csv", "Nome fantasia", "Nome Social")
    return "clientes.csv: colunas repetidas no cabeçalho: nome_social"


def _arquivo_vazio(pasta):
    (pasta.caminho / "clientes.csv").write_bytes(b"")
    return "clientes.csv: falta o cabeçalho"


def _arquivo_desconhecido(pasta):
    (pasta.caminho / "cliente.csv").write_text("codigo_externo\n")
    return "cliente.csv: arquivo desconhecido"


@pytest.mark.parametrize(
    "estragar",
    [
        _latin1, _celula_de_dez_megabytes, _celula_logo_acima_do_limite, _aspas_que_nao_fecham, _bytes_nulos,
        _coluna_desconhecida, _coluna_que_falta, _coluna_repetida, _arquivo_vazio, _arquivo_desconhecido,
    ],
    ids=lambda f: f.__name__.strip("_"),
)  # fmt: skip
def test_um_arquivo_que_nao_se_le_e_dito_e_nada_entra(pasta, comando, estragar):
    antes = quantidades()
    frase = estragar(pasta)
    ensaio, de_verdade = comando(pasta, ensaio=True), comando(pasta)
    assert [recusa for recusa in ensaio.recusas if recusa.startswith(frase)] == ensaio.recusas
    assert len(ensaio.recusas) == 1
    assert ensaio == de_verdade
    assert "nada foi gravado" in de_verdade.erro
    assert quantidades() == antes


def test_quem_depende_de_uma_linha_recusada_diz_de_qual(pasta, comando):
    pasta.trocar("clientes.csv", "14/03/1985", "31/02/1985")
    saida = comando(pasta)
    assert "clientes.csv linha 2, coluna nascimento: “31/02/1985” é uma data que não existe." in saida.recusas
    assert (
        "contratos.csv linha 2, coluna cliente: depende da linha 2 de clientes.csv, que foi recusada."
        in saida.recusas
    )
    assert (
        "conexoes.csv linha 2, coluna etiqueta: depende da linha 2 de etiquetas.csv, que foi recusada."
        in saida.recusas
    )


def test_cada_documento_senha_telefone_e_email_fica_fora_do_relatorio(pasta, comando):
    pasta.acrescentar(*cliente(documento="529.982.247-26"))
    pasta.acrescentar("contatos.csv", "C-001,telefone,+55 54 9000-00,,,,")
    pasta.acrescentar("contatos.csv", "C-001,email,segredo@@exemplo.net,,,,")
    pasta.acrescentar("conexoes.csv", "CX-901;ET-999;;sim;x.y@ipe;Senha-Que-Vaza;;;;;;;;;;;;;;;;;;;")
    pasta.acrescentar("concentradores.csv", f"bras-9,198.51.100.9,,,3799,{'Segredo-Que-Vaza' * 20},sim")
    saida = comando(pasta)
    assert len(saida.recusas) == 5
    for sigilo in ("529", "247-26", "9000-00", "segredo@", "Vaza"):
        assert sigilo not in saida.texto + saida.erro


def test_um_contrato_em_vigor_nao_perde_sua_unica_etiqueta(pasta, comando):
    comando(pasta)
    pasta.so("etiquetas.csv").trocar("etiquetas.csv", "residência,sim,E-001", "residência,não,E-001")
    saida = comando(pasta)
    assert saida.recusas == ["etiquetas.csv linha 2: o contrato está em vigor e ficaria sem etiqueta ativa."]
    assert saida.contas["etiquetas.csv"] == [10, 0, 0, 9, 1]
    assert Etiqueta.objects.get(codigo_externo="ET-001").ativa


def test_uma_etiqueta_que_muda_de_contrato_nao_deixa_o_antigo_sem_nenhuma(pasta, comando):
    comando(pasta)
    Conexao.objects.filter(etiqueta__codigo_externo="ET-002").delete()
    ServicoContratado.objects.filter(etiqueta__codigo_externo="ET-002").delete()
    pasta.so("etiquetas.csv").trocar("etiquetas.csv", "ET-002,CT-002", "ET-002,CT-001")
    pasta.trocar("etiquetas.csv", "apartamento,sim,E-002", "apartamento,sim,")
    saida = comando(pasta)
    assert "nada foi gravado" in saida.erro
    assert "etiqueta ativa" in saida.texto
    assert Etiqueta.objects.get(codigo_externo="ET-002").contrato.codigo_externo == "CT-002"


def test_um_evento_que_ja_esta_no_banco_nao_se_altera(pasta, comando):
    comando(pasta)
    pasta.trocar("eventos.csv", "Instalação concluída.", "Instalação refeita.")
    saida = comando(pasta)
    assert saida.recusas == [
        "eventos.csv linha 3: já está no banco com outro conteúdo, e um fato não se altera."
    ]
    assert EventoDeContrato.objects.get(codigo_externo="EV-002").descricao == "Instalação concluída."


def test_um_valor_que_ja_e_de_outro_no_banco_e_recusado(pasta, comando):
    comando(pasta)
    (pasta.so("clientes.csv").caminho / "clientes.csv").write_text(
        "codigo_externo,tipo,nome,documento,demo\nC-777,PJ,Outra Padaria,12.ABC.345/01DE-35,não\n"
    )
    saida = comando(pasta)
    assert saida.recusas == [
        "clientes.csv linha 2, coluna documento: já é de outra linha, do banco ou deste arquivo."
    ]


def test_muitas_linhas_que_so_o_banco_recusa_sao_todas_achadas(pasta, comando):
    for n in range(40):
        tipo = "Fixo" if n % 3 == 0 else "Pool de IP"
        pasta.acrescentar("conexoes.csv", f"CX-9{n:02};ET-004;S-004;sim;nova.{n}@ipe;;{tipo};" + ";" * 17)
    recusas = comando(pasta).recusas
    assert len(recusas) == 14
    assert {frase.split(": ", 1)[1] for frase in recusas} == {FRASES["conexao_ip_se_e_so_se_fixo"][1]}


def test_interrompida_no_meio_nada_fica(pasta):
    antes = quantidades()

    def interromper(arquivo, verbo, quantidade):
        if arquivo == "contratos.csv" and verbo.startswith("gravado"):
            assert Contrato.objects.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importar(pasta.caminho, avanco=interromper)
    assert quantidades() == antes


def test_duas_importacoes_ao_mesmo_tempo_nao_se_atropelam(pasta, comando):
    parametros = connection.get_connection_params()
    alvo = {
        nome: parametros[nome]
        for nome in ("dbname", "user", "host", "port", "password")
        if nome in parametros
    }
    with psycopg.connect(**alvo) as outra:
        outra.execute("SELECT pg_advisory_xact_lock(%s)", [importador.TRAVA])
        saida = comando(pasta)
    assert saida.erro == "outra importação está em andamento."


def test_uma_pasta_sem_csv_ou_que_nao_existe_e_recusada(pasta, comando):
    pasta.so()
    assert "não tem nenhum arquivo CSV" in comando(pasta).erro
    pasta.caminho.rmdir()
    assert "não é uma pasta" in comando(pasta).erro


def test_o_manual_fala_de_todo_arquivo_e_coluna(capsys):
    from django.core.management import call_command

    call_command("importar", colunas=True)
    manual = capsys.readouterr().out
    for tabela in TABELAS:
        trecho = manual.split(f"\n{tabela.arquivo}  ")[1].split("\n\n")[0]
        assert [c for c in tabela.por_nome if f" {c} " not in trecho] == []


# Restrições de colunas que nenhum arquivo traz: a integração se configura no admin.
DE_FORA_DOS_ARQUIVOS = {
    "concentrador_integracao_conhecida",
    "concentrador_freeradius_diz_o_banco",
    "olt_integracao_conhecida",
    "olt_snmp_diz_o_ip",
}


def test_toda_restricao_das_tabelas_importadas_tem_uma_frase():
    com_frase = set(FRASES)
    for tabela in TABELAS:
        for restricao in tabela.modelo._meta.constraints:
            if restricao.name in DE_FORA_DOS_ARQUIVOS:
                continue
            assert restricao.name in com_frase
            assert FRASES[restricao.name][0] in tabela.por_nome


def test_a_pasta_de_exemplo_mostra_todos_os_arquivos(pasta):
    assert {c.name for c in pasta.caminho.iterdir()} == {tabela.arquivo for tabela in TABELAS}
