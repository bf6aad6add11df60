"""What the README shows is what a newcomer types first; it must run as it stands there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[4]


def test_example_of_the_readme_forecasts(spark, capsys):
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    names = {}
    exec(block, names)
    readings = spark.range(400).selectExpr(
        "id % 2 as meter", "timestamp_seconds(id * 1800) as at", "sin(id / 9) as load"
    )
    predicted = names["forecast"](readings)
    assert {"meter", "windowEnd", "label", "prediction"} <= set(predicted.columns)
    assert predicted.filter("prediction is not null").count() == 2 * (200 - 24 - 5)
    assert "validationLoss" not in (shown := capsys.readouterr().out) and "loss" in shown


def test_listener_of_the_page_hears(spark, sequences, capsys):
    page = (ROOT / "docs/python.md").read_text()
    (block,) = re.findall(r"(    from sparkrnn.training import .*?)\n\n    stop =", page, re.DOTALL)
    names = {}
    exec(re.sub(r"^    ", "", block, flags=re.MULTILINE), names)
    from sparkrnn.ml import RnnRegressor

    RnnRegressor(units=2, maxIter=2).addListener(names["Epochs"]()).fit(sequences)
    assert capsys.readouterr().out.startswith("1 ")
