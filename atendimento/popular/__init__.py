"""Dados de volume por COPY: quantos clientes se queira, sempre os mesmos para a mesma semente.

`mistura` diz as proporções, `nomes` e `ficticios` os valores inventados, `linhas` escreve as linhas
de cada tabela, `blocos` monta mil clientes de cada vez e `carga` os leva ao banco.
"""
