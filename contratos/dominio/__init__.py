"""Os verbos do contrato: o único código que muda contratos, serviços, conexões e comodatos.

Cada verbo roda na transação e com as travas de quem chama, confere de novo na linha trancada o que a
lei e o contrato exigem, grava e diz o que fez. Uma recusa é `contratos.dominio.recusas`, e nada fica pela
metade. O evento do contrato é de quem chama, que sabe o protocolo.
"""
