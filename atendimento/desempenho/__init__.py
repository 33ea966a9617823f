"""O banco de provas: mede o console com volume e diz, barra a barra, a razão alcançada.

Tempos absolutos mudam de máquina para máquina; razões medidas na mesma corrida, em rodadas que se
alternam, não. As unidades: **S** é a CPU do servidor numa página que devolve um texto constante por trás
de todo o middleware, com a sessão aberta; **K** é a mediana de uma leitura por chave primária. `barras`
diz o que se espera, `roteiro` o que se pede, `servidor` e `navegador` como se mede; nada aqui reprova:
quem reprova são os testes de comandos SQL e de planos.
"""
