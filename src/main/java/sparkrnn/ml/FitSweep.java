package sparkrnn.ml;

import org.apache.spark.api.java.JavaRDD;
import sparkrnn.data.WorkerShare;

/** Something computed over the packed data of a fit with the trained network, in one Spark job. */
interface FitSweep {

  void over(JavaRDD<WorkerShare> shares, TrainedNetwork trained);
}
