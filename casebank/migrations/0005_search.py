"""The words of each version's candidate half, kept by Postgres itself, so that no UPDATE is needed: versions refuse it."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models


def vector(language):
    return (
        SearchVector("title", weight="A", config=language)
        + SearchVector("tags", "kind", weight="B", config=language)
        + SearchVector("summary", weight="C", config=language)
        + SearchVector("prompt", weight="D", config=language)
    )


SEARCHABLE = vector("english") + vector("simple")


class Migration(migrations.Migration):
    dependencies = [("casebank", "0004_drafts")]
    operations = [
        migrations.AddField(
            model_name="caseversion",
            name="search",
            field=models.GeneratedField(
                db_persist=True, expression=SEARCHABLE, output_field=SearchVectorField()
            ),
        ),
        migrations.AddIndex(
            model_name="caseversion", index=GinIndex(fields=["search"], name="case_words")
        ),
    ]
