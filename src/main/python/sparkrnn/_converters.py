"""How what is given in Python becomes what Java knows.

The names of the converters of lists begin with toList because PySpark knows lists by that.
"""

from array import array
from typing import Any, Dict, List, Sequence, TypeVar

import numpy as np
from py4j.java_collections import JavaArray, JavaList
from pyspark.ml.common import _java2py, _py2java
from pyspark.ml.param import Params, TypeConverters
from pyspark.ml.util import _jvm
from pyspark.ml.wrapper import JavaWrapper
from pyspark.sql import Row, SparkSession

P = TypeVar("P", bound=Params)


def _list(value: Any) -> Any:
    return value if TypeConverters._can_convert_to_list(value) else [value]


def toListOfString(value: Any) -> List[str]:
    """A list of texts; one text stands for a list of it."""
    return TypeConverters.toListString(_list(value))


def toListOfInt(value: Any) -> List[int]:
    """A list of whole numbers; one number stands for a list of it."""
    return TypeConverters.toListInt(_list(value))


def toListOfFloat(value: Any) -> List[float]:
    """A list of numbers; one number stands for a list of it."""
    return TypeConverters.toListFloat(_list(value))


def set_given(stage: P, keywords: Dict[str, Any]) -> P:
    """Sets the params that are not None."""
    given = {name: value for name, value in keywords.items() if value is not None}
    return stage._set(**given)


def java_stage(name: str, uid: str) -> Any:
    """A new stage of Java; of Spark Connect only its name."""
    try:
        return JavaWrapper._new_java_obj(name, uid)
    except TypeError as unknown:
        # Of a class that it does not find, Py4J gives a package, which can't be called.
        raise RuntimeError(
            f"{name}: the Spark session has no such class; it needs the jar of this package from"
            ' its start. Begin it with SparkSession.builder.config("spark.jars", sparkrnn.jar()),'
            " or give the jar to spark-submit --jars."
        ) from unknown


def call(java_object: Any, method: str, *arguments: Any) -> Any:
    """What a method of Java returns, arrays of any depth as lists."""
    context = SparkSession.active().sparkContext
    java_arguments = [_py2java(context, _plain(argument)) for argument in arguments]
    return _python(context, getattr(java_object, method)(*java_arguments))


def _plain(argument: Any) -> Any:
    """A number of NumPy as one of Python, which alone has a like in Java."""
    return argument.item() if isinstance(argument, np.generic) else argument


def _python(context: Any, value: Any) -> Any:
    if not isinstance(value, (JavaArray, JavaList)):
        return _java2py(context, value)
    if len(value) > 0 and isinstance(value[0], JavaArray):
        return [_python(context, row) for row in value]
    return list(_java2py(context, value))


def java_sequence(sequence: Any) -> Any:
    """A row, or (time steps, features) as lists, arrays or vectors, for a method of Java.

    A list of plain numbers is a sequence of one feature.
    """
    if isinstance(sequence, Row):
        return SparkSession.active().createDataFrame([sequence])._jdf.head()
    steps = [array("f", _list(step)) for step in sequence]
    rows = _gateway().new_array(_jvm().float, len(steps), 0)
    for place, step in enumerate(steps):
        rows[place] = java_floats(step)
    return rows


def java_floats(values: array) -> Any:
    """A float[] in one crossing to Java."""
    jvm = _jvm()
    floats = _gateway().new_array(jvm.float, len(values))
    buffer = jvm.java.nio.ByteBuffer.wrap(values.tobytes())
    buffer.order(jvm.java.nio.ByteOrder.nativeOrder()).asFloatBuffer().get(floats)
    return floats


def float_bytes(floats: Any) -> bytes:
    """The bytes of a float[], in the order of this machine, in one crossing from Java."""
    jvm = _jvm()
    buffer = jvm.java.nio.ByteBuffer.allocate(4 * len(floats))
    buffer.order(jvm.java.nio.ByteOrder.nativeOrder()).asFloatBuffer().put(floats)
    return bytes(buffer.array())


def java_ints(values: Any) -> Any:
    """An int[]."""
    ints = _gateway().new_array(_jvm().int, len(values))
    for place, value in enumerate(values):
        ints[place] = TypeConverters.toInt(value)
    return ints


def java_doubles(values: Sequence[float]) -> Any:
    """A double[]."""
    doubles = _gateway().new_array(_jvm().double, len(values))
    for place, value in enumerate(values):
        doubles[place] = TypeConverters.toFloat(value)
    return doubles


def java_strings(values: Sequence[str]) -> Any:
    """A String[]."""
    texts = _gateway().new_array(_jvm().java.lang.String, len(values))
    for place, value in enumerate(values):
        texts[place] = value
    return texts


def _gateway() -> Any:
    return SparkSession.active().sparkContext._gateway
