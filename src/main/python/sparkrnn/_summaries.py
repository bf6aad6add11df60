"""What happened in fits, and how well models predict."""

from typing import TYPE_CHECKING, Dict, List, Optional

from pyspark.sql import DataFrame, Row, SparkSession

from sparkrnn._methods import Values, optional

if TYPE_CHECKING:
    import pandas


class RnnTrainingSummary(Values):
    """What happened in the fit of a model; kept when the model is saved."""

    @property
    def history(self) -> "pandas.DataFrame":
        """A row for each epoch, from 1: loss, validationLoss if rows were held out, seconds,
        sequencesPerSecond and gradientNorm."""
        import pandas

        epochs = pandas.RangeIndex(1, self.totalIterations + 1, name="epoch")
        # Without an epoch all are empty, and those that every epoch has are still there.
        columns = {
            name: values
            for name, values in self._history().items()
            if values or (len(epochs) == 0 and not name.startswith("validation"))
        }
        return pandas.DataFrame(columns, index=epochs)

    def _history(self) -> Dict[str, List[float]]:
        return {
            "loss": self.objectiveHistory[1:],
            "validationLoss": self.validationHistory,
            "seconds": self.epochSeconds,
            "sequencesPerSecond": self.sequencesPerSecond,
            "gradientNorm": self.gradientNorms,
        }

    @property
    def objectiveHistory(self) -> List[float]:
        """Training loss: first of the initial weights, then the mean over the batches of each
        epoch; one element more than epochs."""
        return self._value("objectiveHistory")

    @property
    def validationHistory(self) -> List[float]:
        """Validation loss at the end of each epoch; empty without validation data."""
        return self._value("validationHistory")

    @property
    def epochSeconds(self) -> List[float]:
        """Wall-clock seconds of each epoch."""
        return self._value("epochSeconds")

    @property
    def sequencesPerSecond(self) -> List[float]:
        """Training sequences per second of each epoch."""
        return self._value("sequencesPerSecond")

    @property
    def gradientNorms(self) -> List[float]:
        """Mean over the training steps of each epoch of the global gradient norm before
        clipping."""
        return self._value("gradientNorms")

    @property
    def totalIterations(self) -> int:
        """Epochs that were run, as Spark's summaries name them."""
        return self._value("totalIterations")

    @property
    def steps(self) -> int:
        """Training steps in all epochs."""
        return self._value("steps")

    @property
    def bestEpoch(self) -> int:
        """The epoch whose weights the model has, from 1; 0 for the initial weights."""
        return self._value("bestEpoch")

    @property
    def stopReason(self) -> str:
        """Why the fit ended: "maxIter", "patience", "converged" or "interrupted"."""
        return self._value("stopReason")

    @property
    def trainingSequences(self) -> int:
        """Sequences trained on."""
        return self._value("trainingSequences")

    @property
    def validationSequences(self) -> int:
        """Sequences held out for validation."""
        return self._value("validationSequences")

    @property
    def skippedRows(self) -> int:
        """Rows left out because handleInvalid was "skip"."""
        return self._value("skippedRows")

    @property
    def exchange(self) -> str:
        """How gradients reached the driver."""
        return self._value("exchange")

    @property
    def workers(self) -> int:
        """Tasks that trained."""
        return self._value("workers")

    @property
    def largestShareOfTimeSteps(self) -> float:
        """How much of all training time steps the worker with the most of them got; 1 / workers
        where the work is even."""
        return self._value("largestShareOfTimeSteps")

    @property
    def blas(self) -> str:
        """The matrix library that the driver used."""
        return self._value("blas")

    @property
    def fitSeconds(self) -> float:
        """Wall-clock seconds of the whole fit."""
        return self._value("fitSeconds")


class RnnClassificationTrainingSummary(RnnTrainingSummary):
    """What happened in the fit of a classifier; kept when the model is saved."""

    @property
    def accuracy(self) -> float:
        """Share of the training sequences whose most probable class is right, weighted like the
        loss; of labels in arrays the share of all labels that are right."""
        return self._value("accuracy")

    @property
    def validationAccuracy(self) -> Optional[float]:
        """The same of the sequences held out; None without validation data."""
        return optional(self._value("validationAccuracy"))


class RnnTaggingTrainingSummary(RnnTrainingSummary):
    """What happened in the fit of a tagger; kept when the model is saved."""

    @property
    def accuracy(self) -> float:
        """Share of the training time steps whose label is predicted, weighted like the loss."""
        return self._value("accuracy")

    @property
    def validationAccuracy(self) -> Optional[float]:
        """The same of the sequences held out; None without validation data."""
        return optional(self._value("validationAccuracy"))

    @property
    def entityF1(self) -> Optional[float]:
        """F1 of the entities of the training sequences; None where labels are not those of
        entities."""
        return optional(self._value("entityF1"))

    @property
    def validationEntityF1(self) -> Optional[float]:
        """The same of the sequences held out; None without validation data too."""
        return optional(self._value("validationEntityF1"))


class RnnLanguageTrainingSummary(RnnTrainingSummary):
    """What happened in the fit of a language model; kept when the model is saved. Losses are nats
    per token, sequences are the lanes that the streams were cut into, and the speed is that of
    tokens."""

    def _history(self) -> Dict[str, List[float]]:
        columns = super()._history()
        columns["tokensPerSecond"] = columns.pop("sequencesPerSecond")
        columns["validationPerplexity"] = self.validationPerplexity
        return columns

    @property
    def trainingTokens(self) -> int:
        """Tokens that are predicted in one epoch; fewer than one for each lane are left over."""
        return self._value("trainingTokens")

    @property
    def validationTokens(self) -> int:
        """Tokens that are predicted in the validation; 0 without one."""
        return self._value("validationTokens")

    @property
    def validationPerplexity(self) -> List[float]:
        """e to the power of the validation loss at the end of each epoch; empty without
        validation."""
        return self._value("validationPerplexity")

    @property
    def tokensPerSecond(self) -> List[float]:
        """Training tokens per second of each epoch."""
        return self._value("tokensPerSecond")


class RnnRegressionSummary(Values):
    """How well a model predicts the labels of a data set; errors are weighted by weightCol and,
    with several outputs, averaged over them."""

    @property
    def loss(self) -> float:
        """By the param loss."""
        return self._value("loss")

    @property
    def meanSquaredError(self) -> float:
        """In squared units of the label."""
        return self._value("meanSquaredError")

    @property
    def rootMeanSquaredError(self) -> float:
        """In units of the label."""
        return self._value("rootMeanSquaredError")

    @property
    def meanAbsoluteError(self) -> float:
        """In units of the label."""
        return self._value("meanAbsoluteError")

    @property
    def r2(self) -> float:
        """Share of the variance of the labels that is explained, at most 1; not finite where all
        labels of an output are equal."""
        return self._value("r2")

    @property
    def numInstances(self) -> int:
        """Rows that counted."""
        return self._value("numInstances")


class RnnClassificationSummary(Values):
    """How well a model predicts the labels of a data set; all weighted by weightCol."""

    @property
    def loss(self) -> float:
        """Mean of the loss of the fit."""
        return self._value("loss")

    @property
    def accuracy(self) -> float:
        """Share of what is predicted right: of rows; of a tagger of time steps; of labels in
        arrays of all labels."""
        return self._value("accuracy")

    @property
    def macroF1(self) -> float:
        """Mean over the labels of F1; labels that neither occur nor are predicted do not count.
        NaN where none does."""
        return self._value("macroF1")

    @property
    def majorityAccuracy(self) -> float:
        """The naive floor of accuracy: what always predicting the most frequent label of this data
        set reaches."""
        return self._value("majorityAccuracy")

    @property
    def confusionMatrix(self) -> List[List[float]]:
        """Sums of weights by true label (rows) and predicted label (columns), in the order of
        labels. Of labels in arrays: one row for each label, with true negatives, false positives,
        false negatives and true positives."""
        return self._value("confusionMatrix")

    @property
    def labels(self) -> List[str]:
        """The labels of the model."""
        return self._value("labels")

    @property
    def numInstances(self) -> int:
        """Rows that counted."""
        return self._value("numInstances")


class RnnTaggingSummary(RnnClassificationSummary):
    """How well a model predicts the labels of the time steps of a data set; all weighted by
    weightCol. Entities are those of labels "O", "B-TYPE" and "I-TYPE", counted as conlleval
    does."""

    @property
    def entityPrecision(self) -> Optional[float]:
        """Share of the predicted entities that are right, 0 where none is predicted; None where
        labels are not those of entities."""
        return optional(self._value("entityPrecision"))

    @property
    def entityRecall(self) -> Optional[float]:
        """Share of the entities that are found, 0 where there are none; None where labels are not
        those of entities."""
        return optional(self._value("entityRecall"))

    @property
    def entityF1(self) -> Optional[float]:
        """Harmonic mean of precision and recall of entities, 0 where both are; None where labels
        are not those of entities."""
        return optional(self._value("entityF1"))

    @property
    def numTimeSteps(self) -> int:
        """Time steps with a label, in rows that counted."""
        return self._value("numTimeSteps")


class RnnLanguageSummary(Values):
    """How well a language model predicts the tokens of a data set, each from those before it in
    its row; the first token of a row is not predicted."""

    @property
    def natsPerToken(self) -> float:
        """Mean over the tokens of minus the natural logarithm of the probability of each."""
        return self._value("natsPerToken")

    @property
    def perplexity(self) -> float:
        """e to the power of natsPerToken: as unsure as among so many equal tokens."""
        return self._value("perplexity")

    @property
    def bitsPerToken(self) -> float:
        """natsPerToken to the base 2: of characters the bits per character."""
        return self._value("bitsPerToken")

    @property
    def uniformNatsPerToken(self) -> float:
        """The floor of nats per token where all tokens of the vocabulary are equally likely."""
        return self._value("uniformNatsPerToken")

    @property
    def unigramNatsPerToken(self) -> float:
        """The floor of nats per token where each token is as likely as it was frequent in the data
        of the fit, each counted once more than it was found."""
        return self._value("unigramNatsPerToken")

    @property
    def numTokens(self) -> int:
        """Tokens that were predicted."""
        return self._value("numTokens")

    @property
    def numInstances(self) -> int:
        """Rows that counted."""
        return self._value("numInstances")


class RnnBacktest(Values):
    """What rolling forecasts were worth, beside those of the last value and of the season before.

    A row has method ("model", "lastValue" or "seasonalNaive"), target ("" for all together),
    points, mae, mse, rmse, mase, smape, crps, coverage, intervalWidth, standardizedMae and
    standardizedMse.
    """

    @property
    def windows(self) -> int:
        """Origins that were forecast from."""
        return self._value("windows")

    @property
    def rows(self) -> List[Row]:
        """Those of each method, for all targets together and, of several, each alone."""
        return self.toDataset(SparkSession.active()).collect()

    def _of(self, method: str) -> Row:
        return next(row for row in self.rows if row.method == method and row.target == "")

    @property
    def model(self) -> Row:
        """Of the model, all targets together."""
        return self._of("model")

    @property
    def lastValue(self) -> Row:
        """Of the value at the origin."""
        return self._of("lastValue")

    @property
    def seasonalNaive(self) -> Row:
        """Of the value of the season before."""
        return self._of("seasonalNaive")

    def toDataset(self, spark: SparkSession) -> DataFrame:
        """The rows as a table of Spark."""
        return DataFrame(self._java_obj.toDataset(spark._jsparkSession), spark)

    def toPandas(self) -> "pandas.DataFrame":
        """The rows as a table of pandas."""
        return self.toDataset(SparkSession.active()).toPandas()


class RnnGradientFlow(Values):
    """How much of the gradient of the loss reaches the time steps of sequences, in each recurrent
    cell of a network."""

    @property
    def sequences(self) -> int:
        """How many were looked at."""
        return self._value("sequences")

    @property
    def cells(self) -> List[Row]:
        """The lowest layer first; of a bidirectional one two. Each has name, state ("FLOWS",
        "VANISHES" or "EXPLODES", as far back as a tenth of the sequences go), norms (the mean over
        the sequences of the Euclidean norm of the gradient of a sequence's loss by the hidden
        state, by how many time steps that lies before the last one, from 0), counts (how many
        sequences have so many time steps) and finding (the state in a sentence, and what to
        change)."""
        return [
            Row(
                name=cell.name(),
                state=cell.state().toString(),
                norms=list(cell.norms()),
                counts=list(cell.counts()),
                finding=cell.finding(),
            )
            for cell in self._java_obj.cells()
        ]

    @property
    def findings(self) -> List[str]:
        """Those of all cells."""
        return self._value("findings")

    def toDataset(self, spark: SparkSession) -> DataFrame:
        """A row for each cell and time step: cell, stepsBack, norm, sequences."""
        return DataFrame(self._java_obj.toDataset(spark._jsparkSession), spark)

    def toPandas(self) -> "pandas.DataFrame":
        """The same as a table of pandas."""
        return self.toDataset(SparkSession.active()).toPandas()
