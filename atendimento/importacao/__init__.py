"""Traz os dados de um provedor de uma pasta de arquivos CSV, tudo ou nada.

O caminho de uma linha: `leitura` a tira do arquivo, `conversores` dão valor a cada célula conforme a
`descricao` da tabela, `preparo` a põe numa tabela temporária com as ligações resolvidas, `conferencia`
acha o que não pode entrar e `gravacao` escreve o resto. Cada recusa vira uma linha de `relatorio`.
"""
