"""The words of all packs as pages look them up, with what their declarations add.

A pack's own sentences stand under `<pack>.<key>`. An option of any of its choices is also found as
`<pack>.option.<option>`, whatever its choice is called, and what is drawn beside it as
`<pack>.icon.<option>`.
"""

from collections.abc import Iterable, Iterator

from zhouqiao.edge.portal.words import Lang, Words
from zhouqiao.platform.document.form import Field
from zhouqiao.sdk import Loaded, pack_words


def vocabulary(packs: Iterable[Loaded], lang: Lang) -> Words:
    """Return the words of some packs in one language."""
    return Words(lang, {key: said for one in packs for key, said in _of(one, lang)})


def leaves(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Yield fields, and those of the records within them."""
    for field in fields:
        yield field
        yield from leaves(field.fields)


def _of(one: Loaded, lang: Lang) -> Iterator[tuple[str, str]]:
    name, said = one.pack.name, pack_words(one.pack.home, lang)
    forms = (form for shape in one.shapes.values() for form in shape.forms.values())
    choices = [field for form in forms for field in leaves(form.fields) if field.choice]
    for group in dict.fromkeys(field.choice for field in choices):
        for key, sentence in said.items():
            if key.startswith(f"{group}."):
                yield f"{name}.option.{key.partition('.')[2]}", sentence
    for field in choices:
        yield from ((f"{name}.icon.{option}", f"i-{icon}") for option, icon in field.icons.items())
    yield from ((f"{name}.{key}", sentence) for key, sentence in said.items())
