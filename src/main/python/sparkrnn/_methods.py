"""How methods of Java are called, where they can be."""

from typing import Any, Optional, TypeVar

from pyspark.ml.wrapper import JavaParams, JavaWrapper
from pyspark.sql import is_remote

from sparkrnn import _converters

P = TypeVar("P", bound="JavaMethods")


class JavaMethods(JavaParams):
    """A stage whose Java object has methods of its own."""

    _java_obj: Any

    def _value(self, name: str) -> Any:
        """What a method without arguments returns, which no param changes."""
        self._require_java(name)
        return _converters.call(self._java_obj, name)

    def _act(self, name: str, *arguments: Any) -> Any:
        """What a method returns that reads params."""
        self._require_java(name)
        self._transfer_params_to_java()
        return _converters.call(self._java_obj, name, *arguments)

    def _of_sequence(self, name: str, sequence: Any) -> Any:
        """What a method returns that reads params and one sequence."""
        self._require_java(name)
        return self._act(name, _converters.java_sequence(sequence))

    def _require_java(self, name: str) -> None:
        require_java(f"{type(self).__name__}: {name}")


def require_java(what: str) -> None:
    """Refuses what a session of Spark Connect does not pass to Java."""
    if is_remote():
        raise NotImplementedError(
            f"{what} is not there in a Spark Connect session, which passes fit, transform, save and"
            " load, but no other method of a library's own stages. Save what you have and load it"
            " in a session without Connect."
        )


def optional(value: Any) -> Optional[float]:
    """The number in an OptionalDouble of Java; None without one."""
    return value.getAsDouble() if value.isPresent() else None


class Values(JavaWrapper):
    """An object of Java that holds values."""

    _java_obj: Any

    def _value(self, name: str) -> Any:
        return _converters.call(self._java_obj, name)

    def __repr__(self) -> str:
        return self._java_obj.toString()
