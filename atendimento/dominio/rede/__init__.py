"""O que o trabalhador faz com a rede: ler, guardar a leitura com a hora e entregar comandos.

Só ele fala com equipamentos; o que as páginas fazem é ler o que ficou guardado e pedir outra leitura.
"""
