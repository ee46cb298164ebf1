"""Chinese texts are indexed by pairs of signs: their words have no spaces between."""

from django.db import migrations

HAN = "[\u3400-\u9fff\uf900-\ufaff]"
CREATE = f"""
CREATE FUNCTION riskbase_pairs(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(words, '') || ' ' || coalesce(string_agg(
        CASE WHEN following ~ '{HAN}' THEN sign || ' ' || sign || following ELSE sign END,
        ' ' ORDER BY place), '')
    FROM (
        SELECT sign, place, lead(sign) OVER (ORDER BY place) AS following
        FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS signs(sign, place)
    ) AS neighbors
    WHERE sign ~ '{HAN}'
$$
"""
WORDS = """
intended actual system diagnosis detection_story impact lessons loss organization
acceptance_statement data_difference data_misunderstood bias_origin upstream_change
surprise went_well lucky context affected_groups
""".split()
REST = " || ' ' || ".join(f"coalesce(left({name}, 20000), '')" for name in WORDS)
REFRESH = f"""
UPDATE failures_postmortemtext SET search =
    setweight(to_tsvector('english', riskbase_pairs(title)), 'A')
    || setweight(to_tsvector('english', riskbase_pairs(left(summary, 20000))), 'B')
    || setweight(to_tsvector('english', riskbase_pairs({REST})), 'C')
WHERE language = 'zh-hans'
"""


class Migration(migrations.Migration):
    dependencies = [("failures", "0007_release_evolution")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION riskbase_pairs(text)"),
        migrations.RunSQL(REFRESH, migrations.RunSQL.noop),
    ]
