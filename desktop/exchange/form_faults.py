"""形式的毛病。What pydantic found wrong, said in our own words and at the place a person knows."""

import difflib
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError

from desktop.exchange.strict_json import Located, Where, shown
from desktop.exchange.values import OURS, Form, unknown_word


def faults_of(written: object, form: type[Form]) -> list[Located]:
    """What keeps a document, or a part of one, from being of this form."""
    try:
        form.model_validate(written)
    except ValidationError as error:
        return list(form_faults(error, form))
    return []


def form_faults(error: ValidationError, root: type[Form], tag: str = "type") -> Iterator[Located]:
    """`tag` is the field that tells the kinds of an object apart."""
    for one in error.errors(include_url=False):
        where, forms = _follow(one["loc"], root, tag)
        yield _located(one, where, forms, tag)


def _located(one: Mapping[str, Any], where: Where, forms: tuple[type[Form], ...], tag: str) -> Located:
    kind, value = one["type"], one["input"]
    if kind in {"union_tag_not_found", "union_tag_invalid"} and isinstance(value, dict):
        return Located((*where, tag), *_tag_fault(value, _tags(forms, tag), tag))
    if kind == "extra_forbidden":
        return Located(where, *_stranger(str(where[-1]), forms))
    if kind == OURS:
        return Located(where, one["ctx"]["what"], one["ctx"]["todo"])
    if kind == "literal_error":
        return Located(where, *unknown_word(value, [one["ctx"]["expected"].strip("'")]))
    shape = "方括号里的一列 [ … ]" if kind == "list_type" else "花括号里的一组 { … }"
    wrong_shape = (f"这里要是{shape}，不能是 {shown(value)}", "请改正写法")
    return Located(where, *_SENTENCES.get(kind, wrong_shape))


_SENTENCES = {"missing": ("缺少这一项", "请补上"), "too_short": ("这里至少要有一项", "请补上")}


def _tag_fault(value: dict[str, Any], tags: list[str], tag: str) -> tuple[str, str]:
    if tag in value:
        return unknown_word(value[tag], tags)
    return "缺少这一项", f"请写上种类：{'、'.join(tags)}"


def _stranger(name: str, forms: tuple[type[Form], ...]) -> tuple[str, str]:
    known = [one for form in forms for one in _fields(form)]
    near = difflib.get_close_matches(name, known, n=1)
    todo = f"是不是要写 {near[0]}？改正或删去" if near else f"请删去；这里可以写：{'、'.join(known)}"
    return f"没有 {shown(name)} 这个字段", todo


def _fields(form: type[Form]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in form.model_fields.items()}


def _tags(forms: tuple[type[Form], ...], tag: str) -> list[str]:
    return [word for form in forms for word in get_args(_fields(form)[tag])]


def _follow(loc: tuple[int | str, ...], root: type[Form], tag: str) -> tuple[Where, tuple[type[Form], ...]]:
    """The place without pydantic's union tags, and the forms of the object that the last step stands in."""
    where: list[int | str] = []
    inside: tuple[type[Form], ...] = (root,)
    here: tuple[type[Form], ...] = (root,)
    for step in loc:
        if len(here) > 1 and isinstance(step, str):
            here = tuple(form for form in here if step in _tags((form,), tag))
            continue
        where.append(step)
        if isinstance(step, str):
            inside = here
            here = tuple(found for form in here for found in _forms_in(_fields(form).get(step)))
    last_is_index = bool(where) and isinstance(where[-1], int)
    return tuple(where), here if last_is_index else inside


def _forms_in(annotation: Any) -> Iterator[type[Form]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, Form):
            yield annotation
    elif get_origin(annotation) in {list, dict, Union, UnionType} or hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            yield from _forms_in(part)
