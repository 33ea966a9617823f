"""Funções SQL de que as colunas geradas dos outros aplicativos dependem."""

# `unaccent` não é imutável porque seu dicionário pode mudar; o nosso é o que vem com a extensão.
TEXTO_NORMALIZADO = r"""
CREATE FUNCTION texto_normalizado(texto text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$
  SELECT btrim(regexp_replace(
    lower(public.unaccent('public.unaccent'::regdictionary, texto)), '\s+', ' ', 'g'))
$$;
"""
