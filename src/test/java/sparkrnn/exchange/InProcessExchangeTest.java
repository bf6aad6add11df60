package sparkrnn.exchange;

import org.apache.spark.api.java.JavaRDD;

class InProcessExchangeTest extends ExchangeContractTest {

  @Override
  Exchange open(JavaRDD<Integer> shares, WorkerProgram<Integer> program) {
    return new InProcessExchange(shares, program);
  }
}
