package sparkrnn.training;

import java.util.Locale;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import sparkrnn.data.WorkerShare;
import sparkrnn.exchange.Exchange;
import sparkrnn.exchange.InProcessExchange;
import sparkrnn.exchange.JobExchange;
import sparkrnn.exchange.RpcExchange;
import sparkrnn.exchange.WorkerProgram;

/** Which exchange a fit uses. */
enum ExchangeChoice {
  IN_PROCESS("inProcess") {
    @Override
    Exchange open(JavaRDD<WorkerShare> shares, WorkerProgram<WorkerShare> program) {
      return new InProcessExchange(shares, program);
    }
  },
  RPC("rpc") {
    @Override
    Exchange open(JavaRDD<WorkerShare> shares, WorkerProgram<WorkerShare> program) {
      return new RpcExchange(shares, program);
    }
  },
  SHARDED("sharded") {
    @Override
    Exchange open(JavaRDD<WorkerShare> shares, WorkerProgram<WorkerShare> program) {
      return new RpcExchange(shares, program);
    }
  },
  JOB("job") {
    @Override
    Exchange open(JavaRDD<WorkerShare> shares, WorkerProgram<WorkerShare> program) {
      return new JobExchange<>(shares, program);
    }
  };

  private final String paramValue;

  ExchangeChoice(String paramValue) {
    this.paramValue = paramValue;
  }

  abstract Exchange open(JavaRDD<WorkerShare> shares, WorkerProgram<WorkerShare> program);

  /** Whether all workers must run at the same time. */
  boolean needsAllSlots() {
    return this != JOB;
  }

  /**
   * The exchange that the param asks for; "auto" takes what the application allows.
   *
   * @throws IllegalArgumentException if the application can't run it; says which it can
   */
  static ExchangeChoice of(String exchange, SparkContext context) {
    boolean dynamic = context.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    if (exchange.equals("auto")) {
      return context.isLocal() ? IN_PROCESS : dynamic ? JOB : RPC;
    }
    for (ExchangeChoice choice : values()) {
      if (choice.paramValue.equals(exchange)) {
        choice.check(context.isLocal(), dynamic, context.master());
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "exchange is \"" + exchange + "\"; it must be auto, inProcess, rpc, sharded or job.");
  }

  private void check(boolean local, boolean dynamic, String master) {
    if (this == IN_PROCESS && !local) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "exchange is \"inProcess\" and the master is \"%s\"; in-process hand-over needs driver and workers in one process (local[...]). Set exchange to \"auto\".",
              master));
    }
    if ((this == RPC || this == SHARDED) && dynamic && !local) {
      throw new IllegalArgumentException(
          "exchange is \""
              + paramValue
              + "\" and spark.dynamicAllocation.enabled is true; Spark runs no barrier stage with dynamic allocation. Set exchange to \"job\" or \"auto\", or switch dynamic allocation off.");
    }
  }
}
