# Completion of the commands in jobs/, for bash and zsh. In ~/.bashrc or, after compinit, ~/.zshrc:
#   source PATH_OF_THE_PROJECT/jobs/completion.bash

# Written by CompletionTest from here on.
_spark_rnn_options() {
  case "$1" in
    train)
      printf '%s\n' \
        '--set:puts a value over that of the file; may be given often' \
        '--report:writes a page of HTML on the run: errors, curves, worst cases, model, config' \
        '--metrics:writes what was measured as JSON' \
        '--verbose:shows with an error where it was thrown' \
        '--help:this text'
      ;;
    score)
      printf '%s\n' \
        '--set:puts a value over that of the file; may be given often' \
        '--model:the saved model' \
        '--output:where the rows go' \
        '--format:of the rows: parquet, csv, json, orc or another' \
        '--metrics:writes what was measured as JSON' \
        '--verbose:shows with an error where it was thrown' \
        '--help:this text'
      ;;
    forecast)
      printf '%s\n' \
        '--set:puts a value over that of the file; may be given often' \
        '--model:the saved model' \
        '--output:where the rows go' \
        '--format:of the rows: parquet, csv, json, orc or another' \
        '--horizon:rows of each series, at most the model'\''s' \
        '--metrics:writes what was measured as JSON' \
        '--verbose:shows with an error where it was thrown' \
        '--help:this text'
      ;;
    generate)
      printf '%s\n' \
        '--set:puts a value over that of the file; may be given often' \
        '--model:the saved model' \
        '--prompt:what the text goes on from' \
        '--length:tokens to draw; 500' \
        '--temperature:above 0; small: only the likeliest; 0.8' \
        '--top-k:draws from so many of the likeliest; 0: from all' \
        '--top-p:draws from the likeliest that reach this sum; 1' \
        '--seed:the same seed draws the same text; 1' \
        '--metrics:writes what was measured as JSON' \
        '--verbose:shows with an error where it was thrown' \
        '--help:this text'
      ;;
    export)
      printf '%s\n' \
        '--set:puts a value over that of the file; may be given often' \
        '--model:the saved model' \
        '--metrics:writes what was measured as JSON' \
        '--verbose:shows with an error where it was thrown' \
        '--help:this text'
      ;;
    bench)
      printf '%s\n' \
        '--workloads:names of workloads with commas between; --help lists them' \
        '--peers:names of peers, or none; default all' \
        '--rounds:default 3' \
        '--seconds:counted in each run; default 10' \
        '--warm-up-seconds:before them; default 10' \
        '--threads:of each system; default 2: local[2]' \
        '--master:where spark-rnn runs instead of local[THREADS]' \
        '--metrics:writes what was measured as JSON' \
        '--verbose:shows with an error where it was thrown' \
        '--help:this text'
      ;;
  esac
}
_spark_rnn_none='--verbose --help'
_spark_rnn_key='--set'
_spark_rnn_file='--metrics --report'
_spark_rnn_path='--model --output'
_spark_rnn_text='--format --prompt --workloads --peers'
_spark_rnn_number='--horizon --length --temperature --top-k --top-p --seed --rounds --seconds --warm-up-seconds --threads'
_spark_rnn_url='--master'
_spark_rnn_launched='train score forecast generate export'
_spark_rnn_submit='--archives --conf --deploy-mode --driver-cores --driver-java-options --driver-memory --exclude-packages --executor-cores --executor-memory --files --jars --keytab --name --num-executors --packages --principal --properties-file --queue --repositories --total-executor-cores'
_spark_rnn_keys='anomaly.deviations
anomaly.series
anomaly.smoothing
anomaly.windows
calibrate
data.format
data.length
data.options
data.path
data.seed
data.sequences
data.source
data.sql
data.table
data.timeSteps
estimator
export.keras
export.onnx
export.pytorch
features
forecast.horizon
input.model
model
model.activation
model.attentionCol
model.batchSize
model.biasL1
model.biasL2
model.biasMaxNorm
model.bidirectional
model.bpttLength
model.calendarFeatures
model.cell
model.checkpointDir
model.checkpointInterval
model.checkpointMinutes
model.checkpointSteps
model.classWeighting
model.classWeights
model.clipNorm
model.clipValue
model.contextLength
model.crf
model.decayRate
model.distribution
model.dropout
model.emaMomentum
model.embeddingSizes
model.exchange
model.featuresCol
model.featuresCols
model.frozenLayers
model.futureCovariateCols
model.globalClipNorm
model.gradientAccumulationSteps
model.gradientCheckpointing
model.gradientCompression
model.handleInvalid
model.horizon
model.huberDelta
model.initialModelPath
model.intervalCoverage
model.kernelInitializer
model.kernelL1
model.kernelL2
model.kernelMaxNorm
model.keyCols
model.labelCol
model.labelSmoothing
model.lags
model.layerNormalization
model.learningRate
model.learningRateSchedule
model.localSteps
model.loss
model.maxCheckpoints
model.maxIter
model.maxVocabularySize
model.minCount
model.minDelta
model.minLearningRate
model.momentum
model.natsCol
model.nesterov
model.numWorkers
model.optimizer
model.orderCol
model.outputDropout
model.pastCovariateCols
model.patience
model.perplexityCol
model.plateauMinDelta
model.plateauPatience
model.pooling
model.predictedLabelCol
model.predictionBatchSize
model.predictionCol
model.probabilityCol
model.quantiles
model.rawPredictionCol
model.recurrentDropout
model.recurrentInitializer
model.recurrentL1
model.recurrentL2
model.recurrentMaxNorm
model.recurrentWeightDrop
model.reportPath
model.residual
model.restoreBestWeights
model.scaling
model.scheduleEpochs
model.seasonLength
model.seasonalWeight
model.seed
model.shardSize
model.stateCol
model.staticCovariateCols
model.stride
model.targetCols
model.tensorBoardDir
model.threshold
model.thresholds
model.tieWeights
model.timeCol
model.timeStep
model.units
model.validationFraction
model.validationIndicatorCol
model.validationSplit
model.validationSplitCol
model.vocabularySizes
model.warmupEpochs
model.weightCol
model.weightDecay
model.windowLevel
model.zoneout
output.format
output.model
output.options
output.overwrite
output.path
output.report
sample.length
sample.prompt
sample.seed
sample.temperature
sample.topK
sample.topP
sequence
sequence.carryCols
sequence.featuresCol
sequence.handleInvalid
sequence.keyCols
sequence.maxLength
sequence.timeCol
sequence.valueCols
split.by
split.column
split.kind
split.seed
split.test
split.train
split.validation
standardize
window
window.featuresCol
window.gapPolicy
window.horizon
window.keyCols
window.labelCol
window.maxGap
window.shortSeries
window.stride
window.target
window.targetCols
window.targetTimeCol
window.timeCol
window.timeStep
window.valueCols
window.windowEndCol
window.windowSize
window.windowStartCol'
# Written by hand from here on.

# Whether a word is in a list of words.
_spark_rnn_has() {
  case " $1 " in *" $2 "*) return 0 ;; esac
  return 1
}

# What may follow the word before the cursor: file, key, url, any (nothing to propose) or option.
_spark_rnn_kind() {
  if _spark_rnn_has "$_spark_rnn_key" "$2"; then
    echo key
  elif _spark_rnn_has "$_spark_rnn_file $_spark_rnn_path --properties-file --jars --files" "$2"; then
    echo file
  elif _spark_rnn_has "$_spark_rnn_url" "$2"; then
    echo url
  elif _spark_rnn_has "$_spark_rnn_text $_spark_rnn_number $_spark_rnn_submit" "$2"; then
    echo any
  else
    echo option
  fi
}

# "option:meaning" lines of a command; those of spark-submit have no meaning here.
_spark_rnn_all_options() {
  _spark_rnn_options "$1"
  if _spark_rnn_has "$_spark_rnn_launched" "$1"; then
    printf '%s\n' "--master $_spark_rnn_submit" | tr ' ' '\n'
  fi
}

_spark_rnn_bash() {
  local command="${1##*/}" word="$2" option IFS=$'\n'
  COMPREPLY=()
  # A value that holds = or : comes in several words, of which only the last is completed.
  case "$word" in = | :) word="" ;; esac
  case "$(_spark_rnn_kind "$command" "$3")" in
    key)
      COMPREPLY=($(compgen -S = -W "$_spark_rnn_keys" -- "$word"))
      compopt -o nospace
      ;;
    file)
      compopt -o filenames
      COMPREPLY=($(compgen -f -- "$word"))
      ;;
    url) COMPREPLY=($(compgen -W $'local[*]\nyarn\nspark://\nk8s://' -- "$word")) ;;
    any) ;;
    *)
      case "$word" in
        -*)
          for option in $(_spark_rnn_all_options "$command"); do
            case "$option" in "$word"*) COMPREPLY+=("${option%%:*}") ;; esac
          done
          ;;
        *)
          if _spark_rnn_has "$_spark_rnn_launched" "$command"; then
            compopt -o filenames
            COMPREPLY=($(compgen -d -- "$word") $(compgen -f -X '!*.conf' -- "$word"))
          fi
          ;;
      esac
      ;;
  esac
}

_spark_rnn_zsh() {
  local command="${words[1]:t}"
  local -a found
  case "$(_spark_rnn_kind "$command" "${words[CURRENT-1]}")" in
    key)
      found=(${(f)_spark_rnn_keys})
      compadd -S = -- $found
      ;;
    file) _files ;;
    url) compadd -- 'local[*]' yarn spark:// k8s:// ;;
    any) ;;
    *)
      if [[ "${words[CURRENT]}" == -* ]]; then
        found=(${(f)"$(_spark_rnn_all_options "$command")"})
        _describe option found
      elif _spark_rnn_has "$_spark_rnn_launched" "$command"; then
        _files -g '*.conf'
      fi
      ;;
  esac
}

# By their paths: the names alone are those of other commands, export of one of the shell.
if [ -n "${ZSH_VERSION-}" ]; then
  compdef -p _spark_rnn_zsh '(*/|)jobs/(train|score|forecast|generate|export|bench)'
else
  for _spark_rnn_command in train score forecast generate export bench; do
    complete -F _spark_rnn_bash "jobs/$_spark_rnn_command" "./jobs/$_spark_rnn_command" \
      "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/$_spark_rnn_command"
  done
  unset _spark_rnn_command
fi
