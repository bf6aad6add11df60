package sparkrnn.exchange;

import org.apache.spark.api.java.JavaRDD;

class JobExchangeTest extends ExchangeContractTest {

  @Override
  Exchange open(JavaRDD<Integer> shares, WorkerProgram<Integer> program) {
    return new JobExchange<>(shares, program);
  }
}
