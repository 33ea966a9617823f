"""O que as filas, *Minhas tarefas* e a supervisão leem: filtros, páginas, linhas e contagens.

Só leituras. Uma página custa o mesmo com dez linhas ou com um milhão: anda pelo índice a partir do
cursor, e as contagens param em `CONTA_ATE`.
"""
