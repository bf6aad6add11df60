"""Params of Python and of Java: a name, a default or a sentence that differs misleads somebody."""

import inspect

import pytest
from py4j.java_collections import JavaArray
from pyspark.ml.wrapper import JavaModel, JavaParams

import sparkrnn.feature
import sparkrnn.ml

STAGES = [
    stage
    for module in (sparkrnn.ml, sparkrnn.feature)
    for stage in vars(module).values()
    if inspect.isclass(stage)
    and issubclass(stage, JavaParams)
    and stage.__module__ == module.__name__
    and stage.__name__ in module.__all__
    and stage not in (sparkrnn.ml.RnnEstimator, sparkrnn.ml.RnnModel)
]


def java_of(spark, stage):
    java = spark._jvm
    for name in f"{stage.__module__}.{stage.__name__}".split("."):
        java = getattr(java, name)
    return java()


def plain(value):
    return list(value) if isinstance(value, JavaArray) else value


def test_there_are_stages():
    assert len(STAGES) == 19


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_params_are_those_of_java(spark, stage):
    python, java = stage(), java_of(spark, stage)
    expected = {param.name(): param for param in java.params()}
    assert {param.name for param in python.params} == expected.keys()
    for param in python.params:
        assert param.doc == expected[param.name].doc()
        assert python.hasDefault(param) == java.hasDefault(expected[param.name])
        if python.hasDefault(param):
            default = java.getDefault(expected[param.name]).get()
            assert python.getOrDefault(param) == plain(default), param.name
            getter = "get" + param.name[0].upper() + param.name[1:]
            assert getattr(python, getter)() == plain(default)


#: A value for a param without a default, by its converter; one that every text may have.
EXAMPLES = {"toString": "1 hour", "toListOfString": ["1 hour"], "toInt": 2, "toListOfFloat": [0.5, 0.5]}


def example(stage, param):
    if stage.hasDefault(param):
        return stage.getOrDefault(param)
    return EXAMPLES[param.typeConverter.__name__]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_values_reach_java_and_come_back(spark, stage):
    python = stage()
    values = {param.name: example(python, param) for param in python.params}
    setters = {name for name in values if hasattr(stage, f"set{name[0].upper()}{name[1:]}")}
    for name in setters:
        assert getattr(python, f"set{name[0].upper()}{name[1:]}")(values[name]) is python
        assert python.isSet(name)
    if not issubclass(stage, JavaModel):
        assert setters == values.keys()
        assert all(stage(**values).isSet(name) for name in values)
    python._java_obj = python._java_obj or java_of(spark, stage)
    python._transfer_params_to_java()
    again = stage()
    again._java_obj = python._java_obj
    again._transfer_params_from_java()
    for name in setters:
        assert again.getOrDefault(name) == values[name]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_everything_public_is_documented(stage):
    assert inspect.getdoc(stage)
    for name, member in inspect.getmembers(stage):
        if not name.startswith("_") and (
            inspect.isfunction(member) or isinstance(member, property)
        ):
            assert inspect.getdoc(member), name
            function = member.fget if isinstance(member, property) else member
            if function.__module__.startswith("sparkrnn."):
                assert "return" in function.__annotations__, name


def test_one_value_stands_for_a_list_of_it():
    regressor = sparkrnn.ml.RnnRegressor(units=3, featuresCols="a", frozenLayers=("x", "y"))
    assert regressor.getUnits() == [3]
    assert regressor.getFeaturesCols() == ["a"]
    assert regressor.getFrozenLayers() == ["x", "y"]
    assert sparkrnn.ml.RnnClassifier(classWeights=1).getClassWeights() == [1.0]


def test_none_leaves_a_param_as_it_is():
    regressor = sparkrnn.ml.RnnRegressor(units=3, weightCol=None)
    assert not regressor.isSet("weightCol")
    assert regressor.setParams(units=None, cell="gru").getUnits() == [3]


def test_session_without_the_jar_is_told_what_it_lacks(spark):
    with pytest.raises(RuntimeError, match=r"sparkrnn.ml.Absent: .*spark.jars.*sparkrnn.jar\(\)"):
        sparkrnn._converters.java_stage("sparkrnn.ml.Absent", "uid")
