"""The feature stages from Python."""

import io
import math
import struct
import wave

from pyspark.ml.image import ImageSchema

from sparkrnn.feature import (
    AudioFeatures,
    ImageRows,
    SequenceAssembler,
    SequenceScaler,
    SequenceScalerModel,
    SlidingWindow,
    TokenIndexer,
    TokenIndexerModel,
)


def test_windows_are_described(spark):
    readings = spark.range(20).selectExpr("timestamp_seconds(id * 60) as at", "double(id) as load")
    windows = SlidingWindow(timeCol="at", valueCols="load", windowSize=4, horizon=2)
    assert windows.transform(readings).count() == 20 - 4 - 1
    first = windows.transform(readings).orderBy("windowEnd").first()
    assert (first.features, first.label) == ([0.0, 1.0, 2.0, 3.0], 5.0)
    assert "15" in windows.describe(readings)


def test_events_become_sequences(spark, tmp_path):
    events = spark.range(6).selectExpr("id % 2 as key", "id as at", "double(id) as value")
    assembler = SequenceAssembler(keyCols=["key"], timeCol="at", valueCols=["value"])
    assembler.save(str(tmp_path / "assembler"))
    for stage in (assembler, SequenceAssembler.load(str(tmp_path / "assembler"))):
        rows = stage.transform(events).orderBy("key").collect()
        assert [row.features for row in rows] == [[0.0, 2.0, 4.0], [1.0, 3.0, 5.0]]


def test_tokens_are_indexed_and_decoded(spark, tmp_path):
    texts = spark.createDataFrame([("abba",), ("ab",)], "text string")
    model = TokenIndexer(inputCol="text").fit(texts)
    assert model.vocabulary == ["a", "b"] and model.vocabularySize == 4
    ids = model.transform(texts).first().features
    assert model.decode(*ids) == list("abba")
    assert model.decode(0, 1) == [TokenIndexerModel.UNKNOWN_TOKEN]
    model.save(str(tmp_path / "tokens"))
    assert TokenIndexerModel.load(str(tmp_path / "tokens")).transform(texts).first().features == ids


def test_labels_are_scaled_by_the_scales_of_features_and_back(spark, tmp_path):
    rows = spark.createDataFrame([([1.0, 2.0, 3.0], 5.0)], "features array<double>, label double")
    model = SequenceScaler(inputCol="features").fit(rows)
    assert (model.offsets, model.divisors) == ([2.0], [1.0])
    assert (model.numFeatures, model.numKeys) == (1, 0)
    assert model.transform(rows).first().scaledFeatures == [-1.0, 0.0, 1.0]
    scaled = model.scale("label", "scaledLabel", 0).transform(rows)
    assert scaled.first().scaledLabel == 3.0
    back = model.unscale("scaledLabel", "again", 0)
    assert isinstance(back, SequenceScalerModel) and back.getInverse()
    assert back.transform(scaled).first().again == 5.0
    back.save(str(tmp_path / "scaler"))
    assert SequenceScalerModel.load(str(tmp_path / "scaler")).transform(scaled).first().again == 5.0


def wav(seconds):
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        for i in range(int(seconds * 16_000)):
            sound.writeframes(struct.pack("<h", int(9000 * math.sin(i / 9))))
    return bytearray(content.getvalue())


def test_sound_becomes_frames(spark):
    sounds = spark.createDataFrame([(wav(0.1),)], "content binary")
    frames = AudioFeatures(inputCol="content", numCoefficients=5).transform(sounds).first().features
    assert {len(frame) for frame in frames} == {5}
    assert 7 <= len(frames) <= 10


def test_images_become_rows(spark):
    pixels = bytearray([0, 255, 128, 64, 32, 16])
    image = ("", 2, 3, 1, 0, pixels)
    images = spark.createDataFrame([(image,)], ImageSchema.imageSchema)
    rows = ImageRows(inputCol="image", grayscale=True).transform(images).first().features
    assert [len(row) for row in rows] == [3, 3]
    assert rows[0][1] == 1.0
