"""Linhas que a importação recusa: o que se acrescenta à pasta de exemplo, a coluna e um trecho da frase.

`§` vira um número de cada caso, para que um não repita o código do outro.
"""

CONEXAO = (
    "CX-9§;{etiqueta};{servico};sim;{login};;{tipo_ip};{ip};não;{mac};;;;{splitter};;;;{porta};;;{serial};;;;"
)
PADRAO_DA_CONEXAO = {
    "etiqueta": "ET-004", "servico": "S-004", "login": "conexao.§@ipe", "tipo_ip": "Pool de IP", "ip": "",
    "mac": "", "splitter": "", "porta": "", "serial": "",
}  # fmt: skip
CONTRATO = (
    "CT-9§,{numero},{empresa},{cliente},{situacao},Aprovado,Mensal,Pix,{inicio},{fim},{valor},{dia},,,{meses},,,"
    "{endereco},,,sim"
)
PADRAO_DO_CONTRATO = {
    "numero": "IMP-9§", "empresa": "EMP-1", "cliente": "C-009", "situacao": "Normal", "inicio": "05/01/2026",
    "fim": "", "valor": "99.90", "dia": "10", "meses": "", "endereco": "",
}  # fmt: skip
FATURA = "F-9§,{contrato},IMP-F-9§,{competencia},10/03/2026,{valor},{situacao},{pago_em},,{linha},não"
PADRAO_DA_FATURA = {
    "contrato": "CT-001", "competencia": "03/2026", "valor": "99.90", "situacao": "Aberta", "pago_em": "",
    "linha": "",
}  # fmt: skip


def conexao(**campos):
    return "conexoes.csv", CONEXAO.format(**PADRAO_DA_CONEXAO | campos)


def contrato(**campos):
    return "contratos.csv", CONTRATO.format(**PADRAO_DO_CONTRATO | campos)


def fatura(**campos):
    return "faturas.csv", FATURA.format(**PADRAO_DA_FATURA | campos)


def cliente(tipo="PF", nome="Jacira Alecrim", documento="", nascimento="", codigo="C-9§", demo="não"):
    return "clientes.csv", f"{codigo};{tipo};{nome};;;{documento};{nascimento};;;{demo}"


LINHAS_RECUSADAS = {
    "CPF com dígito errado": (cliente(documento="123.456.789-00"), "documento", "***.456.789-**"),
    "CPF que perdeu o zero": (cliente(documento="1234567890"), "documento", "zeros do começo"),
    "CPF de onze iguais": (cliente(documento="11111111111"), "documento", "CPF inválido"),
    "CNPJ alfanumérico errado": (cliente("PJ", documento="12.ABC.345/01DE-36"), "documento", "CNPJ inválido"),
    "documento com sinais": (cliente(documento="123*456"), "documento", "documento inválido"),
    "documento repetido no arquivo": (
        cliente("PJ", documento="12ABC34501DE35"), "documento", "repete o valor da linha 5",
    ),
    "código repetido no arquivo": (cliente(codigo="C-003"), "codigo_externo", "repete o valor da linha 5"),
    "código vazio": (cliente(codigo=" "), "codigo_externo", "é obrigatória"),
    "nome vazio": (cliente(nome=""), "nome", "é obrigatória"),
    "nome comprido": (cliente(nome="a" * 151), "nome", "tem 151 caracteres; o limite é 150"),
    "nome só de espaços largos": (cliente(nome="\u2003\u2003"), "nome", "é obrigatória"),
    "fórmula com igual": (cliente(nome="=1+1"), "nome", "fórmula"),
    "fórmula com arroba": (cliente(nome="@SUM(A1)"), "nome", "fórmula"),
    "fórmula com mais": (cliente(nome="+cmd|' /C calc'!A0"), "nome", "fórmula"),
    "fórmula com menos": (cliente(nome="-2+3+cmd|' /C calc'!A0"), "nome", "fórmula"),
    "fórmula com tabulação": (cliente(nome="\t=1+1"), "nome", "tabulação"),
    "fórmula no código": (cliente(codigo="=C1"), "codigo_externo", "fórmula"),
    "quebra de linha no nome": (cliente(nome='"Jacira\nAlecrim"'), "nome", "quebra de linha"),
    "texto convertido errado": (cliente(nome="Jo�o"), "nome", "caractere �"),
    "tipo desconhecido": (cliente("XX"), "tipo", "Pessoa física, Pessoa jurídica, Estrangeiro"),
    "data que não existe": (
        cliente(nascimento="31/02/2026"),
        "nascimento", "“31/02/2026” é uma data que não existe",
    ),
    "data à americana": (cliente(nascimento="12/31/1990"), "nascimento", "não existe"),
    "data em outra forma": (cliente(nascimento="5 de maio"), "nascimento", "AAAA-MM-DD ou DD/MM/AAAA"),
    "data de outro século": (cliente(nascimento="01/01/0026"), "nascimento", "fora de 1900–2100"),
    "sim ou não": (cliente(demo="talvez"), "demo", "não é sim nem não"),
    "colunas a mais": (
        ("clientes.csv", "C-9§;PF;Jacira;;;;;;;não;sobra"),
        "", "tem 11 colunas e o cabeçalho tem 10",
    ),
    "telefone curto": (("contatos.csv", "C-001,telefone,9999,,,,"), "valor", "informe DDD e número"),
    "e-mail ruim": (("contatos.csv", "C-001,email,sem-arroba,,,,"), "valor", "e-mail inválido"),
    "contato repetido": (
        ("contatos.csv", "C-001,telefone,54 900000001,,,,"),
        "valor", "repete o valor da linha 2",
    ),
    "hora que não existe": (
        ("contatos.csv", "C-005,email,a@exemplo.net,,,,2026-01-01 25:00"),
        "confirmado_em", "hora que não existe",
    ),
    "CEP curto": (("enderecos.csv", "E-9§,C-001,123,Rua,1,,,Cidade,RS,,não"), "cep", "oito algarismos"),
    "UF": (("enderecos.csv", "E-9§,C-001,00000012,Rua,1,,,Cidade,Rio,,não"), "uf", "duas letras"),
    "segundo endereço principal": (
        ("enderecos.csv", "E-9§,C-001,00000012,Rua,1,,,Cidade,RS,,sim"),
        "principal", "outro endereço principal",
    ),
    "CNPJ da empresa": (
        ("empresas.csv", "EMP-9§,Outra,Outra SA,12.IPE.345/0001-99,sim,não"), "cnpj", "CNPJ inválido",
    ),
    "porta CoA": (
        ("concentradores.csv", "bras-9§,198.51.100.9,,,70000,,sim"), "porta_coa", "de 1 a 65535",
    ),
    "empresa desconhecida": (contrato(empresa="EMP-99"), "empresa", "não há empresa “EMP-99”"),
    "cliente desconhecido": (contrato(cliente="C-999"), "cliente", "não há cliente “C-999”"),
    "endereço de outro cliente": (contrato(endereco="E-001"), "endereco", "de outro cliente"),
    "dinheiro ambíguo": (contrato(valor="1.234"), "valor", "1.234,56 ou 1234.56"),
    "dinheiro negativo": (contrato(valor="-5"), "valor", "não é um valor em reais"),
    "dinheiro à inglesa": (contrato(valor='"1,234.56"'), "valor", "não é um valor em reais"),
    "dinheiro demais": (contrato(valor="99999999999"), "valor", "passa de"),
    "dia 32": (contrato(dia="32"), "dia_vencimento", "de 1 a 31"),
    "situação desconhecida": (contrato(situacao="Feliz"), "situacao", "Normal, Demonstração"),
    "vigência invertida": (contrato(fim="01/01/2026"), "vigencia_fim", "antes da data de início"),
    "cancelado sem data": (contrato(situacao="Cancelado"), "cancelado_em", "precisa da data"),
    "fidelidade sem início": (contrato(meses="12"), "fidelidade_inicio", "precisa do início"),
    "número repetido": (contrato(numero="IMP-2026001"), "numero", "repete o valor da linha 2"),
    "contrato sem etiqueta": (contrato(), "", "ficaria sem etiqueta ativa"),
    "código de etiqueta": (
        ("etiquetas.csv", "ET-9§,CT-001,com espaço,Uma etiqueta,sim,"), "codigo", "código inválido",
    ),
    "código de etiqueta da empresa": (
        ("etiquetas.csv", "ET-9§,CT-001,IMP-0002,Uma etiqueta,sim,"), "codigo", "a empresa já tem",
    ),
    "serviço na etiqueta de outro": (
        ("servicos.csv", "S-9§,CT-001,ET-002,,X,X,1,10,0,2026-01-01,"), "etiqueta", "de contratos diferentes",
    ),
    "desconto maior que o valor": (
        ("servicos.csv", "S-9§,CT-001,,,X,X,1,10,11,2026-01-01,"), "desconto", "passa do valor",
    ),
    "serviço sem quantidade": (
        ("servicos.csv", "S-9§,CT-001,,,X,X,0,0,0,2026-01-01,"), "quantidade", "ao menos 1",
    ),
    "MAC errado": (conexao(mac="00:00:5E:00:53"), "mac", "doze algarismos"),
    "login com espaço": (conexao(login="com espaço"), "login", "login inválido"),
    "login repetido": (conexao(login="JACIRA.ALECRIM@ipe"), "login", "repete o valor da linha 2"),
    "fixo sem IP": (conexao(tipo_ip="Fixo"), "ip", "se, e só se, o tipo de IP é Fixo"),
    "IP que não é": (conexao(tipo_ip="Fixo", ip="300.1.1.1"), "ip", "nem IPv6"),
    "IP fixo repetido": (conexao(tipo_ip="Fixo", ip="203.0.113.10"), "ip", "outra conexão ativa"),
    "serial repetido": (conexao(serial="48575443 1A2B3C01"), "serial", "outra conexão ativa"),
    "porta ocupada": (conexao(splitter="CTO-CEN-001", porta="1"), "porta_splitter", "outra conexão ativa"),
    "porta além da razão": (conexao(splitter="CTO-CEN-001", porta="9"), "porta_splitter", "razão"),
    "porta sem splitter": (conexao(porta="1"), "porta_splitter", "pede um splitter"),
    "serviço de outro contrato": (conexao(servico="S-001"), "servico", "outro contrato"),
    "patrimônio emprestado": (
        ("equipamentos.csv", "EQ-9§,ET-001,P-0002,onu,HG,,,01/01/2026,"),
        "patrimonio", "ainda está emprestado",
    ),
    "devolução antes da entrega": (
        ("equipamentos.csv", "EQ-9§,ET-001,,onu,HG,,,01/01/2026,31/12/2025"),
        "devolvido_em", "antes da entrega",
    ),
    "competência no meio do mês": (fatura(competencia="15/03/2026"), "competencia", "MM/AAAA"),
    "paga sem pagamento": (fatura(situacao="Paga"), "pago_em", "se, e só se"),
    "aberta com pagamento": (fatura(pago_em="01/03/2026"), "pago_em", "se, e só se"),
    "fatura de graça": (fatura(valor="0"), "valor", "maior que zero"),
    "linha digitável": (fatura(linha="123x"), "linha_digitavel", "48 algarismos"),
    "tipo de evento desconhecido": (
        ("eventos.csv", "EV-9§,CT-001,nao-existe,x,01/01/2026,"),
        "tipo", "não há tipo de evento “nao-existe”",
    ),
    "evento sem data": (("eventos.csv", "EV-9§,CT-001,ativado,x,,"), "ocorrido_em", "é obrigatória"),
    "protocolo comprido": (
        ("eventos.csv", "EV-9§,CT-001,ativado,x,01/01/2026,123456789012345"),
        "protocolo", "limite é 14",
    ),
}  # fmt: skip
