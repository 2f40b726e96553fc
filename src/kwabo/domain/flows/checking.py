"""One document being checked: what is wrong is collected, node by node and field by field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kwabo.domain.flows.condition_check import FlowConditionCheck
from kwabo.domain.flows.document import Variable, languages_of, variables_of
from kwabo.domain.flows.fields import DEEPEST_PARTS, KEYS, LONGEST_TEMPLATE, MOST_PARTS, texts
from kwabo.domain.flows.parts import VALUE_PARTS
from kwabo.domain.flows.problems import Finding, finding
from kwabo.domain.flows.surroundings import Surroundings
from kwabo.domain.flows.templates import CALL_FACTS, names_in, split

MOST_FINDINGS: Final = 200
PART_KEYS: Final = frozenset({"language", "when"})
PROMPT_KEY = re.compile(r"[A-Za-z0-9_.:/-]{1,120}")


class Checking:
    """See the module."""

    def __init__(self, document: Mapping[str, Any], surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.languages = languages_of(document)
        self.variables: Mapping[str, Variable] = variables_of(document)
        self.found: list[Finding] = []
        self.node = ""  # the one at work
        self.prompts: dict[tuple[str, str], tuple[str, str]] = {}  # key, language → first use
        self.kinds: dict[tuple[str, str], tuple[str, str]] = {}  # kind, language → first use
        self._conditions = FlowConditionCheck(frozenset(self.variables), self.refuse)

    def refuse(self, field: str, code: str, **details: object) -> None:
        """Something is wrong with a field of the present node."""
        if len(self.found) < MOST_FINDINGS:
            self.found.append(finding(self.node, field, code, **details))

    # ── What nodes ask for ───────────────────────────────────────────────────────────────────────

    def once(self, values: Sequence[str], path: str, entry: str) -> None:
        """Each value stands once in the list."""
        counts = Counter(value for value in values if value)
        for index, value in enumerate(values):
            if counts[value] > 1:
                code = "FLOW_KEY_TWICE" if entry == "key" else "FLOW_ID_TWICE"
                self.refuse(f"{path}.{index}.{entry}", code, key=value, id=value)
                counts[value] = 0

    def own_ways(self, names: Sequence[str], path: str, taken: Sequence[str]) -> None:
        """Names of ways that a node makes itself differ from each other and from its others."""
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in taken:
                self.refuse(f"{path}.{index}.way", "FLOW_WAY_RESERVED", way=name)
            elif name and name in seen:
                self.refuse(f"{path}.{index}.way", "FLOW_WAY_TWICE", way=name)
            seen.add(name)

    def source_names(self, source_id: str, what: str, named: Mapping[str, object]) -> None:
        """A source knows the parameters, or gives the outputs, that are named."""
        source = (self.surroundings.sources or {}).get(source_id)
        if source is None:
            return
        known = source.outputs if what == "outputs" else source.parameters
        code = "FLOW_UNKNOWN_OUTPUT" if what == "outputs" else "FLOW_UNKNOWN_INPUT"
        for name in named:
            if name not in known:
                self.refuse(f"{what}.{name}", code, name=name[:100])

    # ── Values ───────────────────────────────────────────────────────────────────────────────────

    def condition(self, raw: object, path: str) -> None:
        """A condition, well formed and about what there is."""
        self._conditions.check(raw, path)

    def template(self, text: str, path: str) -> None:
        """The names of a template exist."""
        for name in names_in(text):
            source, rest = split(name)
            good = bool(rest)
            if source == "call":
                good = rest in CALL_FACTS
            elif source == "variable":
                good = rest in self.variables
            if not good:
                self.refuse(path, "FLOW_NAME_UNKNOWN", name=name[:100])

    def variable(self, name: object, path: str, types: Sequence[str]) -> None:
        """A variable of the flow, of one of the types."""
        variable = self.variables.get(name) if isinstance(name, str) else None
        if variable is None:
            self.refuse(path, "FLOW_VARIABLE_UNKNOWN", name=str(name)[:100])
        elif types and variable.type not in types:
            self.refuse(
                path, "FLOW_VARIABLE_KIND",
                name=variable.name, type=variable.type, possible=", ".join(types),
            )  # fmt: skip

    def reference(self, noun: str, name: object, path: str) -> None:
        """A thing of the organisation."""
        if not isinstance(name, str) or not 1 <= len(name) <= 200:
            self.refuse(path, "FLOW_NEEDED")
        elif noun == "prompt":
            self.prompt(name, "", path)
        elif not self.surroundings.knows(noun, name):
            channels = ", ".join(sorted(self.surroundings.channels or ())) or "–"
            self.refuse(path, f"FLOW_UNKNOWN_{noun.upper()}", possible=channels)

    def words(self, raw: object, path: str, *, only: str = "") -> None:
        """Words in every language of the flow, or in the one that is told."""
        if not isinstance(raw, Mapping):
            self.refuse(path, "FLOW_OBJECT")
            return
        found = texts(raw)
        for language, text in found.items():
            if language not in self.languages:
                self.refuse(path, "FLOW_LANGUAGE_UNKNOWN", language=language[:20])
            if len(text) > LONGEST_TEMPLATE:
                self.refuse(f"{path}.{language}", "FLOW_TEXT", most=LONGEST_TEMPLATE)
            self.template(text, f"{path}.{language}")
        wanted = (only,) if only else self.languages
        missing = [one for one in wanted if not found.get(one, "").strip()]
        if missing:
            self.refuse(path, "FLOW_WORDS_MISSING", languages=", ".join(missing))

    def prompt(self, key: object, language: str, path: str) -> None:
        """A prompt, noted to be looked for in each language."""
        if not isinstance(key, str) or not PROMPT_KEY.fullmatch(key):
            self.refuse(path, "FLOW_UNKNOWN_PROMPT")
            return
        for one in (language,) if language else self.languages:
            self.prompts.setdefault((key, one), (self.node, path))

    # ── Utterances ───────────────────────────────────────────────────────────────────────────────

    def parts(self, raw: object, path: str) -> None:
        """Everything that is to be said."""
        if not isinstance(raw, list | tuple):
            self.refuse(path, "FLOW_ENTRIES", least=0, most=MOST_PARTS)
            return
        if self._parts(raw, path, 1) > MOST_PARTS:
            self.refuse(path, "FLOW_TOO_MANY_PARTS", most=MOST_PARTS)

    def _parts(self, raw: Sequence[object], path: str, depth: int) -> int:
        if len(raw) > MOST_PARTS:
            return len(raw)
        count = 0
        for index, one in enumerate(raw):
            at = f"{path}.{index}"
            count += 1
            if not isinstance(one, Mapping):
                self.refuse(at, "FLOW_PART")
                continue
            if one.get("when") is not None:
                self.condition(one["when"], f"{at}.when")
            if isinstance(one.get("parts"), list | tuple):
                self._keys(one, {"parts"}, at)
                if depth >= DEEPEST_PARTS:
                    self.refuse(at, "FLOW_TOO_DEEP", most=DEEPEST_PARTS)
                else:
                    count += self._parts(one["parts"], f"{at}.parts", depth + 1)
            else:
                self._part(one, at)
        return count

    def _keys(self, one: Mapping[str, Any], own: set[str], path: str) -> None:
        unknown = sorted(set(map(str, one)) - own - PART_KEYS)
        if unknown:
            self.refuse(path, "FLOW_KEY", keys=", ".join(unknown)[:200])

    def _part(self, one: Mapping[str, Any], path: str) -> None:
        language = one.get("language") or ""
        if not isinstance(language, str) or (language and language not in self.languages):
            self.refuse(f"{path}.language", "FLOW_LANGUAGE_UNKNOWN", language=str(language)[:20])
            language = ""
        names = [name for name in ("prompt", "text", *VALUE_PARTS) if name in one]
        if len(names) != 1:
            self.refuse(path, "FLOW_PART")
            return
        name = names[0]
        self._keys(one, {name, "values"} if name == "prompt" else {name}, path)
        if name == "prompt":
            self.prompt(one["prompt"], language, f"{path}.prompt")
            for value_name, text in texts(one.get("values")).items():
                self.template(text, f"{path}.values.{value_name}")
        elif name == "text":
            self.words(one["text"], f"{path}.text", only=language)
        elif not isinstance(one[name], str) or not one[name].strip():
            self.refuse(f"{path}.{name}", "FLOW_NEEDED")
        else:
            self.template(one[name], f"{path}.{name}")
            for used in (language,) if language else self.languages:
                self.kinds.setdefault((name, used), (self.node, f"{path}.{name}"))

    def key(self, raw: object, path: str) -> None:
        """A key of the telephone."""
        if not isinstance(raw, str) or len(raw) != 1 or raw not in KEYS:
            self.refuse(path, "FLOW_PHONE_KEY")
