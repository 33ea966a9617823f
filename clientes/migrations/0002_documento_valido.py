"""Dígitos verificadores conferidos também no banco, salvo em registros fictícios."""

from django.db import migrations

DIGITO = """
CREATE FUNCTION digito_modulo_11(base text, pesos int[]) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$
  SELECT CASE WHEN soma % 11 < 2 THEN 0 ELSE 11 - soma % 11 END
  FROM (
    SELECT sum((ascii(substr(base, i, 1)) - 48) * pesos[i]) AS soma
    FROM generate_series(1, array_length(pesos, 1)) AS i
  ) AS parcelas
$$;
"""

# IN RFB 2.229/2024: no CNPJ alfanumérico, o valor de um caractere é seu ASCII menos 48.
DOCUMENTO_VALIDO = r"""
CREATE FUNCTION documento_valido(tipo text, documento text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$
  SELECT CASE tipo
    WHEN 'PF' THEN documento ~ '^[0-9]{11}$'
      AND documento !~ '^(.)\1*$'
      AND substr(documento, 10, 1)::int = digito_modulo_11(documento, '{10,9,8,7,6,5,4,3,2}')
      AND substr(documento, 11, 1)::int = digito_modulo_11(documento, '{11,10,9,8,7,6,5,4,3,2}')
    WHEN 'PJ' THEN documento ~ '^[0-9A-Z]{12}[0-9]{2}$'
      AND documento <> repeat('0', 14)
      AND substr(documento, 13, 1)::int = digito_modulo_11(documento, '{5,4,3,2,9,8,7,6,5,4,3,2}')
      AND substr(documento, 14, 1)::int = digito_modulo_11(documento, '{6,5,4,3,2,9,8,7,6,5,4,3,2}')
    ELSE true
  END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("clientes", "0001_tabelas")]

    operations = [
        migrations.RunSQL(DIGITO, "DROP FUNCTION digito_modulo_11(text, int[])"),
        migrations.RunSQL(DOCUMENTO_VALIDO, "DROP FUNCTION documento_valido(text, text)"),
        migrations.RunSQL(
            "ALTER TABLE clientes_cliente ADD CONSTRAINT cliente_documento_com_digitos_certos"
            " CHECK (demo OR documento IS NULL OR documento_valido(tipo, documento))",
            "ALTER TABLE clientes_cliente DROP CONSTRAINT cliente_documento_com_digitos_certos",
        ),
    ]
