/**
 * Recurrent neural networks as Spark ML stages: the map of the packages.
 *
 * <pre>
 *   knows only the JDK and BLAS
 *     linalg       matrix products through BLAS; tanh, sigmoid and the like over ranges
 *     random       numbers by counter: the same on every machine
 *     parameter    the one flat array of parameters and its layout; initializers
 *     sequence     packed sequences: longest first, time-major, no padding
 *     cell         SimpleRNN, LSTM and GRU, forward and back; one file each
 *     layer        what a network is made of, above the cells
 *     loss         value and gradient; one file each
 *     network      layers in their order
 *     explain      what each feature of each time step did to an output
 *     optim        Adam and others, gradient clipping, learning-rate schedules
 *     safetensors  the open weight file
 *     protobuf     messages of protocol buffers
 *     onnx         networks as ONNX files
 *   knows Spark
 *     versions     calls that each Spark spells its own way
 *     data         rows to packed shards; which sequence is in which batch
 *     exchange     parameters and gradients between driver and workers
 *     training     the loop of one fit on the driver, its workers, checkpoints
 *     tensorboard  the scalars of a fit as TensorBoard's files
 *     series       the times of series, their steps
 *     storage      files and directories of saved stages; what failing storage says
 *     scoring      public: predictions in services; knows no Spark itself
 *     formats      files of Keras and PyTorch; knows no Spark itself
 *     forecast     series to windows, and what their forecasts are worth
 *     ml           public: estimators and models
 *     feature      public: stages that make sequences and get them ready
 *     page         pages of HTML in one file: tables, charts
 *     report       what a person sees of a fit
 *     jobs         the mains behind jobs/
 * </pre>
 *
 * <p>Who may import whom, along the spine, imported on the left:
 *
 * <pre>
 *   linalg, random - parameter, sequence - cell - layer - network - training - ml - jobs
 * </pre>
 *
 * <p>The rest hangs off it sideways, and there are no cycles; ArchitectureTest has every arrow.
 * Begin reading at {@code cell.LstmCell}, then {@code training.TrainingLoop}, then {@link
 * sparkrnn.ml.RnnRegressor}.
 *
 * <p>One word, one meaning:
 *
 * <ul>
 *   <li><b>time step</b>, t: a place inside a sequence. <b>Training step</b>: one update by the
 *       optimizer. A bare "step" is the one that the class is about.
 *   <li><b>Batch</b>: the sequences of one training step, over all workers. <b>Shard</b>: the part
 *       of a batch that is computed in one piece; which sequences it holds does not depend on the
 *       cluster.
 *   <li><b>Network</b>: the neural one. <b>Exchange</b>: the wires.
 *   <li><b>Weight</b>: the importance of a row, Spark's weightCol. <b>Parameter</b>: a number that
 *       is learnt. <b>Param</b>: a setting of a stage, Spark's word.
 * </ul>
 */
package sparkrnn;
