"""Invariantes que o ORM não declara: chaves compostas e gatilhos."""

from django.db import migrations

CHAVES_COMPOSTAS = """
ALTER TABLE contratos_etiqueta ADD CONSTRAINT etiqueta_da_empresa_do_contrato
  FOREIGN KEY (contrato_id, empresa_id) REFERENCES contratos_contrato (id, empresa_id)
  ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE contratos_servicocontratado ADD CONSTRAINT servico_na_etiqueta_do_contrato
  FOREIGN KEY (etiqueta_id, contrato_id) REFERENCES contratos_etiqueta (id, contrato_id)
  DEFERRABLE INITIALLY IMMEDIATE;
"""
SEM_CHAVES_COMPOSTAS = """
ALTER TABLE contratos_etiqueta DROP CONSTRAINT etiqueta_da_empresa_do_contrato;
ALTER TABLE contratos_servicocontratado DROP CONSTRAINT servico_na_etiqueta_do_contrato;
"""

# Adiado até o COMMIT: o contrato nasce antes de sua etiqueta, e trocar a única ativa são dois passos.
ETIQUETA_ATIVA = """
CREATE FUNCTION exigir_etiqueta_ativa() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  alvo bigint;
BEGIN
  IF TG_TABLE_NAME = 'contratos_contrato' THEN
    alvo := NEW.id;
  ELSE
    alvo := OLD.contrato_id;
  END IF;
  PERFORM 1 FROM contratos_contrato c
    WHERE c.id = alvo AND c.situacao IN (1, 2, 3, 5, 6, 7) AND c.estagio = 3
      AND NOT EXISTS (SELECT 1 FROM contratos_etiqueta e WHERE e.contrato_id = c.id AND e.ativa);
  IF FOUND THEN
    RAISE EXCEPTION 'o contrato % precisa de ao menos uma etiqueta ativa', alvo
      USING ERRCODE = 'check_violation', CONSTRAINT = 'contrato_ativo_tem_etiqueta_ativa';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contrato_ativo_tem_etiqueta_ativa
  AFTER INSERT OR UPDATE OF situacao, estagio ON contratos_contrato
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION exigir_etiqueta_ativa();
CREATE CONSTRAINT TRIGGER etiqueta_deixa_outra_ativa
  AFTER UPDATE OF ativa, contrato_id OR DELETE ON contratos_etiqueta
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION exigir_etiqueta_ativa();
"""
SEM_ETIQUETA_ATIVA = """
DROP TRIGGER contrato_ativo_tem_etiqueta_ativa ON contratos_contrato;
DROP TRIGGER etiqueta_deixa_outra_ativa ON contratos_etiqueta;
DROP FUNCTION exigir_etiqueta_ativa();
"""

# O serviço da conexão é do contrato da etiqueta, e a porta cabe no splitter.
CONEXAO_COERENTE = """
CREATE FUNCTION conferir_conexao() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.porta_splitter IS NOT NULL AND NEW.porta_splitter >
     (SELECT razao FROM contratos_splitter WHERE id = NEW.splitter_id) THEN
    RAISE EXCEPTION 'a porta % passa da razão do splitter', NEW.porta_splitter
      USING ERRCODE = 'check_violation', CONSTRAINT = 'conexao_porta_cabe_no_splitter';
  END IF;
  IF NEW.servico_id IS NOT NULL AND NOT EXISTS (
     SELECT 1 FROM contratos_servicocontratado s
       JOIN contratos_etiqueta e ON e.contrato_id = s.contrato_id
       WHERE s.id = NEW.servico_id AND e.id = NEW.etiqueta_id) THEN
    RAISE EXCEPTION 'o serviço da conexão é de outro contrato'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'conexao_com_servico_do_contrato';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER conexao_coerente
  BEFORE INSERT OR UPDATE OF splitter_id, porta_splitter, servico_id, etiqueta_id ON contratos_conexao
  FOR EACH ROW EXECUTE FUNCTION conferir_conexao();
"""
SEM_CONEXAO_COERENTE = """
DROP TRIGGER conexao_coerente ON contratos_conexao;
DROP FUNCTION conferir_conexao();
"""


class Migration(migrations.Migration):
    dependencies = [("contratos", "0001_tabelas")]

    operations = [
        migrations.RunSQL(CHAVES_COMPOSTAS, SEM_CHAVES_COMPOSTAS),
        migrations.RunSQL(ETIQUETA_ATIVA, SEM_ETIQUETA_ATIVA),
        migrations.RunSQL(CONEXAO_COERENTE, SEM_CONEXAO_COERENTE),
    ]
